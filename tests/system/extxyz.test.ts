import { describe, expect, it } from 'vitest';
import {
  buildSystem,
  createSystem,
  drawVelocities,
  kineticEnergy,
  readExtxyz,
  type System,
  writeExtxyz,
} from '../../src/system/index.js';
import { type GoldenSystem, goldenCases } from '../support/golden-system.js';

interface GoldenText {
  readonly name: string;
  readonly text: string;
  readonly frames: readonly GoldenSystem[];
}

describe('reading what ASE reads', () => {
  it.each(goldenCases<GoldenText>('system-extxyz.json').map((one) => [one.name, one] as const))(
    '%s',
    (name, golden) => {
      const systems = readExtxyz(golden.text, name);
      expect(systems.length).toBe(golden.frames.length);
      for (const [k, frame] of golden.frames.entries()) {
        const system = systems[k];
        expect([...system.numbers]).toEqual(frame.numbers);
        expect([...system.masses]).toEqual(frame.masses);
        expect([...system.positions]).toEqual(frame.positions);
        expect([...system.cell]).toEqual(frame.cell);
        expect(system.pbc).toEqual(frame.pbc);
        expectNear(system.velocities, frame.velocities, 1e-8);
        expectNear([kineticEnergy(system)], [frame.kineticEnergy], 1e-12);
      }
    },
  );

  it('reads Windows line ends, a byte order mark, blank lines between frames, no line end at the end', () => {
    const text = '\uFEFF1\r\nfirst\r\nAr 1 2 3\r\n\r\n1\r\nsecond\r\nNe 4 5 6';
    const systems = readExtxyz(text, 'mixed');
    expect(systems.map((system) => [...system.numbers, ...system.positions])).toEqual([
      [18, 1, 2, 3],
      [10, 4, 5, 6],
    ]);
  });

  it('takes atomic numbers for symbols and further columns in plain XYZ', () => {
    const [system] = readExtxyz('2\n\n14 0 0 0 0.1 0.2 0.3\nSI 1 0 0 0.1 0.2 0.3\n', 'plain');
    expect([...system.numbers]).toEqual([14, 14]);
    expect(system.pbc).toEqual([false, false, false]);
  });

  it.each([
    ['vel', 1],
    ['velo', 1],
    ['velocities', Math.sqrt(9.648533215665e-3)],
    ['momenta', Math.sqrt(9.648533215665e-3) / 39.948],
  ])('reads %s in its unit', (column, unit) => {
    const [system] = readExtxyz(
      `1\nProperties=species:S:1:pos:R:3:${column}:R:3\nAr 0 0 0 1 -2 3\n`,
      'moving',
    );
    expectNear(system.velocities, [unit, -2 * unit, 3 * unit], 1e-15);
  });

  it('is not misled by a comment that is no header', () => {
    const [system] = readExtxyz(
      '1\nE = -3.2 (see Lattice below) a=b=c "quoted pbc=TTT" constructor\nAr 0 0 0\n',
      'odd',
    );
    expect([system.pbc, [...system.cell]]).toEqual([[false, false, false], Array(9).fill(0)]);
  });
});

describe('writing', () => {
  const slab = createSystem({
    name: 'slab',
    numbers: [14, 8, 118],
    masses: [28.085, 17.999, 294.214],
    positions: [1 / 3, -1e-9, 1e21, 0.1, 0.2, 0.30000000000000004, -5, 6, 7],
    velocities: [1e-3, -2e-4, 0, 3e-5, 0, 0, 0, 0, 1e-7],
    cell: [5, 0.1, 0, -1 / 7, 6, 0, 0, 0, 0],
    pbc: [true, true, false],
  });

  it('is read back: positions, cell and masses bit for bit, velocities to rounding', () => {
    const [back] = readExtxyz(writeExtxyz(slab), 'slab');
    const { velocities, ...rest } = back;
    const { velocities: expected, ...others } = slab;
    expect(rest).toEqual(others);
    expectNear(velocities, expected, 4e-16);
  });

  it('leaves out momenta at rest, standard masses and an empty cell', () => {
    const text = writeExtxyz(buildSystem('water'));
    expect(text.split('\n')[1]).toBe('Properties=species:S:1:pos:R:3 pbc="F F F"');
  });

  it('writes energy, forces, stress and further pairs, quoted where they need it', () => {
    const forces = Float64Array.from({ length: 9 }, (_, k) => k / 8);
    const info = { step: 10, note: 'a "b" \\ c = d', done: true, plain: 'word' };
    const lines = writeExtxyz(slab, {
      energy: -1.5,
      forces,
      stress: [1, 2, 3, 2, 4, 5, 3, 5, 6],
      info,
    }).split('\n');
    expect(lines[1]).toContain(':forces:R:3 energy=-1.5 stress="1 2 3 2 4 5 3 5 6" step=10');
    expect(lines[1]).toContain('note="a \\"b\\" \\\\ c = d" done=T plain=word');
    expect(lines[3].endsWith(' 0.375 0.5 0.625')).toBe(true);
    expect(readExtxyz(lines.join('\n'), 'slab')[0].pbc).toEqual([true, true, false]);
  });

  it('of frames one after the other is a trajectory', () => {
    const argon = buildSystem('ar108');
    let text = '';
    const frames: System[] = [];
    for (let seed = 0; seed < 3; seed++) {
      drawVelocities(argon, 94, seed);
      text += writeExtxyz(argon);
      frames.push({ ...argon, velocities: argon.velocities.slice() });
    }
    const back = readExtxyz(text, 'ar108');
    expect(back.length).toBe(3);
    for (const [k, frame] of frames.entries()) expectNear(back[k].velocities, frame.velocities, 4e-16);
  });
});

function expectNear(values: ArrayLike<number>, expected: ArrayLike<number>, relative: number): void {
  expect(values.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) {
    expect(Math.abs(values[k] - expected[k])).toBeLessThanOrEqual(relative * Math.abs(expected[k]));
  }
}
