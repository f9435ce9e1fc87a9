// The shipped ethanol student, an energy alone as PyTorch exported it, against PyTorch's autograd in double of the weights
// that it was exported from (tests/golden/make-ethanol-student.py). In double what is left is that of constants in single.

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { createSystem } from '../../src/system/index.js';
import { pairsFor } from '../support/onnx-run.js';
import { largestDifference } from '../support/physics.js';

interface Golden {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly positions: readonly number[];
  readonly energy: number;
  readonly forces: readonly number[];
}

const { cases }: { cases: Golden[] } = JSON.parse(readFileSync('tests/golden/ethanol-student.json', 'utf8'));

describe.each([
  { precision: 'as-is', threads: 1, within: { energy: 1e-5, force: 5e-5 } },
  { precision: 'as-is', threads: 2, within: { energy: 1e-5, force: 5e-5 } },
  { precision: 'f64', threads: 1, within: { energy: 1e-6, force: 1e-6 } },
] as const)('ethanol-student, $precision, threads: $threads', ({ precision, threads, within }) => {
  const created = createForceField({ name: 'ethanol-student', provider: 'cpu', threads, precision });
  afterAll(async () => (await created).dispose());

  it.each(cases)('$name', async ({ name, numbers, positions, energy, forces }) => {
    const forceField = await created;
    const system = createSystem({ name, numbers, positions });
    await forceField.prepare(system);
    const output = createForceOutput(numbers.length);
    await forceField.compute(system, pairsFor(forceField, system), output);
    expect(Math.abs(output.energy - energy)).toBeLessThan(within.energy);
    expect(largestDifference(output.forces, forces)).toBeLessThan(within.force);
  });
});

it('is differentiated, with nothing repaired and nothing assumed', async () => {
  const forceField = await createForceField({ name: 'ethanol-student', provider: 'cpu', threads: 1 });
  const { assumed, elements, preparation } = forceField.description;
  expect([assumed, elements]).toEqual([[], [1, 6, 8]]);
  expect(preparation).toMatchObject({ forces: 'autodiff' });
  expect(preparation!.changes.map(({ pass }) => pass)).toEqual(['differentiate']);
  await forceField.dispose();
});

it('has no number for an element that it never saw', async () => {
  const forceField = await createForceField({ name: 'ethanol-student', provider: 'cpu', threads: 1 });
  const nitrogen = createSystem({ name: 'nitrogen', numbers: [7], positions: [0, 0, 0] });
  await expect(forceField.prepare(nitrogen)).rejects.toMatchObject({ code: 'unknown-element' });
  await forceField.dispose();
});
