// Labelling on its own: frames that a force field cannot take, and two elements.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFrameWriter } from '../../src/measure/frame-file.js';
import { labelFrames } from '../../src/measure/labelled-frames.js';
import { planCases } from '../../src/spec/index.js';
import { buildSystem } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';

/** Frames of a system, changed one by one before they are written. */
async function label(
  name: string,
  forceFields: readonly [string, string],
  changes: ((x: Float64Array) => void)[],
) {
  const folder = temporaryFolder();
  const [file, worst] = [join(folder, 'frames'), join(folder, 'worst.extxyz')];
  const system = buildSystem(name);
  const writer = createFrameWriter(file, system.numbers.length);
  for (const [k, change] of changes.entries()) {
    const positions = system.positions.slice();
    change(positions);
    writer.write(k + 1, 0, { ...system, positions });
  }
  writer.close();
  const [baseline, candidate] = planCases({
    forceFields: forceFields.map((one) => ({ name: one })),
    systems: [{ name }],
  });
  const options = { arms: { baseline, candidate }, source: 'baseline' as const, file, worst };
  const labelled = await labelFrames({ ...options, onProgress() {}, isAborted: () => false });
  return { ...labelled, worst };
}

const still = () => {};
const onTop = (positions: Float64Array) => positions.copyWithin(0, 3, 6);
const nowhere = (positions: Float64Array) => positions.fill(Number.NaN, 0, 3);

it('leaves out the frames that cannot be labelled, and says which', async () => {
  const { frames, failure } = await label(
    'si64',
    ['stillinger-weber', 'silicon-student'],
    [still, onTop, still, nowhere],
  );
  expect(frames?.step).toEqual([1, 3]);
  expect(failure?.cause).toBe('frames-unlabelled');
  expect(failure?.message).toMatch(/^2 of 4 frames .* stillinger-weber at step 2/);
  expect(frames?.energy.baseline.every(Number.isFinite)).toBe(true);
});

it('has nothing, and writes nothing, where none can be', async () => {
  const { frames, worstWritten, worst } = await label(
    'si64',
    ['stillinger-weber', 'stillinger-weber'],
    [onTop],
  );
  expect([frames, worstWritten, existsSync(worst)]).toEqual([null, false, false]);
});

it('counts the atoms of each element, and no angle where there is no force', async () => {
  const { frames, failure } = await label('ethanol', ['null', 'null'], [still, still]);
  expect(failure).toBeNull();
  expect(frames?.elements.map(({ number, atoms, counted }) => [number, atoms, counted])).toEqual([
    [1, 6, [0, 0]],
    [6, 2, [0, 0]],
    [8, 1, [0, 0]],
  ]);
});
