// Looks over a model for what nobody can mend for its author, or need not.

import { constantsOf } from './constants.js';
import { nodesOf, qualifiedName, reduces } from './graph.js';
import type { Lint, LintId } from './lint.js';
import type { GraphProto, ModelProto, NodeProto } from './proto/onnx_pb.js';
import { overwriting } from './repair/scatter-accumulate.js';

/** Domains whose operators ONNX Runtime brings along. */
const knownDomains = /^(|ai\.onnx(\..*)?|com\.microsoft(\..*)?|com\.ms\..*)$/;
const loops = new Set(['Loop', 'Scan', 'SequenceMap']);

/** Each kind of finding once; none where the model is as it should be. */
export function lintModel(model: ModelProto): Lint[] {
  const { graph } = model;
  if (!graph) return [];
  const own = new Set(model.functions.map(({ domain }) => domain));
  const nodes = [graph, ...model.functions].flatMap((body) => [...nodesOf(body)]);
  const foreign = nodes.filter(({ domain }) => !knownDomains.test(domain) && !own.has(domain));
  return [
    ...named(
      'scatter-nd-race',
      nodes.filter((node) => node.opType === 'ScatterND' && reduces(node)),
      nameOf,
    ),
    ...overwriting(model),
    ...fixedDimensions(graph),
    ...bakedCounts(graph),
    ...named('unknown-domain', foreign, qualifiedName),
    ...named('no-cpu-kernel', nodes.filter(trains), qualifiedName),
    ...named(
      'loop',
      nodes.filter(({ opType }) => loops.has(opType)),
      nameOf,
    ),
  ];
}

function named(id: LintId, nodes: readonly NodeProto[], name: (node: NodeProto) => string): Lint[] {
  const names = [...new Set(nodes.map(name))].sort();
  return nodes.length === 0 ? [] : [{ id, count: nodes.length, values: { names } }];
}

function nameOf(node: NodeProto): string {
  return node.name || node.output[0] || node.opType;
}

/** What ONNX Runtime has in its builds for training only. */
function trains({ domain, opType }: NodeProto): boolean {
  return (
    domain === 'com.microsoft' &&
    (opType.endsWith('Grad') || opType.startsWith('ATen') || opType === 'PythonOp')
  );
}

/** Inputs of one row an atom (or two, behind a batch) whose number of rows is a number: the file is for that many atoms. */
function fixedDimensions(graph: GraphProto): Lint[] {
  const filled = new Set(graph.initializer.map(({ name }) => name));
  const found = graph.input.flatMap(({ name, type }): [string, number][] => {
    if (filled.has(name) || type?.value.case !== 'tensorType') return [];
    const dims = type.value.value.shape?.dim.map(({ value }) =>
      value.case === 'dimValue' ? Number(value.value) : -1,
    );
    const rows = dims?.length === 2 || dims?.length === 3 ? dims.at(-2)! : -1;
    return dims?.at(-1) === 3 && rows > 3 ? [[name, rows]] : [];
  });
  if (found.length === 0) return [];
  return [{ id: 'fixed-dimensions', count: found.length, values: Object.fromEntries(found) }];
}

/**
 * Sums into a constant of zeros: its rows are the atoms that the exporter saw. One or two are molecules: AIMNet2 sums what
 * fills its matrix into a second one.
 */
function bakedCounts(graph: GraphProto): Lint[] {
  const constants = constantsOf(graph);
  const sums = graph.node.filter(
    ({ opType, input }) =>
      opType.startsWith('Scatter') && (constants.value(input[0] ?? '')?.dims[0] ?? 0) > 2,
  );
  const rows = [...new Set(sums.map(({ input }) => `${constants.value(input[0]!)!.dims[0]}`))];
  if (sums.length === 0) return [];
  return [{ id: 'baked-shape-constants', count: sums.length, values: { nodes: sums.map(nameOf), rows } }];
}
