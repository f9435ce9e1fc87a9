// The loop over damaged files that every fuzz shares: each has its seed, and a fault is told with it.

import { toBinary } from '@bufbuild/protobuf';
import { expect } from 'vitest';
import { MdbenchError } from '../../src/errors.js';
import { readModel } from '../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { createRandom, type Random } from '../../src/random.js';

/** No mutated file may be hung over: far above what the slowest takes, also on a busy machine. */
const patience = 10_000;
const first = Number(process.env.MDBENCH_FUZZ_SEED ?? 1);

/** How often each outcome came about. */
export type Tally<Outcome extends string> = Record<Outcome, number>;

/** How many files: `usual` of each 2000, which a run of all tests has time for, and MDBENCH_FUZZ in all where it is set. */
export function fuzzCount(usual: number): number {
  return Math.round((usual * Number(process.env.MDBENCH_FUZZ ?? 2000)) / 2000);
}

export function fuzzTimeout(count: number): number {
  return 60_000 + count * 200;
}

/**
 * Calls `examine` for each seed; it counts what came about in the tally.
 * @param least what share of the files each outcome must have: mutations that all end alike would test one half only
 */
export async function fuzz<Outcome extends string>(
  count: number,
  least: Readonly<Record<Outcome, number>>,
  examine: (random: Random, tally: Tally<Outcome>) => void | Promise<void>,
): Promise<void> {
  const tally = Object.fromEntries(Object.keys(least).map((name) => [name, 0])) as Tally<Outcome>;
  const faults: string[] = [];
  let slowest = 0;
  for (let seed = first; seed < first + count; seed++) {
    const start = performance.now();
    try {
      await examine(createRandom(seed), tally);
    } catch (error) {
      faults.push(`seed ${seed}: ${error instanceof Error ? error.stack : error}`);
      if (faults.length === 20) break;
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  if (process.env.MDBENCH_FUZZ) console.log({ first, count, ...tally, slowest });
  expect(faults.join('\n')).toBe('');
  expect(slowest).toBeLessThan(patience);
  for (const [name, share] of Object.entries<number>(least))
    expect(tally[name as Outcome] / count, name).toBeGreaterThan(share);
}

/** What `call` gives, or null where it refuses with a clear error. */
export function clearly<T>(call: () => T): T | null {
  try {
    return call();
  } catch (error) {
    return knownErrors(error);
  }
}

export function knownErrors(error: unknown): null {
  if (!(error instanceof MdbenchError) || error.code === 'internal') throw error;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
  if (/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(`${error.message}${error.hint}`))
    throw new Error(`not fit to print: ${JSON.stringify(error.message + error.hint)}`);
  return null;
}

export function expectReadable(model: ModelProto, after: string): void {
  const bytes = toBinary(ModelProtoSchema, model);
  try {
    readModel(bytes, 'm.onnx');
  } catch (error) {
    throw new Error(`after ${after}: ${error}`);
  }
}
