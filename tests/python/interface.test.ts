// The drop-in promise: what scripts expect of an ASE calculator holds for MdbenchCalculator as for ASE's own.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment, hasAse, pastAse, python } from '../support/peers.js';

const checks = [
  'properties',
  'energy',
  'forces',
  'stress',
  'open_boundaries',
  'sizes',
  'cell_changes',
  'repeatable',
  'velocity_verlet',
  'langevin',
  'npt',
  'unknown_elements',
  'copies',
  'memory',
  'end',
];

/** @param packages of another ASE than the interpreter's own; null: there is none here */
function contract(calculator: string, title: string, packages?: string | null): void {
  describe.skipIf(!hasAse || packages === null)(`${calculator} as a calculator of ${title}`, () => {
    let said: Record<string, string | null> = {};

    beforeAll(async () => {
      const script = resolve('tests/python/interface.py');
      const { stdout } = await promisify(execFile)(python, ['-W', 'ignore', script, calculator], {
        env: environment(packages ?? undefined),
      });
      said = JSON.parse(stdout);
    }, 300_000);

    it.each(checks)('%s', (check) => {
      expect(said).toHaveProperty(check);
      expect(said[check]).toBeNull();
    });

    it('is asked nothing else', () => {
      expect(Object.keys(said)).toEqual(checks);
    });
  });
}

for (const name of ['silicon-student', 'silicon-teacher', 'lennard-jones', 'ase:ase.calculators.emt:EMT']) {
  contract(`mdbench:${name}`, 'ASE');
}
contract('ase:EMT', 'ASE');

const past = 'ASE 3.22 (MDBENCH_PAST_ASE)';
contract('mdbench:silicon-student', past, pastAse);
contract('mdbench:ase:ase.calculators.emt:EMT', past, pastAse);
contract('ase:EMT', past, pastAse);
