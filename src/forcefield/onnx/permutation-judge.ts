// Whether a repair made a model better or worse: the energy must not depend on the order of the atoms. It finds sums
// over neighbors that keep only the last one (pytorch issue 111159). eV.

import type { GraphRunner } from '../../onnx/index.js';
import { createRandom, type Random } from '../../random.js';
import { createSystem, type System } from '../../system/index.js';
import type { Binding } from './binding.js';
import { systemFeeds } from './system-feeds.js';

const orders = 4;
/** Of the energy: what rounding in single precision may add when the order of a sum changes. */
const rounding = 2e-6;

/** The largest change of the energy (relative to its size, at least 1 eV) when the atoms of `system` are reordered. */
export function orderDependence(
  run: GraphRunner,
  bytes: Uint8Array,
  binding: Binding,
  system: System,
): number {
  const random = createRandom(11);
  const energy = energyOf(run, bytes, binding, system);
  let largest = 0;
  for (let k = 0; k < orders; k++) {
    const other = energyOf(run, bytes, binding, reordered(system, random));
    largest = Math.max(largest, Math.abs(other - energy) / Math.max(1, Math.abs(energy)));
  }
  return Number.isFinite(largest) ? largest : Number.POSITIVE_INFINITY;
}

/** No worse: at most as dependent on the order as before, or by no more than rounding. */
export function isNoWorse(before: number, after: number): boolean {
  return after <= Math.max(before, rounding);
}

function energyOf(run: GraphRunner, bytes: Uint8Array, binding: Binding, system: System): number {
  const name = binding.outputs.find((output) => output.role === 'energy')!.tensor;
  const { data } = run.run(bytes, systemFeeds(binding, system))[name]!;
  let sum = 0;
  for (let k = 0; k < data.length; k++) sum += Number(data[k]);
  return sum;
}

function reordered(system: System, random: Random): System {
  const n = system.numbers.length;
  const order = Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return createSystem({
    ...system,
    numbers: order.map((atom) => system.numbers[atom]!),
    masses: order.map((atom) => system.masses[atom]!),
    positions: order.flatMap((atom) => [...system.positions.subarray(3 * atom, 3 * atom + 3)]),
  });
}
