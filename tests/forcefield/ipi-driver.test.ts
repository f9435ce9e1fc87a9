// mdbench as the driver: against a client that computes nothing, and against ASE's own client and calculators.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createForceField, createForceOutput, type ForceField } from '../../src/forcefield/index.js';
import { buildSystem, createSystem, type System } from '../../src/system/index.js';
import { askPython, hasAse, python } from '../support/peers.js';

vi.setConfig({ testTimeout: 180_000 });

const nullClient = `${process.execPath} ${resolve('dist/forcefield/ipi/null-client.js')}`;

async function call(forceField: ForceField, system: System) {
  const output = createForceOutput(system.numbers.length);
  await forceField.compute(system, null, output);
  return output;
}

function open(name: string) {
  return createForceField({ name, provider: 'cpu', threads: 1, timeout: 60, python });
}

interface Answered {
  readonly system: System;
  readonly output: Awaited<ReturnType<typeof call>>;
}

/** A copy of the system, and what the force field says of it. */
async function answered(forceField: ForceField, system: System): Promise<Answered> {
  const [positions, cell] = [system.positions.slice(), system.cell.slice()];
  return { system: { ...system, positions, cell }, output: await call(forceField, system) };
}

/** Against what ASE's Lennard-Jones says itself: no socket in between. */
function expectAlike(answers: readonly Answered[], digits: number): void {
  const given = answers.map(({ system: { numbers, positions, cell, pbc } }) => ({
    numbers: [...numbers],
    positions: [...positions],
    cell: [...cell],
    pbc,
  }));
  const truths = askPython<{ energy: number; forces: number[]; virial: number[] }[]>(
    `
import json, sys
import numpy as np
from ase import Atoms
from ase.calculators.lj import LennardJones
def truth(g):
    a = Atoms(g['numbers'], np.reshape(g['positions'], (-1, 3)), cell=np.reshape(g['cell'], (3, 3)), pbc=g['pbc'])
    a.calc = LennardJones(sigma=3.4, epsilon=0.0103, rc=8.0)
    v = (-a.get_volume() * a.get_stress(voigt=False)).ravel().tolist() if all(g['pbc']) else []
    return {'energy': a.get_potential_energy(), 'forces': a.get_forces().ravel().tolist(), 'virial': v}
print(json.dumps([truth(g) for g in json.loads(sys.argv[1])]))`,
    JSON.stringify(given),
  );
  for (const [n, truth] of truths.entries()) {
    const { output } = answers[n];
    expect(output.energy).toBeCloseTo(truth.energy, digits);
    for (const [k, force] of truth.forces.entries()) expect(output.forces[k]).toBeCloseTo(force, digits);
    for (const [k, value] of truth.virial.entries()) expect(output.virial[k]).toBeCloseTo(value, digits);
    if (truth.virial.length === 0) expect(output.virial).toEqual(new Float64Array(9).fill(Number.NaN));
  }
}

/** An argon crystal off its lattice, in a cell that is not orthogonal. */
function argon(edge = 11, atoms = 12): System {
  const positions = Array.from({ length: 3 * atoms }, (_, k) => {
    const place = Math.floor(k / 3);
    const [x, y, z] = [place % 3, Math.floor(place / 3) % 2, Math.floor(place / 6)];
    return [3.7 * x, 4.1 * y, 4.3 * z][k % 3] + 0.2 * Math.sin(7 * k);
  });
  const cell = [edge, 0, 0, 1.5, edge - 1, 0, -0.7, 0.4, edge + 1];
  return createSystem({
    name: 'argon',
    numbers: new Array(atoms).fill(18),
    positions,
    cell,
    pbc: [true, true, true],
  });
}

describe('a driver', () => {
  for (const [kind, tail] of [
    ['a unix socket', 'unix:{name}'],
    ['TCP', '{host}:{port}'],
  ] as const) {
    it(`asks over ${kind}, step by step first and then in one write`, async () => {
      const forceField = await open(`ipi:${nullClient} ${tail}`);
      const system = buildSystem('si64');
      await forceField.prepare(system);
      const outputs = createForceOutput(64);
      outputs.forces.fill(1);
      for (let k = 0; k < 20; k++) await forceField.compute(system, null, outputs);
      expect(outputs.energy).toBe(0);
      expect(outputs.forces.every((force) => force === 0)).toBe(true);
      expect(forceField.description.settings).toMatchObject({ protocol: 'i-PI', initialisation: 'once' });
      await forceField.dispose();
    });
  }

  it('answers within the call where the addon is, without the event loop', async () => {
    const forceField = await open(`ipi:${nullClient} unix:{name}`);
    const system = buildSystem('si64');
    await forceField.prepare(system);
    const output = createForceOutput(64);
    for (let k = 0; k < 3; k++) await forceField.compute(system, null, output);
    const { transport } = forceField.description.settings;
    expect(forceField.compute(system, null, output) instanceof Promise).toBe(transport !== 'native');
    await forceField.dispose();
  });

  it('leaves neither a socket nor a process behind', async () => {
    const forceField = await open(`ipi:${nullClient} unix:{name}`);
    const pid = forceField.external?.pid as number;
    expect(readdirSync('/tmp').filter((file) => file.startsWith(`ipi_mdbench-${process.pid}-`))).toEqual([]);
    await forceField.dispose();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it('refuses a socket that somebody listens at, and takes over one that nobody does', async () => {
    const name = `mdbench-test-${process.pid}`;
    const path = `/tmp/ipi_${name}`;
    const holding = `require('node:net').createServer().listen(${JSON.stringify(path)})`;
    const holder = spawn(process.execPath, ['-e', holding]);
    for (let k = 0; k < 400 && !existsSync(path); k++) await new Promise((done) => setTimeout(done, 25));
    await expect(open(`ipi:unix:${name}`)).rejects.toMatchObject({ code: 'option-invalid' });
    holder.kill('SIGKILL');
    await new Promise((done) => holder.once('close', done));
    expect(existsSync(path)).toBe(true);
    const met = open(`ipi:unix:${name}`);
    const client = spawn(process.execPath, [resolve('dist/forcefield/ipi/null-client.js'), `unix:${name}`]);
    const ended = new Promise((done) => (client as ChildProcess).once('close', done));
    await (await met).dispose();
    await ended;
  });
});

describe.skipIf(!hasAse)('ASE as the client', () => {
  const script = (init: string) => `
import sys
from ase import Atoms
from ase.calculators.lj import LennardJones
from ase.calculators.socketio import SocketClient
a = Atoms('Ar12', pbc=True, cell=[9, 9, 9])
a.calc = LennardJones(sigma=3.4, epsilon=0.0103, rc=8.0)
c = SocketClient(unixsocket=sys.argv[1])
c.state = '${init}'
c.run(a, use_stress=True)`;

  it.each(['READY', 'NEEDINIT'])('its SocketClient, which begins with %s', async (state) => {
    const name = `mdbench-ase-${process.pid}-${state}`;
    const waiting = open(`ipi:unix:${name}`);
    const client = spawn(python, ['-c', script(state), name], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    client.stderr.on('data', (text) => {
      errors += text;
    });
    const ended = new Promise((done) => client.once('close', done));
    const retry = setInterval(() => {}, 1000);
    const forceField = await waiting;
    clearInterval(retry);
    const answers: Answered[] = [];
    for (const edge of [11, 11.5]) {
      const system = argon(edge);
      await forceField.prepare(system);
      for (let k = 0; k < 4; k++) {
        system.positions[0] += 0.01;
        system.cell[0] += 0.02;
        answers.push(await answered(forceField, system));
      }
    }
    await forceField.dispose();
    expectAlike(answers, 11);
    expect(await ended).toBe(0);
    expect(errors).toBe('');
  });

  it('a calculator by its name, in other cells and with other numbers of atoms, as if it were asked itself', async () => {
    const forceField = await open('ase:ase.calculators.lj:LennardJones?sigma=3.4&epsilon=0.0103&rc=8.0');
    const answers: Answered[] = [];
    for (const system of [
      argon(),
      argon(12, 8),
      argon(11.5, 15),
      { ...argon(11, 3), pbc: [false, false, false] as const },
    ]) {
      await forceField.prepare(system);
      for (let k = 0; k < 4; k++) {
        system.positions[4] += 0.01;
        answers.push(await answered(forceField, system));
      }
    }
    await forceField.dispose();
    expectAlike(answers, 14);
  });
});
