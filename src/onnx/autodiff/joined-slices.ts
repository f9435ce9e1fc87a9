// Adjoints of slices put side by side: what Slice and its like pad with zeros to be added up is joined instead.

import type { GraphProto } from '../proto/onnx_pb.js';
import { readTensor } from '../tensor-values.js';
import type { Emitter } from './emitter.js';

interface Padded {
  readonly term: string;
  /** What was padded. */
  readonly piece: string;
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

/** The same sum of fewer terms; a term that occurs twice counts twice. `dims` are those of the terms, null where they are not known. */
export function joinSlices(
  terms: readonly string[],
  dims: readonly (number | null)[],
  graph: GraphProto,
  emit: Emitter,
): string[] {
  const single = terms.filter((term) => terms.indexOf(term) === terms.lastIndexOf(term));
  const padded = single.flatMap((term) => paddedPiece(term, dims, graph) ?? []);
  const joined = new Map<string, string>();
  for (const first of padded) {
    if (joined.has(first.term)) continue;
    const run = [first];
    for (let next = first; ; run.push(next)) {
      const found = padded.find(
        ({ term, axis, start, end }) =>
          axis === next.axis && start === next.end && end > start && !joined.has(term),
      );
      if (!found) break;
      next = found;
    }
    const last = run.at(-1)!;
    if (
      run.length === 1 ||
      (first.start > 0 && padded.some(({ axis, end }) => axis === first.axis && end === first.start))
    )
      continue;
    const { axis } = first;
    const together = emit.op(
      'Concat',
      run.map(({ piece }) => piece),
      { axis },
    );
    const margins = [first.start, dims[axis]! - last.end];
    const whole = margins.some((margin) => margin > 0)
      ? emit.op('Pad', [together, emit.ints(margins), '', emit.ints([axis])])
      : together;
    for (const { term } of run) joined.set(term, whole);
  }
  const wholes = new Set(joined.values());
  return [...terms.filter((term) => !joined.has(term)), ...wholes];
}

/** A term that is one Pad by known margins along one axis of known length. */
function paddedPiece(term: string, dims: readonly (number | null)[], graph: GraphProto): Padded | undefined {
  const node = graph.node.findLast(({ output }) => output[0] === term);
  if (node?.opType !== 'Pad' || node.attribute.length > 0 || node.input.length !== 4) return undefined;
  const [margins, axes] = [node.input[1]!, node.input[3]!].map((name) => numbersOf(name, graph));
  if (margins?.length !== 2 || axes?.length !== 1) return undefined;
  const length = dims[axes[0]!];
  if (typeof length !== 'number') return undefined;
  return { term, piece: node.input[0]!, axis: axes[0]!, start: margins[0]!, end: length - margins[1]! };
}

function numbersOf(name: string, graph: GraphProto): number[] | undefined {
  const tensor = graph.initializer.find((entry) => entry.name === name);
  return tensor && Array.from<number | bigint, number>(readTensor(tensor).data, Number);
}
