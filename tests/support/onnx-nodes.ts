// Small ONNX models put together node by node, with subgraphs and functions, and their runs.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { graphRunner } from '../../src/forcefield/onnx/graph-runner.js';
import { type Attributes, writeAttribute } from '../../src/onnx/attributes.js';
import type { Feeds } from '../../src/onnx/index.js';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type FunctionProto,
  FunctionProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  StringStringEntryProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../../src/onnx/proto/onnx_pb.js';
import { elementTypeNumber } from '../../src/onnx/tensor-type.js';
import { type TensorValue, tensorOf, writeTensor } from '../../src/onnx/tensor-values.js';

/** `float32[n,3]`; without brackets the shape is not told. */
type Signature = Readonly<Record<string, string>>;

export interface GraphParts {
  readonly nodes: readonly NodeProto[];
  readonly inputs?: Signature;
  readonly outputs: Signature;
  readonly weights?: Readonly<Record<string, TensorValue>>;
}

export interface ModelExtras {
  readonly opset?: number;
  readonly irVersion?: number;
  readonly functions?: readonly FunctionProto[];
  readonly domains?: Readonly<Record<string, number>>;
}

/** `domain:Type`; `inputs` and `outputs` are names between blanks, `_` for one that is left out. */
export function node(
  type: string,
  inputs: string,
  outputs: string,
  attributes: Attributes = {},
  graphs: Readonly<Record<string, GraphProto>> = {},
): NodeProto {
  const [opType, domain = ''] = type.split(':').reverse();
  const names = (text: string) =>
    text
      .split(' ')
      .filter(Boolean)
      .map((name) => (name === '_' ? '' : name));
  return create(NodeProtoSchema, {
    opType,
    domain,
    input: names(inputs),
    output: names(outputs),
    attribute: [
      ...Object.entries(attributes).map(([name, value]) => writeAttribute(name, value)),
      ...Object.entries(graphs).map(([name, g]) =>
        create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.GRAPH, g }),
      ),
    ],
  });
}

export function graph({ nodes, inputs = {}, outputs, weights = {} }: GraphParts): GraphProto {
  return create(GraphProtoSchema, {
    name: 'g',
    node: [...nodes],
    input: Object.entries(inputs).map(valueInfo),
    output: Object.entries(outputs).map(valueInfo),
    initializer: Object.entries(weights).map(([name, value]) => writeTensor(name, value)),
  });
}

export function model(parts: GraphParts, extras: ModelExtras = {}): ModelProto {
  const { opset = 18, irVersion = 8, functions = [], domains = {} } = extras;
  return create(ModelProtoSchema, {
    irVersion: BigInt(irVersion),
    opsetImport: opsets({ '': opset, ...domains }),
    functions: [...functions],
    graph: graph(parts),
  });
}

export interface FunctionParts {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly NodeProto[];
  /** Names of attributes that a call has to give. */
  readonly attributes?: readonly string[];
  readonly defaults?: Attributes;
  readonly opset?: number;
  readonly overload?: string;
}

/** Of the domain `own`. */
export function functionOf(parts: FunctionParts): FunctionProto {
  return create(FunctionProtoSchema, {
    domain: 'own',
    name: parts.name,
    overload: parts.overload ?? '',
    input: [...parts.inputs],
    output: [...parts.outputs],
    node: [...parts.nodes],
    attribute: [...(parts.attributes ?? [])],
    attributeProto: Object.entries(parts.defaults ?? {}).map(([name, value]) => writeAttribute(name, value)),
    opsetImport: opsets({ '': parts.opset ?? 18, own: 1 }),
  });
}

/** `node` with attributes that take the value of the function's attribute: `{ own name: function's name }`. */
export function referring(
  to: NodeProto,
  names: Readonly<Record<string, string>>,
  like: Attributes,
): NodeProto {
  const references = Object.entries(names).map(([name, refAttrName]) =>
    create(AttributeProtoSchema, { name, refAttrName, type: writeAttribute(name, like[name]!).type }),
  );
  to.attribute.push(...references);
  return to;
}

export function run(
  proto: ModelProto,
  feeds: Feeds,
  level: 'disabled' | 'basic' | 'all' = 'disabled',
): Feeds {
  return graphRunner.run(toBinary(ModelProtoSchema, proto), feeds, { level });
}

export function floats(numbers: readonly number[], dims?: readonly number[]): TensorValue {
  return tensorOf('float32', numbers, dims);
}

export function doubles(numbers: readonly number[], dims?: readonly number[]): TensorValue {
  return tensorOf('float64', numbers, dims);
}

export function longs(numbers: readonly number[], dims?: readonly number[]): TensorValue {
  return tensorOf('int64', numbers, dims);
}

/** Numbers between -2 and 2 that look like no pattern. */
export function scattered(dims: readonly number[], type = 'float32'): TensorValue {
  const size = dims.reduce((product, dim) => product * dim, 1);
  return tensorOf(
    type,
    Array.from({ length: size }, (_, k) => 2 * Math.sin(3.7 * k * k + 1.3 * k + 0.4)),
    dims,
  );
}

function opsets(versions: Readonly<Record<string, number>>) {
  return Object.entries(versions).map(([domain, version]) => ({ domain, version: BigInt(version) }));
}

function valueInfo([name, text]: [string, string]): ValueInfoProto {
  const [, type = '', dims] = /^(\w+)(?:\[(.*)\])?$/.exec(text) ?? [];
  if (type === '') return create(ValueInfoProtoSchema, { name });
  const dim = (dims ?? '')
    .split(',')
    .filter(Boolean)
    .map((size) =>
      Number.isNaN(Number(size))
        ? ({ value: { case: 'dimParam', value: size } } as const)
        : ({ value: { case: 'dimValue', value: BigInt(size) } } as const),
    );
  const shape = dims === undefined ? undefined : { dim };
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: elementTypeNumber(type), shape } } },
  });
}

/** The model with an output times a number, and other metadata beside its own. */
export function scaledOutput(
  bytes: Uint8Array,
  output: string,
  factor: number,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const proto = fromBinary(ModelProtoSchema, bytes);
  const last = proto.graph!.node.find((own) => own.output.includes(output))!;
  last.output = last.output.map((name) => (name === output ? 'unscaled' : name));
  proto.graph!.node.push(
    node('CastLike', 'factor unscaled', 'factor_like'),
    node('Mul', 'unscaled factor_like', output),
  );
  proto.graph!.initializer.push(writeTensor('factor', doubles([factor], [])));
  proto.metadataProps.push(
    ...Object.entries(metadata).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
  );
  return toBinary(ModelProtoSchema, proto);
}
