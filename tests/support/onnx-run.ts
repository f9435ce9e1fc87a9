// Runs bytes of an ONNX file as a force field, from a folder that goes away with the test file.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import {
  createForceField,
  createForceOutput,
  type ForceField,
  type ForceOutput,
} from '../../src/forcefield/index.js';
import { bruteForcePairs, emptyPairs } from '../../src/neighbors/index.js';
import type { ForceFieldSpec } from '../../src/spec/case.js';
import { createSystem, type System } from '../../src/system/index.js';

export interface ModelFolder {
  readonly path: string;
  /** Writes a file into it and returns its path; objects become JSON. */
  write(name: string, content: Uint8Array | string | object): string;
}

/** A folder for the tests of the calling file, removed after them. */
export function modelFolder(): ModelFolder {
  const path = mkdtempSync(join(tmpdir(), 'mdbench-onnx-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const raw = content instanceof Uint8Array || typeof content === 'string';
      writeFileSync(join(path, name), raw ? content : JSON.stringify(content));
      return join(path, name);
    },
  };
}

/** The force field of the file at `path`, one call of it, and its end. */
export async function evaluateFile(
  path: string,
  system: System,
): Promise<{ output: ForceOutput; forceField: ForceField }> {
  return evaluateField({ name: path, provider: 'cpu', threads: 1 }, system);
}

/** The same under a specification of its own. */
export async function evaluateField(
  spec: ForceFieldSpec,
  system: System,
): Promise<{ output: ForceOutput; forceField: ForceField }> {
  const forceField = await createForceField(spec);
  try {
    return { output: await evaluate(forceField, system), forceField };
  } finally {
    await forceField.dispose();
  }
}

async function evaluate(forceField: ForceField, system: System): Promise<ForceOutput> {
  await forceField.prepare(system);
  const output = createForceOutput(system.numbers.length);
  await forceField.compute(system, pairsFor(forceField, system), output);
  return output;
}

export function pairsFor(forceField: ForceField, system: System) {
  if (!forceField.neighbors) return null;
  const pairs = emptyPairs();
  bruteForcePairs(system, forceField.neighbors.cutoff, forceField.neighbors.kind, pairs);
  return pairs;
}

/** A water molecule, a methane carbon and a lone hydrogen in a skewed cell smaller than twice the cutoff of the test models. */
export function skewedCell(): System {
  return createSystem({
    name: 'skewed',
    numbers: [8, 1, 1, 6, 1],
    positions: [0.1, 0.2, -0.3, 0.95, 0.4, 0.1, -0.2, 1.1, -0.1, 2.4, 2.2, 1.9, 3.5, -0.4, 2.6],
    cell: [5.1, 0, 0, 1.2, 4.7, 0, -0.6, 0.8, 6.2],
    pbc: [true, true, true],
  });
}

/** The same atoms with open boundaries. */
export function openMolecule(): System {
  return { ...skewedCell(), name: 'open', cell: new Float64Array(9), pbc: [false, false, false] };
}
