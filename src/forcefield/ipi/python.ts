// Calculators of ASE: `ase:module:factory?key=value`, `ase:file.py`; computed by the client in native/python.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MdbenchError } from '../../errors.js';
import { packageFile } from '../../package-file.js';
import { type Address, addressText } from './address.js';

const clientFile = packageFile('native/python/mdbench_ase.py');

export interface AseName {
  /** As the client reads it. */
  readonly calculator: string;
  /** The Python file that defines it; null for a module. */
  readonly file: string | null;
}

/**
 * @param text what follows `ase:`
 * @throws MdbenchError `option-invalid`, `file-not-found`
 */
export function aseNameOf(text: string): AseName {
  const [, source, factory] = /^([^?]+?)(?::([A-Za-z_][\w.]*))?(?:\?.*)?$/s.exec(text) ?? [];
  if (source?.endsWith('.py')) {
    if (existsSync(source)) return { calculator: text, file: source };
    throw new MdbenchError(
      'file-not-found',
      `There is no file ${source}.`,
      'ase:FILE.py defines calculator().',
    );
  }
  if (source !== undefined && factory !== undefined && /^[A-Za-z_][\w.]*$/.test(source)) {
    return { calculator: text, file: null };
  }
  throw new MdbenchError(
    'option-invalid',
    `ase:${text} names no calculator.`,
    'It is ase:module:Factory?key=value&key=value, as in ase:tblite.ase:TBLite?method=GFN2-xTB, or ase:file.py, which defines calculator().',
  );
}

/** The command that computes a calculator for the driver at an address. */
export function aseCommand(
  calculator: string,
  python: string | undefined,
): { interpreter: string; argv: (address: Address) => [string, ...string[]] } {
  const interpreter = interpreterOf(python ?? process.env.MDBENCH_PYTHON ?? 'python3');
  return {
    interpreter,
    argv: (address) => [interpreter, '-B', clientFile, addressText(address), calculator],
  };
}

/**
 * An interpreter by its path or name, or by the folder of its environment.
 * @throws MdbenchError `file-not-found`
 */
function interpreterOf(python: string): string {
  if (!existsSync(python)) {
    if (!python.includes('/')) return python;
    throw new MdbenchError('file-not-found', `There is no Python at ${python}.`, 'See --python.');
  }
  if (!statSync(python).isDirectory()) return python;
  const inside = ['bin/python', 'bin/python3'].map((way) => join(python, way)).find((way) => existsSync(way));
  if (inside !== undefined) return inside;
  throw new MdbenchError(
    'file-not-found',
    `${python} is no Python environment: there is no bin/python in it.`,
    '--python takes an interpreter or the folder of an environment.',
  );
}
