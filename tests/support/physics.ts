// One force call on any system, and the ways to turn, strain, repeat and shuffle a system for physics tests.

import { createForceOutput, type ForceField, type ForceOutput } from '../../src/forcefield/force-field.js';
import { bruteForcePairs, emptyPairs } from '../../src/neighbors/index.js';
import { createRandom } from '../../src/random.js';
import { createSystem } from '../../src/system/index.js';
import type { Periodicity, System } from '../../src/system/system.js';

/** Energy, forces and virial from a brute-force list of cutoff + skin. */
export function evaluate(forceField: ForceField, system: System, skin = 0): ForceOutput {
  const output = createForceOutput(system.numbers.length);
  const demand = forceField.neighbors;
  if (demand === null) {
    forceField.compute(system, null, output);
  } else {
    const pairs = emptyPairs();
    bruteForcePairs(system, demand.cutoff + skin, demand.kind, pairs);
    forceField.compute(system, pairs, output);
  }
  return output;
}

/** Fourth-order central differences of the energy: −dE/dr, (n,3). */
export function differenceForces(forceField: ForceField, system: System, step = 1e-4): Float64Array {
  return system.positions.map((_, k) => {
    const energyAt = (by: number) => {
      const positions = system.positions.slice();
      positions[k] += by * step;
      return evaluate(forceField, { ...system, positions }).energy;
    };
    return -fourthOrder(energyAt, step);
  });
}

/** Fourth-order central differences of the energy under strain: −dE/dε, (3,3). */
export function differenceVirial(forceField: ForceField, system: System, step = 1e-5): Float64Array {
  return new Float64Array(9).map((_, k) => {
    const energyAt = (by: number) => {
      const deform = [1, 0, 0, 0, 1, 0, 0, 0, 1];
      deform[k] += by * step;
      return evaluate(forceField, transformed(system, deform)).energy;
    };
    return -fourthOrder(energyAt, step);
  });
}

function fourthOrder(at: (steps: number) => number, step: number): number {
  return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
}

/** Positions, velocities and cell times a (3,3) matrix from the right. */
export function transformed(system: System, matrix: readonly number[]): System {
  return {
    ...system,
    positions: timesMatrix(system.positions, matrix),
    velocities: timesMatrix(system.velocities, matrix),
    cell: timesMatrix(system.cell, matrix),
  };
}

export function timesMatrix(rows: Float64Array, m: readonly number[]): Float64Array {
  return rows.map((_, k) => {
    const row = k - (k % 3);
    const column = k % 3;
    return rows[row] * m[column] + rows[row + 1] * m[3 + column] + rows[row + 2] * m[6 + column];
  });
}

/** A rotation by a seeded unit quaternion, to be applied from the right. */
export function randomRotation(seed: number): number[] {
  const random = createRandom(seed);
  const q = [0, 1, 2, 3].map(() => random.normal());
  const norm = Math.hypot(...q);
  const [w, x, y, z] = q.map((component) => component / norm);
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y + z * w),
    2 * (x * z - y * w),
    2 * (x * y - z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z + x * w),
    2 * (x * z + y * w),
    2 * (y * z - x * w),
    1 - 2 * (x * x + y * y),
  ];
}

/** Moves every atom by a normal deviate of `spread` Å in each direction. */
export function rattled(system: System, spread: number, seed: number): System {
  const random = createRandom(seed);
  return { ...system, positions: system.positions.map((x) => x + spread * random.normal()) };
}

/** Puts each atom into a cell of its own choice: the same crystal, unwrapped. */
export function scattered(system: System, seed: number): System {
  const random = createRandom(seed);
  const positions = system.positions.slice();
  for (let i = 0; i < positions.length; i += 3) {
    for (let d = 0; d < 3; d++) {
      const cells = system.pbc[d] ? random.integer(7) - 3 : 0;
      for (let k = 0; k < 3; k++) positions[i + k] += cells * system.cell[3 * d + k];
    }
  }
  return { ...system, positions };
}

/** Atom k of the result is atom order[k] of `system`. */
export function reordered(system: System, order: readonly number[]): System {
  return createSystem({
    name: system.name,
    numbers: order.map((i) => system.numbers[i]),
    positions: reorderedRows(system.positions, order),
    velocities: reorderedRows(system.velocities, order),
    cell: system.cell,
    pbc: system.pbc,
  });
}

export function reorderedRows(rows: Float64Array, order: readonly number[]): number[] {
  return order.flatMap((i) => [rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]]);
}

export function shuffledOrder(count: number, seed: number): number[] {
  const random = createRandom(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Largest |a − b| over all entries. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}

/** Largest |a − b| relative to the largest |b|. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return largestDifference(a, b) / Math.max(...Array.from(b, Math.abs));
}

export interface Structure {
  readonly number: number;
  readonly cell: readonly number[];
  readonly pbc: Periodicity;
  readonly positions: readonly number[];
}

/** A system of one element from plain numbers. */
export function elementSystem(name: string, { number, cell, pbc, positions }: Structure): System {
  return createSystem({ name, numbers: new Array(positions.length / 3).fill(number), positions, cell, pbc });
}
