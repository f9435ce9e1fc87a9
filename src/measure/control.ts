// The control workload: a fixed force kernel that knows nothing of either arm. When it changes, the machine has changed.
// Lennard-Jones in reduced units, all pairs of a fixed cubic lattice; some 5 ms on a machine of the year 2020.

import { now } from './clock.js';

const side = 8;
const atoms = side ** 3;
const spacing = 1.1;
/** Passes over all pairs. */
const passes = 7;
/** Runs until the kernel is compiled. */
const warmUpRuns = 8;

export interface Control {
  /** Does the work once. @returns ms that it took */
  run(): number;
  /** Of the last run; the same on every machine and at every run. */
  readonly energy: number;
}

/** Takes all memory that its runs need, and warms up. */
export function createControl(): Control {
  const positions = lattice();
  const forces = new Float64Array(3 * atoms);
  let energy = Number.NaN;

  function run(): number {
    const begun = now();
    energy = 0;
    for (let k = 0; k < passes; k++) energy += forcesOf(positions, forces);
    return now() - begun;
  }

  for (let k = 0; k < warmUpRuns; k++) run();
  return {
    run,
    get energy() {
      return energy;
    },
  };
}

function forcesOf(positions: Float64Array, forces: Float64Array): number {
  forces.fill(0);
  let energy = 0;
  for (let i = 0; i < positions.length; i += 3) {
    for (let j = i + 3; j < positions.length; j += 3) {
      const dx = positions[j] - positions[i];
      const dy = positions[j + 1] - positions[i + 1];
      const dz = positions[j + 2] - positions[i + 2];
      const inverse = 1 / (dx * dx + dy * dy + dz * dz);
      const sixth = inverse * inverse * inverse;
      const strength = 24 * inverse * sixth * (2 * sixth - 1);
      energy += 4 * sixth * (sixth - 1);
      forces[i] -= strength * dx;
      forces[i + 1] -= strength * dy;
      forces[i + 2] -= strength * dz;
      forces[j] += strength * dx;
      forces[j + 1] += strength * dy;
      forces[j + 2] += strength * dz;
    }
  }
  return energy;
}

function lattice(): Float64Array {
  const positions = new Float64Array(3 * atoms);
  for (let n = 0; n < atoms; n++) {
    positions[3 * n] = spacing * (n % side);
    positions[3 * n + 1] = spacing * (Math.floor(n / side) % side);
    positions[3 * n + 2] = spacing * Math.floor(n / side ** 2);
  }
  return positions;
}
