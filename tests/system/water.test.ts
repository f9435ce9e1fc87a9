import { describe, expect, it } from 'vitest';
import {
  buildSystem,
  describeSystem,
  forEachClosePair,
  listSystems,
  type System,
} from '../../src/system/index.js';

const boxes = listSystems().filter(({ name }) => /^water\d+$/.test(name));

describe.each(boxes.map(({ name }) => name))('%s', (name) => {
  const system = buildSystem(name);

  it('is at 0.997 g/cm³ to 1e-3', () => {
    expect(Math.abs(describeSystem(system).density! - 0.997)).toBeLessThan(1e-3);
  });

  it('holds whole molecules O, H, H of the gas-phase geometry', () => {
    for (let i = 0; i < system.numbers.length; i += 3) {
      expect([...system.numbers.subarray(i, i + 3)]).toEqual([8, 1, 1]);
      const [first, second] = [between(system, i, i + 1), between(system, i, i + 2)];
      expect(Math.abs(Math.hypot(...first) - 0.9572)).toBeLessThan(5e-5);
      expect(Math.abs(Math.hypot(...second) - 0.9572)).toBeLessThan(5e-5);
      const cosine = first.reduce((sum, x, d) => sum + x * second[d], 0) / 0.9572 ** 2;
      expect(Math.abs((Math.acos(cosine) * 180) / Math.PI - 104.52)).toBeLessThan(0.02);
    }
  });

  it('has no overlaps between molecules', () => {
    const least = {
      OO: Number.POSITIVE_INFINITY,
      OH: Number.POSITIVE_INFINITY,
      HH: Number.POSITIVE_INFINITY,
    };
    forEachClosePair(system, 3.5, (i, j, distance) => {
      if (Math.floor(i / 3) === Math.floor(j / 3)) return;
      const kind = (['HH', 'OH', 'OO'] as const)[[i, j].filter((k) => system.numbers[k] === 8).length];
      least[kind] = Math.min(least[kind], distance);
    });
    expect(least.OO).toBeGreaterThan(2.4);
    expect(least.OH).toBeGreaterThan(1.5);
    expect(least.HH).toBeGreaterThan(1.5);
  });

  it('is a liquid: first shell of the O–O distribution at 2.8 Å, between 4 and 6 neighbors, 3 to 4 hydrogen bonds', () => {
    const molecules = system.numbers.length / 3;
    const shells = new Float64Array(60);
    let bonds = 0;
    forEachClosePair(system, 6, (i, j, distance) => {
      const oxygens = Number(system.numbers[i] === 8) + Number(system.numbers[j] === 8);
      if (oxygens === 2) shells[Math.floor(distance * 10)] += 2 / molecules;
      if (oxygens === 1 && distance < 2.45 && Math.floor(i / 3) !== Math.floor(j / 3)) bonds += 2 / molecules;
    });
    const radial = shells.map((count, k) => count / (k * (k + 1) + 1 / 3));
    const peak = radial.indexOf(Math.max(...radial));
    expect(peak).toBeGreaterThanOrEqual(26);
    expect(peak).toBeLessThanOrEqual(28);
    const coordination = shells.subarray(0, 34).reduce((sum, count) => sum + count, 0);
    expect(coordination).toBeGreaterThan(4);
    expect(coordination).toBeLessThan(6);
    expect(bonds).toBeGreaterThan(3);
    expect(bonds).toBeLessThan(4);
  });

  it('is oriented at random: the mean dipole direction of n molecules is of the order of 1/√n', () => {
    const molecules = system.numbers.length / 3;
    const sum = [0, 0, 0];
    for (let i = 0; i < system.numbers.length; i += 3) {
      const dipole = between(system, i, i + 1).map((x, d) => x + between(system, i, i + 2)[d]);
      for (let d = 0; d < 3; d++) sum[d] += dipole[d] / Math.hypot(...dipole) / molecules;
    }
    expect(Math.hypot(...sum)).toBeLessThan(4 / Math.sqrt(molecules));
  });
});

function between({ positions }: System, i: number, j: number): number[] {
  return [0, 1, 2].map((d) => positions[3 * j + d] - positions[3 * i + d]);
}
