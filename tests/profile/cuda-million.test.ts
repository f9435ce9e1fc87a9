// Three million records in pieces that are made as they are read, so that what grows is the reader's.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createTraceReader, mergeTraces, type ReadTrace } from '../../src/profile/cuda/index.js';
import { cudaContext } from '../support/cuda-profile.js';
import { api, clock, end, external, head, joined, kernel, name, state } from '../support/trace-bytes.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const perStep = 20;
const stepsPerPiece = 200;
const recordsPerPiece = 3 * perStep * stepsPerPiece;

/** Bytes in use after a collection. */
function inUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** 200 steps of 20 launches: calls, identifiers and kernels of 4 names, delivered by kind, kernels first. */
function piece(): Uint8Array {
  const records = Array.from({ length: perStep * stepsPerPiece }, (_, k) => {
    const at = k * 10_000;
    return [
      kernel({ start: at + 9000, end: at + 12_000 + (k % 7), correlation: k + 1, name: 1 + (k % 4) }),
      external(k + 1, 1 + Math.floor(k / perStep)),
      api({ start: at, end: at + 4000, correlation: k + 1 }),
    ];
  });
  return joined([0, 1, 2].flatMap((kind) => records.map((parts) => parts[kind])));
}

const size = { kernel: 96, external: 24, api: 40 };
const launches = perStep * stepsPerPiece;
const span = BigInt(launches * 10_000);

/** The next piece in place: times, correlation numbers and steps go on from those of the piece before. */
function advance(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer);
  const add = (at: number) => view.setBigUint64(at, view.getBigUint64(at, true) + span, true);
  const number = (at: number) => view.setUint32(at, view.getUint32(at, true) + launches, true);
  for (let k = 0; k < launches; k++) {
    const at = k * size.kernel;
    add(at + 8);
    add(at + 16);
    number(at + 36);
  }
  for (let k = 0; k < launches; k++) {
    const at = launches * size.kernel + k * size.external;
    view.setBigUint64(at + 8, view.getBigUint64(at + 8, true) + BigInt(stepsPerPiece), true);
    number(at + 20);
  }
  for (let k = 0; k < launches; k++) {
    const at = launches * (size.kernel + size.external) + k * size.api;
    add(at + 8);
    add(at + 16);
    number(at + 36);
  }
}

/** Reads so many records; seconds in the reader, and bytes in use at the start and after each quarter. */
function readMany(records: number): { seconds: number; memory: number[]; read: ReadTrace; steps: number } {
  const reader = createTraceReader();
  const bytes = piece();
  reader.push(joined([head(), state(), ...[1, 2, 3, 4].map((id) => name(id, `k${id}`)), clock(0)]));
  const pieces = Math.ceil(records / recordsPerPiece / 4) * 4;
  const memory = [inUse()];
  let seconds = 0;
  for (let k = 1; k <= pieces; k++) {
    const flushed = clock(k * Number(span));
    const begun = performance.now();
    for (let at = 0; at < bytes.length; at += 65_521) reader.push(bytes.subarray(at, at + 65_521));
    reader.push(flushed);
    seconds += (performance.now() - begun) / 1000;
    if (k % (pieces / 4) === 0) memory.push(inUse());
    advance(bytes);
  }
  reader.push(joined([clock(pieces * Number(span) + 1e6), end()]));
  return { seconds, memory, read: reader.finish(), steps: pieces * stepsPerPiece };
}

describe('three million records', () => {
  const { seconds, memory, read, steps } = readMany(3_000_000);

  it('are all read and given to their steps', () => {
    expect(read.counts).toMatchObject({ inSteps: perStep * steps, outside: 0 });
    expect(read.steps).toBe(steps);
    const profile = mergeTraces(cudaContext, [read]);
    expect(profile.kernels.map((row) => [row.instances, row.perStep])).toEqual(
      [1, 2, 3, 4].map(() => [(perStep * steps) / 4, 5]),
    );
    expect(profile.gaps!.busy).toBeCloseTo((perStep * 3003) / 1e6, 4);
    expect(profile.warnings).toEqual([]);
  });

  it('take less than five seconds a million', () => {
    expect(seconds / 3).toBeLessThan(5);
  });

  it('leave behind numbers, not objects: the second half adds less than 16 bytes a record', () => {
    expect(memory[4] - memory[2]).toBeLessThan(16 * 1.5e6);
    expect(memory[4] - memory[0]).toBeLessThan(96e6);
  });
});
