import { describe, expect, it } from 'vitest';
import { buildSystem, covalentRadius, forEachClosePair, symbolOf } from '../../src/system/index.js';

describe('molecules', () => {
  it.each([
    ['water', { 'H-O': 2 }],
    ['methane', { 'C-H': 4 }],
    ['ethanol', { 'C-C': 1, 'C-H': 5, 'C-O': 1, 'H-O': 1 }],
    ['benzene', { 'C-C': 6, 'C-H': 6 }],
    ['aspirin', { 'C-C': 8, 'C-H': 7, 'C-O': 5, 'H-O': 1 }],
  ])('%s has its bonds', (name, bonds) => {
    expect(countBonds(name)).toEqual(bonds);
  });

  it('have bond lengths of experiment: water 0.958, benzene C–C 1.397, methane C–H 1.087 Å to 0.015', () => {
    expect(Math.abs(distance('water', 0, 1) - 0.958)).toBeLessThan(0.015);
    expect(Math.abs(distance('benzene', 0, 1) - 1.397)).toBeLessThan(0.015);
    expect(Math.abs(distance('methane', 0, 1) - 1.087)).toBeLessThan(0.015);
  });

  it('are centered on their centers of mass', () => {
    for (const name of ['water', 'methane', 'ethanol', 'benzene', 'aspirin']) {
      const { masses, positions } = buildSystem(name);
      for (let d = 0; d < 3; d++) {
        const moment = masses.reduce((sum, mass, i) => sum + mass * positions[3 * i + d], 0);
        expect(Math.abs(moment)).toBeLessThan(1e-5);
      }
    }
  });
});

function countBonds(name: string): Record<string, number> {
  const { numbers } = buildSystem(name);
  const bonds: Record<string, number> = {};
  forEachClosePair(buildSystem(name), 2, (i, j, apart) => {
    if (apart > 1.2 * (covalentRadius(numbers[i]) + covalentRadius(numbers[j]))) return;
    const bond = [symbolOf(numbers[i]), symbolOf(numbers[j])].sort().join('-');
    bonds[bond] = (bonds[bond] ?? 0) + 1;
  });
  return bonds;
}

function distance(name: string, i: number, j: number): number {
  const { positions } = buildSystem(name);
  return Math.hypot(...[0, 1, 2].map((d) => positions[3 * j + d] - positions[3 * i + d]));
}
