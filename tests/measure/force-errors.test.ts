// Sums of force errors by element and frame, against loops of their own; the draw for a parity chart.

import { describe, expect, it } from 'vitest';
import { createForceErrors } from '../../src/measure/force-errors.js';
import { createParityDraw } from '../../src/measure/parity-draw.js';
import { createRandom } from '../../src/random.js';

const random = createRandom(21);
const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());

describe('water, two frames', () => {
  const numbers = Int32Array.of(8, 1, 1, 8, 1, 1, 8, 1, 1);
  const frames = [0, 1].map(() => ({ baseline: draw(27), candidate: draw(27) }));
  for (const { baseline, candidate } of frames) {
    baseline.set([0.005, 0, 0], 3 * 4);
    candidate.set([0, 0.009, 0], 3 * 3);
  }
  const errors = createForceErrors(numbers);
  for (const { baseline, candidate } of frames) errors.add(baseline, candidate);

  /** Per atom of an element: both force vectors. */
  function atomsOf(frame: number, number: number) {
    const { baseline, candidate } = frames[frame];
    const at = (forces: Float64Array, atom: number) => [...forces.subarray(3 * atom, 3 * atom + 3)];
    return [...numbers].flatMap((one, atom) =>
      one === number ? [{ a: at(baseline, atom), b: at(candidate, atom) }] : [],
    );
  }

  it.each([
    [0, 1, 6],
    [1, 8, 3],
  ])('element %d of the list is number %d with %d atoms', (index, number, atoms) => {
    const sums = errors.elements[index];
    expect([sums.number, sums.atoms]).toEqual([number, atoms]);
    for (const frame of [0, 1]) {
      const [squared, absolute, norms, cosines, size] = [[0], [0], [0], [] as number[], [0]];
      for (const { a, b } of atomsOf(frame, number)) {
        const d = a.map((force, k) => b[k] - force);
        squared[0] += d.reduce((sum, one) => sum + one * one, 0);
        absolute[0] += d.reduce((sum, one) => sum + Math.abs(one), 0);
        size[0] += a.reduce((sum, one) => sum + one * one, 0);
        norms.push(Math.hypot(...d));
        const dot = a.reduce((sum, one, k) => sum + one * b[k], 0);
        if (Math.hypot(...a) >= 0.01 && Math.hypot(...b) >= 0.01)
          cosines.push(dot / (Math.hypot(...a) * Math.hypot(...b)));
      }
      expect(sums.squared[frame]).toBeCloseTo(squared[0], 12);
      expect(sums.absolute[frame]).toBeCloseTo(absolute[0], 12);
      expect(sums.size[frame]).toBeCloseTo(size[0], 12);
      expect(sums.largest[frame]).toBeCloseTo(Math.max(...norms), 12);
      expect(sums.counted[frame]).toBe(atoms - 1);
      expect(sums.counted[frame]).toBe(cosines.length);
      expect(sums.cosine[frame]).toBeCloseTo(
        cosines.reduce((sum, one) => sum + one, 0),
        12,
      );
      const degrees = cosines.map((cosine) => (180 / Math.PI) * Math.acos(cosine));
      expect(sums.angle[frame]).toBeCloseTo(
        degrees.reduce((sum, one) => sum + one, 0),
        9,
      );
    }
  });
});

it('names the atom that is planted as the worst', () => {
  const numbers = Int32Array.of(14, 14, 32, 14, 32);
  const errors = createForceErrors(numbers);
  for (const atom of [3, 0, 4]) {
    const baseline = draw(15);
    const candidate = baseline.map((force) => force + 0.01);
    candidate[3 * atom + 1] -= 5;
    errors.add(baseline, candidate);
  }
  expect(errors.worstAtom).toEqual([3, 0, 4]);
  for (const error of errors.worstError) expect(error).toBeCloseTo(Math.hypot(0.01, 4.99, 0.01), 9);
  expect(errors.errors[0]).toBeCloseTo(0.01 * Math.sqrt(3), 12);
});

describe('the parity draw', () => {
  it('takes everything of little', () => {
    const parity = createParityDraw(2, 6, 1);
    for (const frame of [0, 1]) parity.add(frame, Float64Array.of(0, 1, 2, 3, 4, 5), new Float64Array(6));
    expect(parity.parity.baseline).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
  });

  it('draws 2000 evenly over frames, atoms and directions, always the same', () => {
    const drawn = [1, 1, 2].map((seed) => {
      const parity = createParityDraw(40, 768, seed);
      for (let frame = 0; frame < 40; frame++) {
        const index = Float64Array.from({ length: 768 }, (_, k) => 768 * frame + k);
        parity.add(frame, index, index);
      }
      return parity.parity;
    });
    const [{ baseline, candidate }] = drawn;
    expect([baseline.length, new Set(baseline).size]).toEqual([2000, 2000]);
    expect(candidate).toEqual(baseline);
    expect(drawn[1]).toEqual(drawn[0]);
    expect(drawn[2]).not.toEqual(drawn[0]);
    for (let frame = 0; frame < 40; frame++) {
      const here = baseline.filter((index) => Math.floor(index / 768) === frame).length;
      expect(Math.abs(here - 50)).toBeLessThanOrEqual(1);
    }
    for (const direction of [0, 1, 2]) {
      expect(baseline.filter((index) => index % 3 === direction).length).toBeGreaterThan(550);
    }
  });
});
