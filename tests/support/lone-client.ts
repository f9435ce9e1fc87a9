// Clients that a person starts, each once: when mdbench says that it listens, and not again.

import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { System } from '../../src/system/index.js';
import { environment, lammps, python } from './peers.js';

export interface LoneClient {
  readonly code: number | null;
  readonly stderr: string;
}

export type Command = readonly [string, ...string[]];

/** A socket's name of its own for one test. */
export function socketName(tag: string): string {
  return `mdbench-test-${tag}-${process.pid}`;
}

/** Starts one command for each time that mdbench says "Listening at"; more of them are an error of the test. */
export function starting(...commands: readonly Command[]) {
  const children: ChildProcess[] = [];
  const ends: Promise<LoneClient>[] = [];
  return {
    children,
    onStderr(text: string): void {
      const asked = text.split('Listening at ').length - 1;
      while (children.length < Math.min(asked, commands.length)) {
        const [program, ...args] = commands[children.length];
        const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: environment() });
        let stderr = '';
        child.stderr?.setEncoding('utf8').on('data', (more) => {
          stderr += more;
        });
        children.push(child);
        ends.push(new Promise((done) => child.on('close', (code) => done({ code, stderr }))));
      }
    },
    ended: (): Promise<LoneClient[]> => Promise.all(ends),
  };
}

export function nullClient(address: string): Command {
  return [process.execPath, resolve('dist/forcefield/ipi/null-client.js'), address];
}

export function badClient(address: string, fault: string, call: number): Command {
  return [process.execPath, resolve('tests/support/bad-client.mjs'), address, fault, String(call)];
}

const aseScript = `
import sys
import numpy as np
from ase import Atoms
from ase.calculators.lj import LennardJones
from ase.calculators.socketio import SocketClient
name, count = sys.argv[1], int(sys.argv[2])
place = dict(unixsocket=name[5:]) if name.startswith('unix:') else dict(host=name.split(':')[0], port=int(name.split(':')[1]))
atoms = Atoms('Ar%d' % count, positions=np.zeros((count, 3)), cell=[1, 1, 1], pbc=True)
atoms.calc = LennardJones(sigma=3.405, epsilon=0.0104, rc=6.0)
SocketClient(**place).run(atoms, use_stress=True)
`;

/** ASE's own client with its Lennard-Jones for so many atoms of argon; it asks for INIT before each call. */
export function aseClient(address: string, atoms: number): Command {
  return [python, '-c', aseScript, address, String(atoms)];
}

/** LAMMPS with fix ipi, for argon in this cell; it never asks for INIT, and knows these atoms alone. */
export function lammpsClient(
  folder: string,
  system: System,
  name: string,
  { cutoff, epsilon, sigma }: { readonly cutoff: number; readonly epsilon: number; readonly sigma: number },
): Command {
  const [lx, , , , ly, , , , lz] = system.cell;
  const atoms = Array.from(system.numbers, (_, i) => {
    const [x, y, z] = system.positions.subarray(3 * i, 3 * i + 3);
    return `${i + 1} 1 ${x} ${y} ${z}`;
  });
  writeFileSync(
    join(folder, 'argon.data'),
    `argon\n\n${atoms.length} atoms\n1 atom types\n\n0 ${lx} xlo xhi\n0 ${ly} ylo yhi\n0 ${lz} zlo zhi\n\nMasses\n\n1 39.95\n\nAtoms # atomic\n\n${atoms.join('\n')}\n`,
  );
  const input = join(folder, 'argon.lmp');
  writeFileSync(
    input,
    `units metal
atom_style atomic
atom_modify map array sort 0 0
read_data ${join(folder, 'argon.data')}
pair_style lj/cut ${cutoff}
pair_coeff * * ${epsilon} ${sigma}
pair_modify shift yes
neigh_modify every 1 delay 0 check yes
fix driver all ipi ${name} 31415 unix
run 1000000
`,
  );
  return [lammps as string, '-in', input, '-log', 'none'];
}
