// Frames on their way from the process that visits them to the one that labels them: raw Float64 in a file, one record a
// frame (step, potential energy, positions, velocities), written as they come, so that they never stand in memory together.

import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { MdbenchError } from '../errors.js';
import type { System } from '../system/index.js';

export interface Frame {
  readonly step: number;
  /** eV, as the trajectory had it. */
  readonly energy: number;
  /** (n,3) Å and Å/fs; valid until the next frame is read. */
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
}

export interface FrameWriter {
  readonly count: number;
  /** @throws MdbenchError `output-not-writable` */
  write(step: number, energy: number, system: System): void;
  close(): void;
}

/** @throws MdbenchError `output-not-writable` */
export function createFrameWriter(file: string, atoms: number): FrameWriter {
  const descriptor = attempt(file, () => openSync(file, 'w'));
  const record = new Float64Array(recordLength(atoms));
  const bytes = new Uint8Array(record.buffer);
  let count = 0;
  return {
    get count() {
      return count;
    },
    write(step, energy, { positions, velocities }) {
      record[0] = step;
      record[1] = energy;
      record.set(positions, 2);
      record.set(velocities, 2 + positions.length);
      attempt(file, () => {
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      });
      count++;
    },
    close: () => closeSync(descriptor),
  };
}

export function countFrames(file: string, atoms: number): number {
  return Math.floor(statSync(file).size / (8 * recordLength(atoms)));
}

export function* readFrames(file: string, atoms: number): Generator<Frame> {
  const record = new Float64Array(recordLength(atoms));
  const bytes = new Uint8Array(record.buffer);
  const descriptor = openSync(file, 'r');
  const middle = 2 + 3 * atoms;
  try {
    for (let left = countFrames(file, atoms); left > 0; left--) {
      for (let done = 0; done < bytes.length; ) {
        const count = readSync(descriptor, bytes, done, bytes.length - done, null);
        if (count === 0) return;
        done += count;
      }
      yield {
        step: record[0],
        energy: record[1],
        positions: record.subarray(2, middle),
        velocities: record.subarray(middle),
      };
    }
  } finally {
    closeSync(descriptor);
  }
}

function recordLength(atoms: number): number {
  return 2 + 6 * atoms;
}

function attempt<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new MdbenchError(
      'output-not-writable',
      `The frames of a trajectory cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}.`,
      'Name a folder with room for them, with --out, or ask for fewer frames.',
    );
  }
}
