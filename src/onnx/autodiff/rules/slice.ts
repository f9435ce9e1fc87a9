// Slice: with steps of 1 the gradient is padded, with others its rows are put back one by one.

import { elementTypeNumber } from '../../tensor-type.js';
import type { Emitter } from '../emitter.js';
import { counting, dimOf, fromFront, range, rankOf, type ShapePart, shapeFrom } from '../probed-shapes.js';
import { refusal } from '../refusal.js';
import { placeRows } from '../row-placement.js';
import type { Call, Rule } from '../rule.js';

export const sliceRule: Rule = {
  operators: ['Slice'],
  required: 3,
  pullBack(call, emit) {
    const [data, starts, ends, , steps] = call.inputs;
    const stepOf = partsOf(call, emit, steps);
    const startOf = partsOf(call, emit, starts);
    const endOf = partsOf(call, emit, ends);
    let gradient = call.adjoints[0]!;
    const padded: { axis: number; before: ShapePart; after: ShapePart }[] = [];
    for (const [k, axis] of slicedAxes(call).entries()) {
      const rows = dimOf(emit, call.facts(data!), data!, axis);
      const step = steps ? stepOf[k]! : 1;
      if (step === 1) {
        padded.push({ axis, ...margins(call, emit, axis, rows, startOf[k]!, endOf[k]!) });
      } else {
        const bounds = [startOf[k]!, endOf[k]!, 0, step].map((part) => shapeFrom(emit, [part]));
        const taken = emit.op('Slice', [counting(emit, rows), ...bounds]);
        gradient = placeRows(emit, gradient, taken, rows, axis);
      }
    }
    return [pad(emit, gradient, padded), ...call.inputs.slice(1).map(() => null)];
  },
};

function slicedAxes(call: Call): number[] {
  const [data, starts, , axes] = call.inputs;
  if (!axes) return range(0, call.facts(starts!).probes[0]![0]!);
  const known = call.integers(axes);
  if (!known) throw refusal(call.node, 'cuts along axes that are computed');
  return known.map((axis) => fromFront(axis, rankOf(call.facts(data!))));
}

/** The elements of a vector of whole numbers, each known or an int64 vector of one. */
function partsOf(call: Call, emit: Emitter, vector: string | undefined): ShapePart[] {
  if (!vector) return [];
  const known = call.integers(vector);
  if (known) return known;
  const { type, probes } = call.facts(vector);
  const whole = type === 'int64' ? vector : emit.op('Cast', [vector], { to: elementTypeNumber('int64') });
  return range(0, probes[0]![0]!).map((k) => emit.op('Gather', [whole, emit.ints([k])]));
}

/** How many rows of the data lie before and behind those that were taken. */
function margins(call: Call, emit: Emitter, axis: number, rows: ShapePart, start: ShapePart, end: ShapePart) {
  if (typeof rows === 'number' && typeof start === 'number' && typeof end === 'number') {
    const [before, last] = [start, end].map((at) => Math.min(Math.max(at < 0 ? at + rows : at, 0), rows));
    return { before: before!, after: rows - Math.max(before!, last!) };
  }
  const count = emit.op('Shape', [call.outputs[0]!], { start: axis, end: axis + 1 });
  const [all, taken, first] = [rows, count, start].map((part) => shapeFrom(emit, [part]));
  const spare = emit.sub(all!, taken!);
  if (start === 0) return { before: 0, after: spare };
  const counted = typeof start === 'number' && start > 0 ? first! : wrapped(emit, first!, all!);
  const before = emit.op('Min', [counted, spare]);
  return { before, after: emit.sub(spare, before) };
}

/** A start that may be counted from behind, no smaller than zero. */
function wrapped(emit: Emitter, start: string, rows: string): string {
  const zero = emit.ints([0]);
  const fromBehind = emit.op('Less', [start, zero]);
  return emit.op('Max', [emit.op('Where', [fromBehind, emit.add(start, rows), start]), zero]);
}

function pad(
  emit: Emitter,
  gradient: string,
  margins: readonly { readonly axis: number; readonly before: ShapePart; readonly after: ShapePart }[],
): string {
  if (margins.every(({ before, after }) => before === 0 && after === 0)) return gradient;
  const pads = [...margins.map(({ before }) => before), ...margins.map(({ after }) => after)];
  return emit.op('Pad', [gradient, shapeFrom(emit, pads), '', emit.ints(margins.map(({ axis }) => axis))]);
}
