// The round trip of an external force field with a client that computes nothing, beside a bare exchange of the same bytes in
// Node and beside ASE's own SocketIOCalculator with the same client. µs, medians; interleaved where one process does both.

import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createForceField, createForceOutput } from '../../dist/forcefield/index.js';
import { buildSystem } from '../../dist/system/index.js';
import { median } from './median.mjs';
import { figure, goal } from './table.mjs';

const nullClient = fileURLToPath(new URL('../../dist/forcefield/ipi/null-client.js', import.meta.url));
const blocks = 12;
const calls = 300;

export async function ipiRows() {
  const rows = [];
  for (const system of ['si64', 'si1000']) {
    const trips = await interleaved([await ourExchange(system), await bareExchange(system)]);
    const ase = aseExchange(system);
    const [ours, bare] = trips;
    rows.push({
      system,
      'mdbench µs': figure(ours),
      'bare µs': figure(bare),
      'mdbench/bare': figure(ours / bare),
      'goal of it': goal(ours / bare, 1.5, 'at most'),
      'ASE µs': ase === null ? '' : figure(ase),
      'mdbench/ASE': ase === null ? '' : figure(ours / ase),
    });
  }
  return rows;
}

/** Medians of the blocks of each, block by block in turn. */
async function interleaved(sides) {
  const times = sides.map(() => []);
  for (let block = 0; block < blocks; block++) {
    for (const [k, side] of sides.entries()) {
      const taken = [];
      for (let n = 0; n < calls; n++) {
        const begun = performance.now();
        const pending = side.call();
        if (pending !== undefined) await pending;
        taken.push(1000 * (performance.now() - begun));
      }
      // The first two blocks warm up.
      if (block > 1) times[k].push(median(taken));
    }
  }
  for (const side of sides) await side.end();
  return times.map((each) => median(each));
}

async function ourExchange(name) {
  const command = `ipi:${process.execPath} ${nullClient} unix:{name}`;
  const forceField = await createForceField({ name: command, provider: 'cpu', threads: 1 });
  const system = buildSystem(name);
  await forceField.prepare(system);
  const output = createForceOutput(system.numbers.length);
  return { call: () => forceField.compute(system, null, output), end: () => forceField.dispose() };
}

/** As many bytes there and back through Node's own sockets, between two processes. */
async function bareExchange(name) {
  const atoms = buildSystem(name).numbers.length;
  const [asked, answered] = [160 + 24 * atoms + 24, 36 + 24 * atoms + 76];
  const path = `/tmp/mdbench-bench-${process.pid}-${atoms}`;
  const server = createServer();
  const connected = new Promise((done) => server.once('connection', done));
  await new Promise((done) => server.listen(path, done));
  const child = spawn(process.execPath, ['-e', bareClient, path, String(asked), String(answered)]);
  const socket = await connected;
  const request = Buffer.alloc(asked);
  let have = 0;
  let finish = () => {};
  socket.on('data', (chunk) => {
    have += chunk.length;
    if (have < answered) return;
    have = 0;
    finish();
  });
  return {
    call: () =>
      new Promise((done) => {
        finish = done;
        socket.write(request);
      }),
    end() {
      socket.destroy();
      server.close();
      child.kill();
      rmSync(path, { force: true });
    },
  };
}

const bareClient = `
const [path, asked, answered] = process.argv.slice(1);
const reply = Buffer.alloc(Number(answered));
let have = 0;
const socket = require('node:net').connect(path);
socket.on('data', (chunk) => {
  have += chunk.length;
  if (have < Number(asked)) return;
  have = 0;
  socket.write(reply);
});
socket.on('close', () => process.exit(0));
`;

/** µs of ASE's SocketIOCalculator with the same client; null without ASE. */
function aseExchange(name) {
  const atoms = buildSystem(name).numbers.length;
  try {
    const python = process.env.MDBENCH_PYTHON ?? 'python3';
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return Number(
      execFileSync(python, ['-c', aseScript, process.execPath, nullClient, String(atoms)], options),
    );
  } catch {
    return null;
  }
}

const aseScript = `
import os, statistics, subprocess, sys, time
import numpy as np
from ase import Atoms
from ase.calculators.socketio import SocketIOCalculator
node, client, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
name = 'mdbench-bench-%d' % os.getpid()
rng = np.random.RandomState(0)
atoms = Atoms('Si%d' % count, positions=20 * rng.rand(count, 3), cell=[20, 20, 20], pbc=True)
with SocketIOCalculator(unixsocket=name) as calc:
    child = subprocess.Popen([node, client, 'unix:' + name])
    atoms.calc = calc
    times = []
    for k in range(1500):
        atoms.positions[0, 0] += 1e-6
        begun = time.perf_counter()
        atoms.get_forces()
        times.append(1e6 * (time.perf_counter() - begun))
child.wait()
print(statistics.median(times[300:]))
`;
