import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildSystem, checkSystem, describeSystem, listSystems } from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';

describe('catalogue', () => {
  it.each(listSystems().map((entry) => entry.name))('%s is what its line says, at rest and sound', (name) => {
    const entry = listSystems().find((one) => one.name === name)!;
    const system = buildSystem(name);
    expect(system.name).toBe(name);
    expect(system.pbc).toEqual(entry.pbc);
    expect(describeSystem(system)).toMatchObject({ atoms: entry.atoms, formula: entry.formula });
    expect(system.velocities.every((component) => component === 0)).toBe(true);
    expect([system.masses.length, system.positions.length]).toEqual([entry.atoms, 3 * entry.atoms]);
    expect(checkSystem(system, { elements: null, cutoff: null })).toEqual([]);
  });

  it('says the number of atoms in each name with a number', () => {
    for (const { name, atoms } of listSystems()) {
      const number = /\d+$/.exec(name);
      if (number) expect(Number(number[0])).toBe(atoms);
    }
    const names = listSystems().map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('holds the systems that were promised', () => {
    const names = listSystems().map((entry) => entry.name);
    const promised = 'si8 si64 si216 si512 si1000 ar108 ar256 ar500 ar864 ar4000 water192 water648 water1536';
    expect(names).toEqual(
      expect.arrayContaining([...promised.split(' '), 'water', 'ethanol', 'benzene', 'aspirin']),
    );
  });

  it.each([8, 64, 216, 512, 1000])('si%i is diamond with a = 5.431 Å', (atoms) => {
    const system = buildSystem(`si${atoms}`);
    const { density, shortestDistance } = describeSystem(system);
    expect(shortestDistance).toBeCloseTo((5.431 * Math.sqrt(3)) / 4, 12);
    expect(density).toBeCloseTo(2.329, 3);
    expect(system.cell[0]).toBeCloseTo(5.431 * Math.cbrt(atoms / 8), 12);
    expect(neighborCounts(system.positions, system.cell[0], 2.36)).toEqual(new Set([4]));
  });

  it.each([108, 256, 500, 864, 4000])('ar%i is fcc at 1.374 g/cm³', (atoms) => {
    const system = buildSystem(`ar${atoms}`);
    const { density, shortestDistance } = describeSystem(system);
    expect(density).toBeCloseTo(1.374, 10);
    expect(shortestDistance).toBeCloseTo(system.cell[0] / Math.cbrt(atoms / 4) / Math.SQRT2, 10);
    if (atoms <= 864) expect(neighborCounts(system.positions, system.cell[0], 4.2)).toEqual(new Set([12]));
  });

  it('lists every shipped structure, and each names its source', () => {
    const folder = new URL('../../benchmarks/structures/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.extxyz'));
    const names = listSystems().map((entry) => `${entry.name}.extxyz`);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(names).toContain(file);
      expect(readFileSync(new URL(file, folder), 'utf8').split('\n')[1]).toMatch(/source="[^"]{10,}"/);
    }
  });

  it('builds a fresh system each time', () => {
    buildSystem('si8').positions.fill(7);
    buildSystem('water').positions.fill(7);
    expect(buildSystem('si8').positions[0]).toBe(0);
    expect(buildSystem('water').positions[0]).not.toBe(7);
  });
});

describe('a name that is not in the catalogue', () => {
  it.each([
    ['si100', 'There is no system "si100"; the nearest: si64, si216.'],
    ['si4', 'There is no system "si4"; the nearest: si8.'],
    ['ar9999', 'There is no system "ar9999"; the nearest: ar4000.'],
    ['water500', 'There is no system "water500"; the nearest: water192, water648.'],
    ['argon108', 'There is no system "argon108"; the nearest: ar108.'],
    ['silicon-100', 'There is no system "silicon-100"; the nearest: si64, si216.'],
    ['Si64', 'There is no system "Si64"; the nearest: si64.'],
    ['asprin', 'No system is called "asprin"; the nearest: aspirin.'],
    ['sl64', 'No system is called "sl64"; the nearest: si64.'],
    ['unobtainium', 'No system is called "unobtainium".'],
    ['', 'No system is called "".'],
  ])('%s', (name, message) => {
    const error = thrownBy(() => buildSystem(name));
    expect([error.code, error.message]).toEqual(['unknown-system', message]);
    expect(error.hint).toMatch(/There are .*si|ar|water/);
  });

  it('that is a file points to --structure', () => {
    const error = thrownBy(() => buildSystem('quartz.extxyz'));
    expect(error.code).toBe('unknown-system');
    expect(error.hint).toContain('--structure quartz.extxyz');
  });
});

/** The different numbers of neighbors that atoms have within a cutoff, by all pairs and nearest images in a cube. */
function neighborCounts(positions: Float64Array, edge: number, cutoff: number): Set<number> {
  const counts = new Set<number>();
  for (let i = 0; i < positions.length; i += 3) {
    let count = 0;
    for (let j = 0; j < positions.length; j += 3) {
      let square = 0;
      for (let d = 0; d < 3; d++) {
        const apart = positions[j + d] - positions[i + d];
        square += (apart - edge * Math.round(apart / edge)) ** 2;
      }
      if (i !== j && square < cutoff * cutoff) count++;
    }
    counts.add(count);
  }
  return counts;
}
