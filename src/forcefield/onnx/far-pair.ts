// A stand-in for an empty neighbor list, for models that fail on one: a single pair far beyond the cutoff.

import type { Pairs } from '../../neighbors/pairs.js';
import { cellVolume, type System } from '../../system/index.js';
import { type Binding, reachOf } from './binding.js';

/** The first atom and its image at twice the cutoff or more, `further` images on; null for a model that takes no shifts. */
export function farPair(system: System, cell: Float64Array, binding: Binding, further = 0): Pairs | null {
  const reach = reachOf(binding);
  if (binding.boundaries !== 'host' || reach === null) return null;
  const length = Math.hypot(cell[0], cell[1], cell[2]);
  if (!(cellVolume(cell) > 0)) return null;
  const shift = Math.ceil((2 * reach) / length) + further;
  const first = new Int32Array(system.numbers.length + 1).fill(1);
  first[0] = 0;
  return {
    count: 1,
    centers: Int32Array.of(0),
    neighbors: Int32Array.of(0),
    shifts: Int32Array.of(shift, 0, 0),
    first,
  };
}
