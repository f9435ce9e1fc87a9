import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { readExtxyz } from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';

const box = 'Lattice="4 0 0 0 4 0 0 0 4"';
const columns = 'Properties=species:S:1:pos:R:3';

describe('a malformed structure names file, line and what was expected', () => {
  it.each([
    ['an empty file', '', 1, 'the file is empty; the number of atoms was expected.'],
    ['blank lines alone', '\n  \n\n', 1, 'the file is empty; the number of atoms was expected.'],
    ['a count that is no number', 'Si\n\nSi 0 0 0\n', 1, 'the number of atoms was expected, received "Si".'],
    ['a count of 0', '0\n\n', 1, 'the number of atoms was expected, received "0".'],
    ['a negative count', '-2\n\n', 1, 'the number of atoms was expected, received "-2".'],
    [
      'a count that is no whole number',
      '1.5\n\nAr 0 0 0',
      1,
      'the number of atoms was expected, received "1.5".',
    ],
    ['a count alone', '3\n', 1, 'line 1 announced 3 atoms, but the file ends after 0.'],
    [
      'fewer lines than announced',
      '3\n\nAr 0 0 0\nAr 4 0 0\n',
      4,
      'line 1 announced 3 atoms, but the file ends after 2.',
    ],
    [
      'more lines than announced',
      '1\n\nAr 0 0 0\nAr 4 0 0\n',
      4,
      'the number of atoms was expected, received "Ar 4 0 0".',
    ],
    [
      'a second frame cut off',
      '1\n\nAr 0 0 0\n2\n\nAr 0 0 0\n',
      6,
      'line 4 announced 2 atoms, but the file ends after 1.',
    ],
    [
      'too few columns',
      '1\n\nAr 0 0\n',
      3,
      '3 columns where at least 4 (element, x, y, z) were expected: "Ar 0 0".',
    ],
    [
      'an empty atom line',
      '2\n\nAr 0 0 0\n\nAr 1 1 1\n',
      4,
      '0 columns where at least 4 (element, x, y, z) were expected: "".',
    ],
    [
      'fewer columns than Properties',
      `1\n${columns}:forces:R:3\nAr 0 0 0 1 2\n`,
      3,
      '6 columns where 7 as Properties says were expected: "Ar 0 0 0 1 2".',
    ],
    [
      'more columns than Properties',
      `1\n${columns}\nAr 0 0 0 1\n`,
      3,
      '5 columns where 4 as Properties says were expected: "Ar 0 0 0 1".',
    ],
    [
      'a coordinate that is no number',
      '1\n\nAr 0 zero 0\n',
      3,
      'a coordinate in Å was expected, received "zero".',
    ],
    ['a Fortran exponent', '1\n\nAr 0 1.0D+00 0\n', 3, 'a coordinate in Å was expected, received "1.0D+00".'],
    ['NaN', '2\n\nAr 0 0 0\nAr 0 0 NaN\n', 4, 'a coordinate in Å was expected, received "NaN".'],
    ['infinity', '1\n\nAr inf 0 0\n', 3, 'a coordinate in Å was expected, received "inf".'],
    ['a number too large', '1\n\nAr 1e999 0 0\n', 3, 'a coordinate in Å was expected, received "1e999".'],
    ['an unknown symbol', '1\n\nXx 0 0 0\n', 3, '"Xx" is not a chemical element.'],
    ['the dummy atom of ASE', '1\n\nX 0 0 0\n', 3, '"X" is not a chemical element.'],
    ['atomic number 0', '1\n\n0 0 0 0\n', 3, '"0" is not a chemical element.'],
    ['atomic number 119', '1\nProperties=Z:I:1:pos:R:3\n119 0 0 0\n', 3, '"119" is not a chemical element.'],
    [
      'a symbol in the column of numbers',
      '1\nProperties=Z:I:1:pos:R:3\nSi 0 0 0\n',
      3,
      '"Si" is not a chemical element.',
    ],
    [
      'species against number',
      '1\nProperties=species:S:1:Z:I:1:pos:R:3\nSi 18 0 0 0\n',
      3,
      'species Si and atomic number 18 contradict each other.',
    ],
    [
      'a velocity that is no number',
      `1\n${columns}:vel:R:3\nAr 0 0 0 1 - 1\n`,
      3,
      'a number in column vel was expected, received "-".',
    ],
    ['a mass of 0', `1\n${columns}:masses:R:1\nAr 0 0 0 0\n`, 3, 'a mass above 0 was expected, received 0.'],
    [
      '8 numbers of Lattice',
      '1\nLattice="4 0 0 0 4 0 0 0"\nAr 0 0 0\n',
      2,
      'Lattice must hold 9 finite numbers, received "4 0 0 0 4 0 0 0".',
    ],
    [
      'a Lattice without its quotes',
      '1\nLattice=4 0 0 0 4 0 0 0 4\nAr 0 0 0\n',
      2,
      'Lattice must hold 9 finite numbers, received "4".',
    ],
    [
      'a Lattice that is no number',
      '1\nLattice="a 0 0 0 4 0 0 0 4"\nAr 0 0 0\n',
      2,
      'Lattice must hold 9 finite numbers, received "a 0 0 0 4 0 0 0 4".',
    ],
    [
      'a flat Lattice',
      '1\nLattice="4 0 0 4 0 0 0 0 4"\nAr 0 0 0\n',
      2,
      'Lattice "4 0 0 4 0 0 0 0 4" spans no volume along its periodic directions.',
    ],
    [
      'a zero row that is periodic',
      '1\nLattice="4 0 0 0 4 0 0 0 0" pbc="T T T"\nAr 0 0 0\n',
      2,
      'Lattice "4 0 0 0 4 0 0 0 0" spans no volume along its periodic directions.',
    ],
    [
      'parallel periodic rows beside an open one',
      '1\nLattice="4 0 0 8 0 0 0 0 4" pbc="T T F"\nAr 0 0 0\n',
      2,
      'Lattice "4 0 0 8 0 0 0 0 4" spans no volume along its periodic directions.',
    ],
    [
      'periodic without a Lattice',
      '1\npbc="T T T"\nAr 0 0 0\n',
      2,
      'pbc has a periodic direction, but there is no Lattice.',
    ],
    [
      'two flags of pbc',
      `1\n${box} pbc="T T"\nAr 0 0 0\n`,
      2,
      'pbc must be three of T or F, received "T T".',
    ],
    [
      'words in pbc',
      `1\n${box} pbc="yes no constructor"\nAr 0 0 0\n`,
      2,
      'pbc must be three of T or F, received "yes no constructor".',
    ],
    [
      'an unfinished Properties',
      '1\nProperties=species:S:1:pos:R\nAr 0 0 0\n',
      2,
      'Properties must be name:type:columns with the types R, I, S or L, received "species:S:1:pos:R".',
    ],
    [
      'an unknown type in Properties',
      '1\nProperties=species:S:1:pos:Q:3\nAr 0 0 0\n',
      2,
      'Properties must be name:type:columns with the types R, I, S or L, received "species:S:1:pos:Q:3".',
    ],
    [
      'Properties without positions',
      '1\nProperties=species:S:1:forces:R:3\nAr 0 0 0\n',
      2,
      'Properties has no pos:R:3.',
    ],
    [
      'Properties without elements',
      '1\nProperties=pos:R:3\n0 0 0\n',
      2,
      'Properties has no species:S:1 nor Z:I:1.',
    ],
    [
      'positions of two columns',
      '1\nProperties=species:S:1:pos:R:2\nAr 0 0\n',
      2,
      'column pos must be pos:R:3, received pos:R:2.',
    ],
    [
      'momenta of one column',
      `1\n${columns}:momenta:R:1\nAr 0 0 0 1\n`,
      2,
      'column momenta must be momenta:R:3, received momenta:R:1.',
    ],
  ])('%s', (_what, text, line, message) => {
    const error = thrownBy(() => readExtxyz(text, 'argon', 'folder/argon.extxyz'));
    expect(error.code).toBe('structure-invalid');
    expect(error.message).toBe(`folder/argon.extxyz, line ${line}: ${message}`);
  });

  it('2000 damaged texts are either read as finite systems or refused with file and line', () => {
    const sound = `2\n${box} ${columns}:momenta:R:3 pbc="T T F" note="x y"\nAr 0 0.5 1e-3 1 2 3\nSi 2 2 2 -1 0 1\n`;
    const random = createRandom(11);
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 2000; round++) {
      const at = random.integer(sound.length);
      const drop = random.integer(3);
      const put = ['', '"', '\n', ' ', '=', '-', '9', 'e', 'NaN', '\u0000', ':', 'T'][random.integer(12)];
      const text = sound.slice(0, at) + put + sound.slice(at + drop);
      try {
        for (const { positions, velocities, cell, masses } of readExtxyz(text, 'damaged')) {
          for (const values of [positions, velocities, cell, masses])
            expect(values.every(Number.isFinite)).toBe(true);
        }
        outcomes.read++;
      } catch (error) {
        expect(error, JSON.stringify(text)).toMatchObject({ code: 'structure-invalid' });
        expect((error as Error).message).toMatch(/^damaged, line \d+: /);
        outcomes.refused++;
      }
    }
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(300);
  });

  it('does not repeat a long line whole', () => {
    const error = thrownBy(() => readExtxyz(`${'x'.repeat(1e6)}\n`, 'long'));
    expect(error.message.length).toBeLessThan(150);
  });
});
