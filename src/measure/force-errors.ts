// What two sets of forces on the same atoms differ by, summed by element and frame: eV/Å and degrees.

import type { LabelledFrames } from '../result/index.js';

type ElementErrors = LabelledFrames['elements'][number];

export interface ForceErrors extends Pick<LabelledFrames, 'elements' | 'worstAtom' | 'worstError'> {
  /** (n) norm of each atom's difference in the frame that was added last, eV/Å. */
  readonly errors: Float64Array;
  /** One frame: (n,3) forces of both. */
  add(baseline: Float64Array, candidate: Float64Array): void;
}

/** eV/Å: an atom with a smaller force, by either, has no direction to compare. */
const smallestForce = 0.01;

export function createForceErrors(numbers: Int32Array): ForceErrors {
  const elements = [...new Set(numbers)].sort((a, b) => a - b).map((number) => emptyErrors(number, numbers));
  const of = numbers.map((number) => elements.findIndex((one) => one.number === number));
  const worstAtom: number[] = [];
  const worstError: number[] = [];
  const errors = new Float64Array(numbers.length);
  return {
    elements,
    worstAtom,
    worstError,
    errors,
    add(baseline, candidate) {
      const frame = worstAtom.length;
      for (const one of elements) for (const series of seriesOf(one)) series.push(0);
      let worst = 0;
      for (let atom = 0; atom < errors.length; atom++) {
        errors[atom] = addAtom(elements[of[atom]], frame, baseline, candidate, 3 * atom);
        if (errors[atom] > errors[worst]) worst = atom;
      }
      worstAtom.push(worst);
      worstError.push(errors[worst]);
    },
  };
}

/** @returns the norm of the difference */
function addAtom(
  sums: ElementErrors,
  frame: number,
  baseline: Float64Array,
  candidate: Float64Array,
  k: number,
): number {
  const [ax, ay, az] = [baseline[k], baseline[k + 1], baseline[k + 2]];
  const [bx, by, bz] = [candidate[k], candidate[k + 1], candidate[k + 2]];
  const [dx, dy, dz] = [bx - ax, by - ay, bz - az];
  const squared = dx * dx + dy * dy + dz * dz;
  const error = Math.sqrt(squared);
  sums.squared[frame] += squared;
  sums.absolute[frame] += Math.abs(dx) + Math.abs(dy) + Math.abs(dz);
  sums.largest[frame] = Math.max(sums.largest[frame], error);
  const a = ax * ax + ay * ay + az * az;
  const b = bx * bx + by * by + bz * bz;
  sums.size[frame] += a;
  if (Math.min(a, b) < smallestForce ** 2) return error;
  const along = ax * bx + ay * by + az * bz;
  const across = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  sums.cosine[frame] += along / Math.sqrt(a * b);
  sums.angle[frame] += (180 / Math.PI) * Math.atan2(across, along);
  sums.counted[frame]++;
  return error;
}

function emptyErrors(number: number, numbers: Int32Array): ElementErrors {
  return {
    number,
    atoms: numbers.reduce((sum, one) => sum + Number(one === number), 0),
    squared: [],
    absolute: [],
    largest: [],
    cosine: [],
    angle: [],
    counted: [],
    size: [],
  };
}

function seriesOf({ number: _number, atoms: _atoms, ...series }: ElementErrors): number[][] {
  return Object.values(series);
}
