// One look over a decoded model before anything else is done with it: linear in its size, and nothing is allocated by what
// the file claims.

import { checkFunctions } from './check-functions.js';
import { checkSparse, checkTensor } from './check-tensors.js';
import { damaged } from './damaged.js';
import { subgraphsOf } from './graph.js';
import { readsOf } from './graph-names.js';
import { orderNodes } from './node-order.js';
import { isPrintable, printableName } from './printable-name.js';
import type { AttributeProto, GraphProto, ModelProto, NodeProto, ValueInfoProto } from './proto/onnx_pb.js';

/** Names that are visible, those of outer graphs included. */
interface Scope {
  readonly own: ReadonlySet<string>;
  readonly outer: Scope | null;
}

/**
 * Brings the nodes of `model` into an order in which they can run, and takes what cannot be printed out of names that
 * nothing refers to.
 * @throws MdbenchError `damaged-onnx`: shapes and bytes that disagree, names given twice, read and never defined, or
 * unfit to print, nodes in a circle, functions without end
 */
export function checkModel(model: ModelProto, path: string): void {
  checkFunctions(model, path);
  if (model.graph) checkGraph(model.graph, null, path);
  for (const body of model.functions) {
    for (const name of [body.name, body.domain, ...body.attribute]) checkName(name, path);
    checkAttributes(body.attributeProto, path);
    for (const { g } of body.attributeProto) if (g) checkGraph(g, null, path);
    const inner = { own: checkDefinitions(body.input, body.node, path), outer: null };
    body.node = checkNodes(body.node, inner, path);
    for (const name of body.output) checkDefined(name, inner, path);
  }
}

function checkGraph(graph: GraphProto, outer: Scope | null, path: string): void {
  for (const tensor of graph.initializer) checkTensor(tensor, path);
  for (const sparse of graph.sparseInitializer) checkSparse(sparse, path);
  for (const value of [...graph.input, ...graph.output, ...graph.valueInfo]) checkValue(value, path);
  const inputs = new Set(graph.input.map(({ name }) => name));
  const weights = [
    ...graph.initializer,
    ...graph.sparseInitializer.flatMap(({ values }) => values ?? []),
  ].map(({ name }) => name);
  const twice = repeated(weights) ?? repeated(graph.input.map(({ name }) => name));
  if (twice !== undefined) throw givenTwice(twice, path);
  const given = [...inputs, ...weights.filter((name) => !inputs.has(name))];
  const scope = { own: checkDefinitions(given, graph.node, path), outer };
  graph.node = checkNodes(graph.node, scope, path);
  for (const { name } of graph.output) checkDefined(name, scope, path);
}

/** @returns every name that is defined, each by one input, weight or node */
function checkDefinitions(
  given: readonly string[],
  nodes: readonly NodeProto[],
  path: string,
): ReadonlySet<string> {
  const defined = [...given, ...nodes.flatMap(({ output }) => output)].filter((name) => name !== '');
  const twice = repeated(defined);
  if (twice !== undefined) throw givenTwice(twice, path);
  for (const name of defined) checkName(name, path);
  return new Set(defined);
}

function checkNodes(nodes: readonly NodeProto[], scope: Scope, path: string): NodeProto[] {
  const reads = new Map(nodes.map((node) => [node, readsOf(node)]));
  for (const [node, names] of reads) {
    checkNode(node, path);
    for (const name of names) checkDefined(name, scope, path);
  }
  const { ordered, stuck } = orderNodes(nodes, reads);
  if (stuck.length > 0) throw damaged(path, `nodes wait for each other in a circle (${some(stuck)})`);
  for (const node of ordered) for (const subgraph of subgraphsOf(node)) checkGraph(subgraph, scope, path);
  return [...ordered];
}

function checkNode(node: NodeProto, path: string): void {
  for (const name of [node.opType, node.domain, node.overload]) checkName(name, path);
  if (!isPrintable(node.name)) node.name = printableName(node.name);
  checkAttributes(node.attribute, path);
}

function checkAttributes(attributes: readonly AttributeProto[], path: string): void {
  for (const { name, refAttrName, t, tensors, sparseTensor, sparseTensors } of attributes) {
    checkName(name, path);
    checkName(refAttrName, path);
    for (const tensor of t ? [t, ...tensors] : tensors) checkTensor(tensor, path);
    for (const sparse of sparseTensor ? [sparseTensor, ...sparseTensors] : sparseTensors)
      checkSparse(sparse, path);
  }
}

function checkValue({ name, type }: ValueInfoProto, path: string): void {
  checkName(name, path);
  if (type?.value.case !== 'tensorType') return;
  for (const { value } of type.value.value.shape?.dim ?? [])
    if (value.case === 'dimParam') checkName(value.value, path);
}

function checkName(name: string, path: string): void {
  if (!isPrintable(name))
    throw damaged(path, `the name "${printableName(name)}" has characters that are not fit for a name`);
}

function checkDefined(name: string, scope: Scope, path: string): void {
  for (let place: Scope | null = scope; place; place = place.outer) if (place.own.has(name)) return;
  throw damaged(path, `the tensor "${printableName(name)}" is read and nothing defines it`);
}

function repeated(names: readonly string[]): string | undefined {
  if (new Set(names).size === names.length) return undefined;
  const seen = new Set<string>();
  return names.find((name) => seen.has(name) || !seen.add(name));
}

function givenTwice(name: string, path: string) {
  return damaged(path, `the tensor "${printableName(name)}" is defined twice`);
}

function some(nodes: readonly NodeProto[]): string {
  const names = nodes.map((node) => printableName(node.name || node.output[0] || node.opType));
  return names.slice(0, 5).join(', ');
}
