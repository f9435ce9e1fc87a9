// Sums over neighbors that an exporter wrote as writes: index_add, scatter_add below operator set 16 and
// index_put(accumulate) become a scatter without reduction, which keeps only the last neighbor (pytorch issue 111159).

import { stringAttribute, writeAttribute } from '../attributes.js';
import { type Constants, constantsOf } from '../constants.js';
import { copyMessage } from '../copy.js';
import { standardDomain, subgraphsOf } from '../graph.js';
import type { Lint } from '../lint.js';
import type { GraphProto, ModelProto, NodeProto } from '../proto/onnx_pb.js';
import { isDistinct } from './distinct-indices.js';
import { standardOpset } from './opset-raise.js';
import { change, type Repaired, unchanged } from './repaired.js';

/** Which scatters into zeros: those whose result is added to something, as exporters write sums, or the other ones. */
export type ScatterForm = 'added' | 'alone';

const oldest = 16;

/**
 * Scatters into zeros without reduction add up from then on. May change results: an `alone` one can be meant as it
 * stands. Below operator set 16 nothing is changed.
 */
export function accumulateScatters(given: ModelProto, form: ScatterForm): Repaired {
  if (!given.graph) return unchanged(given);
  const found = scattersOf(given.graph, form).map(nameOf);
  if (found.length === 0) return unchanged(given);
  if (standardOpset(given) < oldest) return unchanged(given, overwriting(given));
  const model = copyMessage(given);
  const scatters = scattersOf(model.graph!, form);
  for (const node of scatters) {
    node.attribute = node.attribute.filter(({ name }) => name !== 'reduction');
    node.attribute.push(writeAttribute('reduction', 'add'));
  }
  const operators = [...new Set(scatters.map(({ opType }) => opType))].sort();
  const values = { form, nodes: found, operators };
  return { model, changes: [change('scatter-accumulate', found.length, values)], lints: [] };
}

/** Scatters that write over each other where indices repeat. */
export function overwriting(model: ModelProto): Lint[] {
  const graphs = model.graph ? [model.graph] : [];
  const found = graphs.flatMap((graph) => [...scattersOf(graph, 'added'), ...scattersOf(graph, 'alone')]);
  if (found.length === 0) return [];
  return [{ id: 'scatter-overwrites', count: found.length, values: { nodes: found.map(nameOf) } }];
}

function scattersOf(graph: GraphProto, form: ScatterForm): NodeProto[] {
  const constants = constantsOf(graph);
  const added = new Set(graph.node.filter(({ opType }) => opType === 'Add').flatMap(({ input }) => input));
  const own = graph.node.filter(
    (node) => writes(node, constants) && added.has(node.output[0]!) === (form === 'added'),
  );
  return [...own, ...graph.node.flatMap(subgraphsOf).flatMap((subgraph) => scattersOf(subgraph, form))];
}

/** What is written is computed, into places that are and may repeat: a mask of constants may be written twice. */
function writes(node: NodeProto, constants: Constants): boolean {
  if (node.opType !== 'ScatterElements' && node.opType !== 'ScatterND') return false;
  if (!standardDomain(node.domain) || stringAttribute(node, 'reduction', 'none') !== 'none') return false;
  const [data = '', indices = '', updates = ''] = node.input;
  if (node.opType === 'ScatterND' && isDistinct(indices, constants)) return false;
  return constants.zeros(data) && !fixed(indices, constants) && !fixed(updates, constants);
}

/** Whether a tensor is one constant repeated, whatever its shape. */
function fixed(tensor: string, constants: Constants): boolean {
  if (constants.value(tensor)) return true;
  const node = constants.producer(tensor);
  if (!node) return false;
  if (node.opType === 'ConstantOfShape') return true;
  return node.opType === 'Expand' && constants.value(node.input[0] ?? '') !== null;
}

function nameOf(node: NodeProto): string {
  return node.name || node.output[0] || node.opType;
}
