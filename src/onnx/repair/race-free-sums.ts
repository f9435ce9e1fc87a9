// Sums by ScatterND, which lose updates above one thread in ONNX Runtime's CPU kernel (onnxruntime issues 18048, 23396),
// written as sums of sorted rows: the same sums in another order, right on any number of threads.

import { stringAttribute } from '../attributes.js';
import { createEmitter, type Emitter } from '../autodiff/emitter.js';
import { addSlices } from '../autodiff/flat-indices.js';
import { type GraphFacts, probeGraph } from '../autodiff/probe.js';
import { sumSorted } from '../autodiff/sorted-sums.js';
import { copyMessage } from '../copy.js';
import { reducesInScatterND, standardDomain } from '../graph.js';
import type { ModelProto, NodeProto } from '../proto/onnx_pb.js';
import { inlineFunctions } from './inline-functions.js';
import type { Probing } from './inline-if.js';
import { upgradeOpset } from './opset-upgrade.js';
import { change, type Repaired, unchanged } from './repaired.js';

/** What the operators that are written need, and the types of numbers that all of them have kernels for. */
const opset = 18;
const numbers = new Set(['float32', 'float64', 'int32', 'int64']);

/**
 * Every ScatterND that adds, of the main graph and of functions, which are inlined. Those inside of an If or a Loop stay,
 * and those that multiply or take the largest.
 * @throws MdbenchError `opset-unsupported` for a model that cannot be raised to operator set 18, and what the runtime
 * says of one that it cannot run on the probes
 */
export function sumWithoutRace(given: ModelProto, { run, probes }: Probing): Repaired {
  const feeds = reducesInScatterND(given) && given.graph ? probes(given) : null;
  if (!feeds) return unchanged(given);
  const inlined = inlineFunctions(given);
  const raised = upgradeOpset(inlined.model, opset);
  const known = probeGraph(raised.model, run, feeds);
  const model = copyMessage(raised.model);
  const graph = model.graph!;
  const emit = createEmitter(graph, (tensor) => known.facts.get(tensor)!, 'sorted', 'mdbench_sums_');
  const sums: string[] = [];
  const nodes = graph.node;
  graph.node = [];
  for (const node of nodes) {
    if (addsUp(node, known)) {
      sums.push(node.output[0]!);
      emit.add(node.input[0]!, addedTo(node, known, emit));
      graph.node.at(-1)!.output = node.output;
    } else graph.node.push(node);
  }
  if (sums.length === 0) return unchanged(given);
  const written = change('scatter-nd', sums.length, { sums });
  return { model, changes: [...inlined.changes, ...raised.changes, written], lints: [] };
}

function addsUp(node: NodeProto, { facts }: GraphFacts): boolean {
  if (node.opType !== 'ScatterND' || !standardDomain(node.domain)) return false;
  if (stringAttribute(node, 'reduction', 'none') !== 'add') return false;
  return numbers.has(facts.get(node.input[0]!)?.type ?? '');
}

/** What a node adds to its data, in the shape of these. */
function addedTo({ input }: NodeProto, { facts }: GraphFacts, emit: Emitter): string {
  const [data, indices, updates] = input as [string, string, string];
  const [dataFacts, indexFacts] = [facts.get(data)!, facts.get(indices)!];
  const dims = indexFacts.probes[0]!;
  if (dims.length !== 2 || dims[1] !== 1)
    return addSlices(emit, updates, { data, dataFacts, indices, indexFacts, batchDims: 0 });
  const rows = emit.op('Shape', [data], { start: 0, end: 1 });
  return sumSorted(emit, updates, emit.op('Squeeze', [indices, emit.ints([1])]), rows);
}
