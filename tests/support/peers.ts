// The other ends of the i-PI protocol that tests talk to, where they are installed: Python with ASE, LAMMPS, i-PI, tblite.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Python with ASE. */
export const python = resolve(process.env.MDBENCH_PYTHON ?? '.venv/bin/python');

/** Libraries that wheels put beside the interpreter's own, as mpich's does. */
const libraries = resolve(dirname(python), '../lib');
export const peerEnvironment = {
  MDBENCH_PYTHON: python,
  LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, libraries].filter(Boolean).join(':'),
};

/** Whether `import` of it works there. */
export function hasModule(...names: string[]): boolean {
  return existsSync(python) && runs(python, ['-c', names.map((name) => `import ${name}`).join('\n')]);
}

export const hasAse = hasModule('ase', 'numpy');

/** A folder of packages with the oldest ASE that mdbench_ase.py works with, and a NumPy that it works with itself. */
export const pastAse: string | null =
  [process.env.MDBENCH_PAST_ASE, resolve('.venv/ase-3.22')].find(
    (folder) => folder && runs(python, ['-c', 'import ase.build'], environment(folder)),
  ) ?? null;

/** LAMMPS with fix ipi: of the environment, else of the system; null where there is none. */
export const lammps: string | null =
  [resolve(dirname(python), 'lmp'), 'lmp'].find((program) => {
    const { stdout } = spawnSync(program, ['-h'], { encoding: 'utf8', env: environment() });
    return /^.*\bipi\b/m.test(stdout ?? '');
  }) ?? null;

/** i-PI's driver program. */
export const ipi: string | null = [resolve(dirname(python), 'i-pi')].find((file) => existsSync(file)) ?? null;

/** @param packages a folder of Python packages that go before those of the interpreter */
export function environment(packages?: string): NodeJS.ProcessEnv {
  return { ...process.env, ...peerEnvironment, ...(packages && { PYTHONPATH: packages }) };
}

/** What a script says as JSON on its last line. */
export function askPython<T>(script: string, ...args: string[]): T {
  const text = execFileSync(python, ['-c', script, ...args], { encoding: 'utf8', env: environment() });
  return JSON.parse(text.trim().split('\n').at(-1) as string);
}

function runs(program: string, args: readonly string[], env = environment()): boolean {
  return spawnSync(program, args, { stdio: 'ignore', env }).status === 0;
}
