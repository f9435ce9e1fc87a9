// Real programs as clients: LAMMPS with fix ipi, i-PI's own driver, tblite through ASE. Each is skipped by name where it is not.

import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createForceField, createForceOutput, type ForceField } from '../../src/forcefield/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { buildSystem, createSystem, type System } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';
import { askPython, hasModule, lammps, peerEnvironment, python } from '../support/peers.js';

vi.setConfig({ testTimeout: 180_000 });

Object.assign(process.env, peerEnvironment);

const spec = { provider: 'cpu', threads: 1, timeout: 60, python } as const;

async function call(forceField: ForceField, system: System) {
  const output = createForceOutput(system.numbers.length);
  const list = forceField.neighbors && createNeighborList({ ...forceField.neighbors, skin: 0 });
  list?.update(system);
  await forceField.compute(system, list?.pairs ?? null, output);
  return output;
}

/** A LAMMPS data file with the atoms in order. */
function dataFile(system: System, mass: number): string {
  const [lx, , , , ly, , , , lz] = system.cell;
  const atoms = Array.from(system.numbers, (_, i) => {
    const [x, y, z] = system.positions.subarray(3 * i, 3 * i + 3);
    return `${i + 1} 1 ${x} ${y} ${z}`;
  });
  return `argon\n\n${atoms.length} atoms\n1 atom types\n\n0 ${lx} xlo xhi\n0 ${ly} ylo yhi\n0 ${lz} zlo zhi\n\nMasses\n\n1 ${mass}\n\nAtoms # atomic\n\n${atoms.join('\n')}\n`;
}

describe.skipIf(!lammps)('LAMMPS with fix ipi', () => {
  it('computes argon as our own Lennard-Jones does, virial and moving cell included', async () => {
    const own = await createForceField({ ...spec, name: 'lennard-jones' });
    const { epsilon, sigma } = own.description.settings as { epsilon: number; sigma: number };
    const cutoff = own.description.cutoff as number;
    const system = buildSystem('ar256');
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'argon.data'), dataFile(system, 39.95));
    const input = join(folder, 'teacher.lmp');
    writeFileSync(
      input,
      `units metal
atom_style atomic
atom_modify map array sort 0 0
variable socket getenv MDBENCH_IPI_NAME
read_data ${join(folder, 'argon.data')}
pair_style lj/cut ${cutoff}
pair_coeff * * ${epsilon} ${sigma}
pair_modify shift yes
neigh_modify every 1 delay 0 check yes
fix driver all ipi \${socket} 31415 unix
run 1000000
`,
    );
    const command = `${lammps} -in ${input} -log none`;
    const forceField = await createForceField({ ...spec, name: `ipi:${command}` });
    await own.prepare(system);
    await forceField.prepare(system);
    for (let k = 0; k < 6; k++) {
      for (let c = 0; c < system.positions.length; c++) system.positions[c] += 0.01 * Math.sin(13 * c + k);
      const [theirs, ours] = [await call(forceField, system), await call(own, system)];
      expect(Math.abs(theirs.energy / ours.energy - 1)).toBeLessThan(1e-6);
      for (const [c, force] of ours.forces.entries()) expect(theirs.forces[c]).toBeCloseTo(force, 7);
      for (const [c, value] of ours.virial.entries()) {
        expect(Math.abs(theirs.virial[c] - value)).toBeLessThan(1e-6 * Math.abs(ours.virial[0]));
      }
    }
    await forceField.dispose();
  });
});

const ipiDriver = ['i-pi-driver-py', 'i-pi-py_driver']
  .map((name) => resolve(dirname(python), name))
  .find((file) => existsSync(file));

describe.skipIf(!ipiDriver)('the driver of i-PI', () => {
  it.each([
    ['unix', '-u -a {name}'],
    ['TCP', '-a {host} -p {port}'],
  ])('computes harmonic wells over %s', async (_kind, place) => {
    const forceField = await createForceField({
      ...spec,
      name: `ipi:${ipiDriver} ${place} -m harmonic -o 0.25`,
    });
    const system = createSystem({ name: 'h2', numbers: [1, 1], positions: [0.5, 0, -0.25, 0, 1, 0] });
    await forceField.prepare(system);
    // Its force constant is in hartree/bohr²; −k r in eV/Å.
    const constant = (0.25 * 27.211386245988) / 0.529177210903 ** 2;
    for (let k = 0; k < 5; k++) {
      system.positions[0] += 0.1;
      const output = await call(forceField, system);
      const energy = system.positions.reduce((sum, x) => sum + 0.5 * constant * x * x, 0);
      expect(Math.abs(output.energy / energy - 1)).toBeLessThan(1e-7);
      for (const [c, force] of output.forces.entries()) {
        expect(force).toBeCloseTo(-constant * system.positions[c], 5);
      }
    }
    expect(forceField.description.settings.openCell).toHaveLength(9);
    await forceField.dispose();
  });
});

describe.skipIf(!hasModule('tblite.ase'))('tblite', () => {
  it('computes water as it does when ASE asks it', async () => {
    const positions = [0, 0, 0.119262, 0, 0.763239, -0.477047, 0, -0.763239, -0.477047];
    const truth = askPython<{ energy: number; forces: number[] }>(
      `
import json, sys
import numpy as np
from ase import Atoms
from tblite.ase import TBLite
a = Atoms('OHH', np.reshape(json.loads(sys.argv[1]), (3, 3)))
a.calc = TBLite(method='GFN2-xTB', verbosity=0)
print(json.dumps({'energy': float(a.get_potential_energy()), 'forces': a.get_forces().ravel().tolist()}))`,
      JSON.stringify(positions),
    );
    const name = 'ase:tblite.ase:TBLite?method=GFN2-xTB&verbosity=0';
    const forceField = await createForceField({ ...spec, name });
    const system = createSystem({ name: 'water', numbers: [8, 1, 1], positions });
    await forceField.prepare(system);
    const output = await call(forceField, system);
    expect(output.energy).toBeCloseTo(truth.energy, 8);
    for (const [k, force] of truth.forces.entries()) expect(output.forces[k]).toBeCloseTo(force, 7);
    expect(forceField.description.settings.client).toMatchObject({ calculator: 'tblite.ase.TBLite' });
    await forceField.dispose();
  });
});
