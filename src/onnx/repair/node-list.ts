// New nodes that take the place of an old one, in the order in which they run.

import { create } from '@bufbuild/protobuf';
import { type Attributes, writeAttribute } from '../attributes.js';
import type { FreshName } from '../graph-names.js';
import { type NodeProto, NodeProtoSchema } from '../proto/onnx_pb.js';
import type { TensorValue } from '../tensor-values.js';

export interface NodeList {
  readonly nodes: NodeProto[];
  /** Adds a node of one output and returns the output's name, a new one unless `output` gives it. */
  add(opType: string, inputs: readonly string[], attributes?: Attributes, output?: string): string;
  constant(value: TensorValue): string;
}

/** @param hint what new names start with */
export function createNodeList(fresh: FreshName, hint: string): NodeList {
  const nodes: NodeProto[] = [];
  function add(opType: string, inputs: readonly string[], attributes: Attributes = {}, output?: string) {
    const name = output ?? fresh(`${hint}_${opType}`);
    const attribute = Object.entries(attributes).map(([key, value]) => writeAttribute(key, value));
    nodes.push(create(NodeProtoSchema, { opType, name, input: [...inputs], output: [name], attribute }));
    return name;
  }
  return { nodes, add, constant: (value) => add('Constant', [], { value }) };
}
