// Puts the bodies of model functions (PyTorch's exporter since 2.0, onnxscript) in the place of their calls.

import { create } from '@bufbuild/protobuf';
import { checkFunctions, functionKey } from '../check-functions.js';
import { copyMessage } from '../copy.js';
import { nodesOf, standardDomain, subgraphsOf } from '../graph.js';
import { type FreshName, freshNames } from '../graph-names.js';
import {
  type AttributeProto,
  type FunctionProto,
  type ModelProto,
  type NodeProto,
  OperatorSetIdProtoSchema,
} from '../proto/onnx_pb.js';
import { instantiate } from './instantiate.js';
import { raiseGraph, raiseNodes, standardOpset } from './opset-raise.js';
import { change, type Repaired, unchanged } from './repaired.js';

interface Inliner {
  readonly functions: ReadonlyMap<string, FunctionProto>;
  readonly fresh: FreshName;
  readonly opset: number;
  readonly called: Set<string>;
  calls: number;
}

/**
 * Nested calls, attributes by reference and overloads included. A function that is written for an older opset than the
 * graph is raised to it, and the graph to that of a newer function.
 * @throws MdbenchError `damaged-onnx` where functions call each other in a circle or grow beyond all bounds, and what
 * `upgradeOpset` throws
 */
export function inlineFunctions(given: ModelProto): Repaired {
  if (given.functions.length === 0 || !given.graph) return unchanged(given);
  checkFunctions(given, 'The model');
  const opset = Math.max(standardOpset(given), ...given.functions.map(standardOpset));
  const model = copyMessage(given);
  raiseGraph(model, opset);
  const graph = model.graph!;
  const inliner: Inliner = {
    functions: new Map(
      model.functions.map((body) => [functionKey(body.domain, body.name, body.overload), body]),
    ),
    fresh: freshNames(graph),
    opset,
    called: new Set(),
    calls: 0,
  };
  graph.node = inlineNodes(graph.node, inliner);
  const domains = new Set([...nodesOf(graph)].map((node) => node.domain));
  for (const { domain, version } of model.functions.flatMap((body) => body.opsetImport)) {
    if (standardDomain(domain) || !domains.has(domain)) continue;
    if (model.opsetImport.some((set) => set.domain === domain)) continue;
    model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain, version }));
  }
  const own = new Set(model.functions.map(({ domain }) => domain));
  model.opsetImport = model.opsetImport.filter(
    ({ domain }) => standardDomain(domain) || domains.has(domain) || !own.has(domain),
  );
  model.functions = [];
  const values = { functions: [...inliner.called].sort() };
  return { model, changes: [change('inline-functions', inliner.calls, values)], lints: [] };
}

function inlineNodes(nodes: readonly NodeProto[], inliner: Inliner): NodeProto[] {
  return nodes.flatMap((node) => {
    const id = functionKey(node.domain, node.opType, node.overload);
    const called = inliner.functions.get(id);
    if (!called) {
      for (const subgraph of subgraphsOf(node)) subgraph.node = inlineNodes(subgraph.node, inliner);
      return [node];
    }
    inliner.calls++;
    inliner.called.add(called.name);
    return inlineNodes(bodyOf(called, node, inliner), inliner);
  });
}

function bodyOf(called: FunctionProto, node: NodeProto, inliner: Inliner): NodeProto[] {
  const body = { node: called.node, inputs: called.input, outputs: called.output };
  const nodes = instantiate(body, node, inliner.fresh);
  const given = new Map(called.attributeProto.map((attribute) => [attribute.name, attribute]));
  for (const attribute of node.attribute) given.set(attribute.name, attribute);
  for (const copy of nodes) fillReferences(copy, given);
  return raiseNodes(nodes, standardOpset(called), inliner.opset, inliner.fresh);
}

/** `ref_attr_name`: the caller's attribute, else the function's default, else none. */
function fillReferences(node: NodeProto, given: ReadonlyMap<string, AttributeProto>): void {
  node.attribute = node.attribute.flatMap((attribute) => {
    if (attribute.refAttrName === '') return [attribute];
    const found = given.get(attribute.refAttrName);
    return found ? [Object.assign(copyMessage(found), { name: attribute.name, refAttrName: '' })] : [];
  });
  for (const subgraph of subgraphsOf(node)) for (const inner of subgraph.node) fillReferences(inner, given);
}
