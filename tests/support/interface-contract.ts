// The drop-in promise as tests: what scripts expect of an ASE calculator, asked of one by tests/python/interface.py.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment, hasAse, python } from './peers.js';

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
export function holdsContract(calculator: string, title: string, packages?: string | null): void {
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
