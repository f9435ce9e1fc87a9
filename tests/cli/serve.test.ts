// mdbench serve under drivers of others: ASE's SocketIOCalculator, i-PI, and MdbenchCalculator, which starts it itself.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runVelocityVerlet } from '../../src/dynamics/index.js';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { buildSystem, drawVelocities, type System, writeExtxyz } from '../../src/system/index.js';
import { mdbench, program, temporaryFolder } from '../support/cli.js';
import { askPython, environment, hasAse, ipi } from '../support/peers.js';

vi.setConfig({ testTimeout: 180_000 });

const folder = temporaryFolder();
const calculators = resolve('native/python');

async function direct(name: string, system: System) {
  const forceField = await createForceField({ name, provider: 'cpu', threads: 1 });
  await forceField.prepare(system);
  const output = createForceOutput(system.numbers.length);
  const list = forceField.neighbors && createNeighborList({ ...forceField.neighbors, skin: 1 });
  list?.update(system);
  await forceField.compute(system, list?.pairs ?? null, output);
  return { forceField, list, output };
}

/** As hexadecimal numbers, which lose nothing on their way through text. */
function bits(values: ArrayLike<number>): string {
  return Buffer.from(Float64Array.from(values).buffer).toString('hex');
}

const given = `
import json, sys
import numpy as np
from ase import Atoms
def numbers_of(text): return np.frombuffer(bytes.fromhex(text), dtype='<f8')
def bits(values): return np.ascontiguousarray(values, dtype='<f8').tobytes().hex()
g = json.loads(sys.argv[1])
atoms = Atoms(g['numbers'], numbers_of(g['positions']).reshape(-1, 3), cell=numbers_of(g['cell']).reshape(3, 3), pbc=g['pbc'])
`;

function asGiven({ numbers, positions, cell, pbc }: System): string {
  return JSON.stringify({ numbers: [...numbers], positions: bits(positions), cell: bits(cell), pbc });
}

describe.skipIf(!hasAse)('MdbenchCalculator', () => {
  it.each(['silicon-student', 'silicon-teacher', 'stillinger-weber'])(
    'gives the energy and forces of %s bit for bit, and its stress',
    async (name) => {
      const system = buildSystem('si64');
      for (let k = 0; k < system.positions.length; k++) system.positions[k] += 0.05 * Math.sin(17 * k);
      const { output, forceField } = await direct(name, system);
      const said = askPython<{ energy: string; forces: string; virial: number[] }>(
        `${given}
sys.path.insert(0, ${JSON.stringify(calculators)})
from mdbench_ase import MdbenchCalculator
with MdbenchCalculator(${JSON.stringify(name)}) as calc:
    atoms.calc = calc
    virial = (-atoms.get_volume() * atoms.get_stress(voigt=False)).ravel().tolist()
    print(json.dumps({'energy': bits([atoms.get_potential_energy()]), 'forces': bits(atoms.get_forces()), 'virial': virial}))`,
        asGiven(system),
      );
      await forceField.dispose();
      expect(said.energy).toBe(bits([output.energy]));
      expect(said.forces).toBe(bits(output.forces));
      // ASE keeps six components: those of the upper triangle, where float32 makes the two halves differ.
      const upper = [0, 1, 2, 1, 4, 5, 2, 5, 8];
      for (const [k, value] of said.virial.entries()) {
        expect(value).toBeCloseTo(output.virial[upper[k]], 10);
      }
    },
  );

  it('and ASE’s velocity Verlet go the way of ours: 1e-9 Å over 1000 steps', async () => {
    const system = buildSystem('si64');
    drawVelocities(system, 300, 5);
    const start = asGiven(system);
    const velocities = bits(system.velocities);
    const { forceField, list } = await direct('stillinger-weber', system);
    await runVelocityVerlet({ system, forceField, list, timestep: 1, steps: 1000 });
    const said = askPython<{ positions: string; drift: number }>(
      `${given}
sys.path.insert(0, ${JSON.stringify(calculators)})
from mdbench_ase import MdbenchCalculator
from ase.md.verlet import VelocityVerlet
# mdbench counts in fs and amu by CODATA 2018, ASE's unit of time is made of those of 2014.
fs = np.sqrt(9.648533215665e-3)
with MdbenchCalculator('stillinger-weber') as calc:
    atoms.calc = calc
    atoms.set_masses(np.full(len(atoms), float(sys.argv[3])))
    atoms.set_velocities(numbers_of(sys.argv[2]).reshape(-1, 3) / fs)
    begun = atoms.get_total_energy()
    VelocityVerlet(atoms, timestep=fs).run(1000)
    print(json.dumps({'positions': bits(atoms.positions), 'drift': atoms.get_total_energy() - begun}))`,
      start,
      velocities,
      String(system.masses[0]),
    );
    const theirs = new Float64Array(new Uint8Array(Buffer.from(said.positions, 'hex')).buffer);
    const far = Math.max(...system.positions.map((x, k) => Math.abs(x - theirs[k])));
    expect(far).toBeLessThan(1e-9);
    expect(Math.abs(said.drift)).toBeLessThan(0.05);
  });

  it('leaves nothing behind when the script that uses it is killed', async () => {
    const script = `${given}
sys.path.insert(0, ${JSON.stringify(calculators)})
from mdbench_ase import MdbenchCalculator
calc = MdbenchCalculator('stillinger-weber')
atoms.calc = calc
atoms.get_potential_energy()
print(calc._server.process.pid, flush=True)
import time
time.sleep(100)`;
    const { python } = await import('../support/peers.js');
    const child = spawn(python, ['-c', script, asGiven(buildSystem('si64'))], { env: environment() });
    const pid = Number(await new Promise((done) => child.stdout.once('data', (text) => done(String(text)))));
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    child.kill('SIGKILL');
    for (let k = 0; k < 100 && existsSync(`/proc/${pid}`); k++) {
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});

describe.skipIf(!hasAse)('ASE’s SocketIOCalculator', () => {
  it.each([
    ['unix', (name: string) => [`unix:${name}`, `unixsocket='${name}'`]],
    ['TCP', () => ['127.0.0.1:31977', 'port=31977']],
  ] as const)('drives mdbench serve over %s', async (_kind, place) => {
    const [socket, keyword] = place(`mdbench-serve-${process.pid}`);
    const system = buildSystem('si64');
    const { output } = await direct('silicon-student', system);
    const served = mdbench(['serve', 'silicon-student', '--socket', socket, '--system', 'si64']);
    const said = askPythonLater<{ energy: number; forces: number[]; stress: number[]; volume: number }>(
      `${given}
from ase.calculators.socketio import SocketIOCalculator
with SocketIOCalculator(${keyword}) as calc:
    atoms.calc = calc
    for k in range(4):
        atoms.positions[0, 0] += 0.01
        atoms.get_forces()
    atoms.positions[:] = numbers_of(g['positions']).reshape(-1, 3)
    print(json.dumps({'energy': atoms.get_potential_energy(), 'forces': atoms.get_forces().ravel().tolist(), 'stress': atoms.get_stress(voigt=False).ravel().tolist(), 'volume': atoms.get_volume()}))`,
      asGiven(system),
    );
    const { energy, forces, stress, volume } = await said;
    // Float32 graphs see positions that came through bohr and back.
    expect(energy).toBeCloseTo(output.energy, 3);
    for (const [k, force] of forces.entries()) expect(force).toBeCloseTo(output.forces[k], 4);
    for (const [k, value] of stress.entries()) expect(-value * volume).toBeCloseTo(output.virial[k], 3);
    expect(await served).toMatchObject({ code: 0, stderr: '' });
  });

  it('gets no forces on atoms of unknown elements, nor on others than were named', async () => {
    const name = `mdbench-unknown-${process.pid}`;
    const script = `${given}
from ase.calculators.socketio import SocketIOCalculator
with SocketIOCalculator(unixsocket=sys.argv[2]) as calc:
    atoms.calc = calc
    try: atoms.get_forces()
    except OSError: print(json.dumps('hung up'))`;
    for (const [args, message] of [
      [[], /atoms of unknown elements: the i-PI protocol sends none/],
      [['--system', 'si512'], /asks for forces on 64 atoms; the elements of 512 are known/],
    ] as const) {
      const served = mdbench(['serve', 'silicon-student', '--socket', `unix:${name}`, ...args]);
      expect(await askPythonLater(script, asGiven(buildSystem('si64')), name)).toBe('hung up');
      const { code, stderr } = await served;
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
  });
});

describe.skipIf(!ipi)('i-PI', () => {
  it('runs our argon, and knows its energy', async () => {
    const system = buildSystem('ar256');
    const { output } = await direct('lennard-jones', system);
    const name = `mdbench-ipi-${process.pid}`;
    writeFileSync(join(folder, 'argon.extxyz'), writeExtxyz(system));
    writeFileSync(join(folder, 'argon.xyz'), ipiStructure(system));
    writeFileSync(join(folder, 'input.xml'), ipiInput(name));
    const driver = spawn(ipi as string, ['input.xml'], { cwd: folder, env: environment() });
    let log = '';
    for (const stream of [driver.stdout, driver.stderr]) stream.on('data', (text) => (log += text));
    const ended = new Promise((done) => driver.once('close', done));
    const structure = join(folder, 'argon.extxyz');
    const args = ['serve', 'lennard-jones', '--socket', `unix:${name}`, '--structure', structure];
    const served = await mdbench([...args, '--wait', '50']);
    expect(served).toMatchObject({ code: 0, stderr: '' });
    expect(await ended, log).toBe(0);
    const rows = readFileSync(join(folder, 'simulation.out'), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => line.trim().split(/\s+/).map(Number));
    expect(rows).toHaveLength(11);
    expect(Math.abs(rows[0][1] / output.energy - 1)).toBeLessThan(1e-6);
    const conserved = rows.map((row) => row[2]);
    expect(Math.max(...conserved) - Math.min(...conserved)).toBeLessThan(1e-4);
  });
});

/** Cell lengths and angles in the comment, as i-PI reads them. */
function ipiStructure({ numbers, positions, cell }: System): string {
  const rows = Array.from(numbers, (_, i) => `Ar ${[...positions.subarray(3 * i, 3 * i + 3)].join(' ')}`);
  const lengths = [cell[0], cell[4], cell[8]].join(' ');
  return `${numbers.length}\n# CELL(abcABC): ${lengths} 90 90 90 positions{angstrom} cell{angstrom}\n${rows.join('\n')}\n`;
}

function ipiInput(name: string): string {
  return `<simulation verbosity='low'>
  <output prefix='simulation'>
    <properties stride='1' filename='out'> [step, potential{electronvolt}, conserved{electronvolt}] </properties>
  </output>
  <total_steps>10</total_steps>
  <ffsocket mode='unix' name='driver' pbc='False'><address>${name}</address></ffsocket>
  <system>
    <initialize nbeads='1'>
      <file mode='xyz'> argon.xyz </file>
      <velocities mode='thermal' units='kelvin'> 40 </velocities>
    </initialize>
    <forces><force forcefield='driver'/></forces>
    <motion mode='dynamics'><dynamics mode='nve'><timestep units='femtosecond'> 1 </timestep></dynamics></motion>
    <ensemble><temperature units='kelvin'> 40 </temperature></ensemble>
  </system>
</simulation>
`;
}

/** Like `askPython`, beside what else goes on in this process. */
async function askPythonLater<T>(script: string, ...args: string[]): Promise<T> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const { python } = await import('../support/peers.js');
  const { stdout } = await promisify(execFile)(python, ['-c', script, ...args], { env: environment() });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}

describe('mdbench serve', () => {
  it('says where nobody listens, and what it takes for an address', async () => {
    const nobody = await mdbench([
      'serve',
      'lennard-jones',
      '--socket',
      'unix:nobody-at-all',
      '--wait',
      '0.1',
    ]);
    expect(nobody).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Nobody listens at unix:nobody-at-all/),
    });
    const wrong = await mdbench(['serve', 'lennard-jones', '--socket', 'somewhere']);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--socket takes unix:NAME or HOST:PORT/),
    });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s while the driver is silent', async (signal, code) => {
    const server = createServer();
    const port = await new Promise<number>((done) => {
      server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port));
    });
    const child = spawn(process.execPath, [
      program,
      'serve',
      'lennard-jones',
      '--socket',
      `127.0.0.1:${port}`,
    ]);
    await new Promise((done) => server.once('connection', done));
    await new Promise((done) => setTimeout(done, 400));
    child.kill(signal);
    expect(await new Promise((done) => child.once('close', done))).toBe(code);
    server.close();
  });
});
