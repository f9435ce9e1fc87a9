// GatherND and ScatterND in terms of rows: a tuple of indices becomes the number of a row of the flattened tensor.

import type { Emitter } from './emitter.js';
import {
  counting,
  dimsOf,
  range,
  rankOf,
  reshape,
  type ShapePart,
  shapeFrom,
  sizeOf,
} from './probed-shapes.js';
import { scatterAddInto } from './scatter-add.js';
import type { TensorFacts } from './tensor-facts.js';

export interface Tuples {
  /** The tensor that is indexed, of the original graph. */
  readonly data: string;
  readonly dataFacts: TensorFacts;
  /** int64; its last axis holds the tuples. */
  readonly indices: string;
  readonly indexFacts: TensorFacts;
  readonly batchDims: number;
}

/** How many leading axes of the data a tuple chooses from. */
export function tupleLength({ indexFacts }: Tuples): number {
  return indexFacts.probes[0]!.at(-1)!;
}

/**
 * Adds up `gradient`, one slice a tuple, in zeros of the shape of the data.
 * @param gradient of the shape of GatherND of the data
 */
export function addSlices(emit: Emitter, gradient: string, tuples: Tuples): string {
  const { data, dataFacts, batchDims } = tuples;
  const dims = dimsOf(emit, dataFacts, data);
  const chosen = batchDims + tupleLength(tuples);
  const rows = sizeOf(emit, dims.slice(0, chosen));
  const slice = sizeOf(emit, dims.slice(chosen));
  const vector = emit.op('Reshape', [rowNumbers(emit, tuples, dims), emit.ints([-1])]);
  const slices = reshape(emit, gradient, shapeFrom(emit, [emit.op('Shape', [vector]), slice]));
  const zeros = reshape(emit, emit.zerosLike(data), shapeFrom(emit, [rows, slice]));
  return reshape(emit, scatterAddInto(emit, zeros, slices, vector, 0, 2), shapeFrom(emit, dims));
}

/** One number a tuple, counted row by row over the batch and the chosen axes. */
function rowNumbers(emit: Emitter, tuples: Tuples, dims: readonly ShapePart[]): string {
  const { indices, indexFacts, batchDims } = tuples;
  const chosen = dims.slice(batchDims, batchDims + tupleLength(tuples));
  const strides = chosen.map((_, axis) => sizeOf(emit, chosen.slice(axis + 1)));
  const places = emit.op('Mod', [indices, shapeFrom(emit, chosen)]);
  const steps = emit.op('Unsqueeze', [shapeFrom(emit, strides), emit.ints([1])]);
  const numbers = emit.op('Squeeze', [emit.op('MatMul', [places, steps]), emit.ints([-1])]);
  if (batchDims === 0) return numbers;
  const batches = dims.slice(0, batchDims);
  const batch = reshape(emit, counting(emit, sizeOf(emit, batches)), shapeFrom(emit, batches));
  const first = emit.mul(batch, shapeFrom(emit, [sizeOf(emit, chosen)]));
  const missing = range(batchDims, rankOf(indexFacts) - 1);
  return emit.add(numbers, missing.length === 0 ? first : emit.op('Unsqueeze', [first, emit.ints(missing)]));
}
