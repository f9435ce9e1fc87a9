// The drop-in promise: what scripts expect of an ASE calculator holds for MdbenchCalculator as for ASE's own.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment, hasAse, python } from '../support/peers.js';

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

function contract(calculator: string): void {
  describe.skipIf(!hasAse)(`${calculator} as an ASE calculator`, () => {
    let said: Record<string, string | null> = {};

    beforeAll(async () => {
      const script = resolve('tests/python/interface.py');
      const { stdout } = await promisify(execFile)(python, ['-W', 'ignore', script, calculator], {
        env: environment(),
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

contract('ase:EMT');
contract('mdbench:silicon-student');
contract('mdbench:silicon-teacher');
contract('mdbench:lennard-jones');
contract('mdbench:ase:ase.calculators.emt:EMT');
