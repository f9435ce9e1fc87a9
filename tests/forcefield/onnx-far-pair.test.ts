// The stand-in for an empty list lies beyond the cutoff, whatever the cell.

import { expect, it } from 'vitest';
import type { Binding } from '../../src/forcefield/onnx/binding.js';
import { farPair } from '../../src/forcefield/onnx/far-pair.js';
import { buildSystem } from '../../src/system/index.js';

it.each([0.5, 4, 5.431, 12, 60])('at a cutoff of %f Å', (cutoff) => {
  const system = buildSystem('si8');
  const pair = farPair(system, system.cell, {
    boundaries: 'host',
    cutoff: { value: cutoff },
  } as unknown as Binding)!;
  const [a, b, c] = pair.shifts;
  const distance = Math.hypot(
    a * system.cell[0] + b * system.cell[3] + c * system.cell[6],
    a * system.cell[1] + b * system.cell[4] + c * system.cell[7],
    a * system.cell[2] + b * system.cell[5] + c * system.cell[8],
  );
  expect([pair.count, pair.centers[0], pair.neighbors[0]]).toEqual([1, 0, 0]);
  expect(distance).toBeGreaterThan(1.5 * cutoff);
});
