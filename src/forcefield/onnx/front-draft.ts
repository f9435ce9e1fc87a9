// A graph that is being given a front: its new inputs, and nodes that run before or after those that it has.

import { create } from '@bufbuild/protobuf';
import { createEmitter, type Emitter } from '../../onnx/autodiff/emitter.js';
import { copied } from '../../onnx/copy.js';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../../onnx/proto/onnx_pb.js';
import { elementTypeNumber } from '../../onnx/tensor-type.js';
import type { Binding, InputBinding, OutputBinding } from './binding.js';

export interface Draft {
  readonly binding: Binding;
  /** Of the standard operators. */
  readonly opset: number;
  /** Adds nodes before those of the model. */
  readonly before: Emitter;
  /** Adds nodes after those of the model. */
  readonly after: Emitter;
  /** The new inputs. */
  readonly added: readonly InputBinding[];
  /** Name of an input of a role: the model's own, or a new one. */
  input(
    role: InputBinding['role'],
    type: string,
    dims: InputBinding['shape'],
    source: InputBinding['source'],
  ): string;
  /** Gives a tensor the name of an input that is replaced. */
  name(tensor: string, replaced: string): void;
  /** How many nodes were added. */
  nodes(): number;
}

interface Parts extends Draft {
  readonly graph: GraphProto;
  readonly first: GraphProto;
  readonly last: GraphProto;
}

export function createDraft(model: ModelProto, graph: GraphProto, binding: Binding): Draft {
  const first = copied(graph, { node: [], initializer: [] });
  const last = copied(graph, { node: [], initializer: [] });
  const prefix = freePrefix(graph);
  const added: InputBinding[] = [];
  const draft: Parts = {
    binding,
    graph,
    first,
    last,
    added,
    opset: Number(
      model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0,
    ),
    before: createEmitter(first, unknownFacts, 'elements', `${prefix}front_`),
    after: createEmitter(last, unknownFacts, 'elements', `${prefix}back_`),
    input(role, type, shape, source) {
      const replaces = role === 'positions';
      const own = replaces ? undefined : binding.inputs.find((input) => input.role === role);
      const known = own ?? added.find((input) => input.role === role);
      if (known) return known.tensor;
      const tensor = `${prefix}${role.replaceAll('-', '_')}`;
      added.push({ tensor, direction: 'input', role, source, type, shape });
      return tensor;
    },
    name(tensor, replaced) {
      first.node.push(
        create(NodeProtoSchema, { opType: 'Identity', name: replaced, input: [tensor], output: [replaced] }),
      );
    },
    nodes: () => first.node.length + last.node.length,
  };
  return draft;
}

/** The graph with the new inputs instead of `replaced`, its nodes between the new ones. */
export function finishDraft(
  draft: Draft,
  replaced: readonly InputBinding[],
  outputs: readonly OutputBinding[],
): GraphProto {
  const { graph, first, last, binding, added } = draft as Parts;
  const gone = new Set(replaced.map(({ tensor }) => tensor));
  const moved = outputs.filter(({ tensor }) => binding.outputs.every((own) => own.tensor !== tensor));
  const node: NodeProto[] = [...first.node, ...graph.node, ...last.node];
  return copied(graph, {
    node,
    initializer: [...graph.initializer, ...first.initializer, ...last.initializer],
    input: [...graph.input.filter(({ name }) => !gone.has(name)), ...added.map(valueInfo)],
    output: [...graph.output, ...moved.map(valueInfo)],
  });
}

/** The nodes of a front need no facts of the tensors around them. */
function unknownFacts(tensor: string): never {
  throw new Error(`nothing is known of the tensor "${tensor}"`);
}

function freePrefix({ input, node, initializer }: GraphProto): string {
  const names = [...input, ...initializer]
    .map(({ name }) => name)
    .concat(node.flatMap(({ output }) => output));
  let prefix = 'mdbench_';
  while (names.some((name) => name.startsWith(prefix))) prefix = `${prefix}_`;
  return prefix;
}

function valueInfo({ tensor, type, shape }: Pick<InputBinding, 'tensor' | 'type' | 'shape'>): ValueInfoProto {
  const dim = shape.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  const value = { elemType: elementTypeNumber(type), shape: { dim } };
  return create(ValueInfoProtoSchema, { name: tensor, type: { value: { case: 'tensorType', value } } });
}
