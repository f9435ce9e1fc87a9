// The other direction: ASE reads what we write. Needs a Python with ASE: MDBENCH_PYTHON, or python3.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  buildSystem,
  createSystem,
  drawVelocities,
  kineticEnergy,
  writeExtxyz,
} from '../../src/system/index.js';

const python = process.env.MDBENCH_PYTHON ?? 'python3';
const hasAse = spawnSync(python, ['-c', 'import ase']).status === 0;

const reading = `
import json, sys
import numpy as np
from ase.io import read
frames = []
for atoms in read(sys.argv[1], ":", format="extxyz"):
    frames.append(dict(
        numbers=atoms.numbers.tolist(), masses=atoms.get_masses().tolist(), positions=atoms.positions.ravel().tolist(),
        cell=np.asarray(atoms.cell).ravel().tolist(), pbc=atoms.pbc.tolist(), kineticEnergy=atoms.get_kinetic_energy(),
        energy=atoms.get_potential_energy(), forces=atoms.get_forces().ravel().tolist(),
        stress=atoms.get_stress(voigt=False).ravel().tolist(), info={k: v for k, v in atoms.info.items()},
    ))
json.dump(frames, sys.stdout, default=lambda value: value.item())
`;

describe.skipIf(!hasAse)('ASE reads what we write (needs a Python with ASE: MDBENCH_PYTHON)', () => {
  const triclinic = createSystem({
    name: 'triclinic',
    numbers: [31, 33, 92],
    masses: [69.723, 75.5, 238.05],
    positions: [1 / 3, -1e-9, 2e7, 0.1, 0.2, 0.3, -5, 6, 7],
    cell: [5, 0.1, 0.7, -1 / 7, 6, 1e-5, 0.2, 0.3, 7],
    pbc: [true, false, true],
  });
  const systems = [triclinic, buildSystem('si64'), buildSystem('ethanol')];
  const extras = systems.map((system, k) => ({
    energy: -1 / (k + 3),
    forces: system.positions.map((x) => Math.sin(x)),
    stress: [1, 2, 3, 2, 5, 6, 3, 6, 9].map((x) => x / 700),
    info: { step: k, note: 'a "b" = {c} \\ d', done: k > 0 },
  }));
  for (const [k, system] of systems.entries()) drawVelocities(system, 300, k);
  const frames = readByAse(systems.map((system, k) => writeExtxyz(system, extras[k])).join(''));

  it.each(systems.map((system, k) => [system.name, k] as const))('%s', (_name, k) => {
    const [system, frame] = [systems[k], frames[k]];
    for (const key of ['numbers', 'masses', 'positions', 'cell', 'pbc'] as const) {
      expect(frame[key]).toEqual([...system[key]]);
    }
    expect(Math.abs((frame.kineticEnergy as number) / kineticEnergy(system) - 1)).toBeLessThan(1e-12);
    expect(frame.energy).toBe(extras[k].energy);
    expect(frame.forces).toEqual([...extras[k].forces]);
    expect(frame.stress).toEqual(extras[k].stress);
    expect(frame.info).toEqual(extras[k].info);
  });
});

function readByAse(text: string): Record<string, unknown>[] {
  if (!hasAse) return [];
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-ase-'));
  writeFileSync(join(folder, 'frames.extxyz'), text);
  const outcome = spawnSync(python, ['-c', reading, join(folder, 'frames.extxyz')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (outcome.status !== 0) throw new Error(outcome.stderr);
  return JSON.parse(outcome.stdout);
}
