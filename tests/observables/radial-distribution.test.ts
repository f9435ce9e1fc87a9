// Radial distributions against brute force in numpy and ASE's get_rdf (make-observables.py), and against what is known
// of crystals and of the ideal gas.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRadialDistribution } from '../../src/observables/index.js';
import { createRandom } from '../../src/random.js';
import { createSystem, cubicCrystal, type Periodicity, type System } from '../../src/system/index.js';

const { radial } = JSON.parse(readFileSync(new URL('../golden/observables.json', import.meta.url), 'utf8'));

function goldenFrames(pbc: Periodicity): System[] {
  const { numbers, cell } = radial;
  return radial.frames.map((positions: number[]) =>
    createSystem({ name: 'golden', numbers, positions, cell, pbc }),
  );
}

function curvesOf(frames: readonly System[], range: { cutoff: number; width: number }) {
  const distribution = createRadialDistribution(frames[0], range);
  for (const frame of frames) distribution.add(frame);
  return new Map(distribution.curves().map(({ pair, curve }) => [pair, curve]));
}

function expectSame(actual: readonly number[] | undefined, expected: readonly number[]) {
  expect(actual?.length).toBe(expected.length);
  for (const [k, value] of expected.entries()) expect(actual?.[k]).toBeCloseTo(value, 10);
}

describe('against brute force over all images', () => {
  const { cutoff, width } = radial;
  const range = { cutoff, width };

  it.each(Object.keys(radial.periodic))('%s in a triclinic cell, beyond half of it', (pair) => {
    const curve = curvesOf(goldenFrames([true, true, true]), range).get(pair);
    expectSame(curve?.whole, radial.periodic[pair]);
    expectSame(curve?.halves[0], radial.firstHalf[pair]);
    const mean = curve?.whole.map((_, k) => (curve.halves[0][k] + curve.halves[1][k]) / 2);
    expectSame(mean, radial.periodic[pair]);
  });

  it.each(Object.keys(radial.open))('%s with open boundaries: distances, unit area', (pair) => {
    expectSame(curvesOf(goldenFrames([true, true, false]), range).get(pair)?.whole, radial.slab[pair]);
    expectSame(curvesOf(goldenFrames([false, false, false]), range).get(pair)?.whole, radial.open[pair]);
  });

  it('has each pair of elements once', () => {
    const pairs = [...curvesOf(goldenFrames([true, true, true]), range).keys()];
    expect(pairs.toSorted()).toEqual(Object.keys(radial.periodic).toSorted());
  });
});

it.each(Object.keys(radial.ase.pairs))('%s as ASE has it', (pair) => {
  const { cutoff, width, pairs } = radial.ase;
  expectSame(curvesOf(goldenFrames([true, true, true]), { cutoff, width }).get(pair)?.whole, pairs[pair]);
});

/** Neighbors by distance: the integral 4πρ ∫ g r² dr over the shell, by whole bins. */
function neighborsBetween(g: readonly number[], width: number, density: number, low: number, high: number) {
  let sum = 0;
  for (let bin = Math.floor(low / width); bin < Math.floor(high / width); bin++) {
    sum += g[bin] * ((4 * Math.PI) / 3) * width ** 3 * ((bin + 1) ** 3 - bin ** 3);
  }
  return sum * density;
}

describe('crystals', () => {
  const width = 0.05;

  it('silicon has 4, 12, 12, 6, 12, 24 neighbors at the distances of diamond, even from one cell', () => {
    const constant = 5.431;
    const shells = [
      [Math.sqrt(3) / 4, 4],
      [Math.SQRT1_2, 12],
      [Math.sqrt(11) / 4, 12],
      [1, 6],
      [Math.sqrt(19) / 4, 12],
      [Math.sqrt(6) / 2, 24],
    ];
    for (const repeats of [1, 2]) {
      const crystal = cubicCrystal('silicon', 'diamond', 14, constant, repeats);
      const curve = curvesOf([crystal], { cutoff: 7, width }).get('Si-Si');
      const nonzero = curve?.whole.flatMap((g, bin) => (g > 0 ? [bin] : [])) ?? [];
      const expected = shells.map(([distance]) => Math.floor((distance * constant) / width));
      expect(nonzero.filter((bin) => bin * width < 6.7)).toEqual(expected);
      for (const [distance, neighbors] of shells) {
        const [low, high] = [distance * constant - 0.1, distance * constant + 0.1];
        expect(neighborsBetween(curve?.whole ?? [], width, 8 / constant ** 3, low, high)).toBeCloseTo(
          neighbors,
          9,
        );
      }
    }
  });

  it('face-centered argon has 12, 6 and 24', () => {
    const crystal = cubicCrystal('argon', 'fcc', 18, 5.26, 2);
    const whole = curvesOf([crystal], { cutoff: 7, width }).get('Ar-Ar')?.whole ?? [];
    for (const [distance, neighbors] of [
      [Math.SQRT1_2, 12],
      [1, 6],
      [Math.sqrt(1.5), 24],
    ]) {
      const [low, high] = [distance * 5.26 - 0.1, distance * 5.26 + 0.1];
      expect(neighborsBetween(whole, width, 4 / 5.26 ** 3, low, high)).toBeCloseTo(neighbors, 9);
    }
  });
});

/** Lattice vectors of a cell with a length between `low` and `high`: where an atom meets itself. */
function latticeVectors(cell: readonly number[], low: number, high: number): number {
  const range = [-3, -2, -1, 0, 1, 2, 3];
  const lengths = range.flatMap((a) =>
    range.flatMap((b) =>
      range.map((c) => Math.hypot(...[0, 1, 2].map((d) => a * cell[d] + b * cell[3 + d] + c * cell[6 + d]))),
    ),
  );
  return lengths.filter((length) => length >= low && length < high && length > 0).length;
}

it('is 1 for an ideal gas up to well beyond the cell; like atoms miss themselves and meet their images', () => {
  const random = createRandom(7);
  const cell = [6, 0, 0, 2, 7, 0, -1, 2, 8];
  const volume = 6 * 7 * 8;
  const numbers = Array.from({ length: 60 }, (_, k) => (k < 24 ? 1 : 8));
  const frames = Array.from({ length: 300 }, () => {
    const positions = numbers.flatMap(() => {
      const [a, b, c] = [random.uniform(), random.uniform(), random.uniform()];
      return [0, 1, 2].map((d) => a * cell[d] + b * cell[3 + d] + c * cell[6 + d]);
    });
    return createSystem({ name: 'gas', numbers, positions, cell, pbc: [true, true, true] });
  });
  const like: Record<string, number> = { 'H-H': 24, 'O-O': 36 };
  for (const [pair, { whole }] of curvesOf(frames, { cutoff: 10, width: 0.5 })) {
    for (const [bin, g] of whole.entries()) {
      const [low, high] = [0.5 * bin, 0.5 * (bin + 1)];
      const shell = ((4 * Math.PI) / 3) * (high ** 3 - low ** 3);
      const images = (latticeVectors(cell, low, high) * volume) / shell;
      const expected = like[pair] ? 1 + (images - 1) / like[pair] : 1;
      if (low >= 2) expect(Math.abs(g - expected)).toBeLessThan(0.05);
    }
  }
});

it('a molecule has no pair of a single atom with itself', () => {
  const water = createSystem({
    name: 'water',
    numbers: [8, 1, 1],
    positions: [0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0],
  });
  const curves = curvesOf([water], { cutoff: 10, width: 0.05 });
  expect([...curves.keys()]).toEqual(['H-H', 'H-O']);
  for (const { whole } of curves.values())
    expect(whole.reduce((sum, p) => sum + 0.05 * p, 0)).toBeCloseTo(1, 12);
});
