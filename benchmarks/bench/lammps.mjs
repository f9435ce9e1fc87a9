// Lennard-Jones and Stillinger–Weber against `lmp` on the PATH: same atoms, velocities, cutoff, skin and timestep, in turns.
// Processor time on both sides, so that a busy machine disturbs less.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSystem, drawVelocities } from '../../dist/system/index.js';
import { median } from './median.mjs';
import { figure, goal } from './table.mjs';
import { measureTrajectory } from './trajectory.mjs';

const program = 'lmp';
const turns = 5;
const lennardJones = { forceField: 'lennard-jones', temperature: 190, timestep: 2, least: 0.75 };
const stillingerWeber = { forceField: 'stillinger-weber', temperature: 600, timestep: 1, least: 1.1 };
const cases = [
  { ...lennardJones, system: 'ar256' },
  { ...lennardJones, system: 'ar500' },
  { ...lennardJones, system: 'ar4000' },
  { ...stillingerWeber, system: 'si64' },
  { ...stillingerWeber, system: 'si216' },
  { ...stillingerWeber, system: 'si1000' },
];

export function lammpsRows() {
  const version = lammpsVersion();
  if (version === null) return 'no lmp on the PATH (Debian: apt-get install lammps)';
  return cases.map((one) => {
    const steps = Math.ceil(250_000 / buildSystem(one.system).numbers.length);
    const plan = { ...one, skin: 1, steps, blocks: 3, warmup: 4 * steps, observer: 'none' };
    const ours = [];
    const theirs = [];
    for (let turn = 0; turn < turns; turn++) {
      ours.push(measureTrajectory(plan).cpu);
      theirs.push(lammpsStep(plan));
    }
    const ratio = median(theirs) / median(ours);
    return {
      case: `${one.system} ${one.forceField}`,
      'mdbench µs': figure(median(ours)),
      'LAMMPS µs': figure(median(theirs)),
      'speed ratio': figure(ratio),
      goal: goal(ratio, one.least, 'at least'),
    };
  });
}

function lammpsVersion() {
  try {
    return execFileSync(program, ['-h'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

/** µs of processor time per step, the median of `blocks` runs after the warm-up. */
function lammpsStep({ forceField, system: name, temperature, timestep, skin, steps, blocks, warmup }) {
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-lammps-'));
  try {
    writeFileSync(join(folder, 'atoms.data'), dataFile(name, temperature));
    writeFileSync(join(folder, 'Si.sw'), siliconFile);
    const runs = [warmup, ...new Array(blocks).fill(steps)].map((count) => `run ${count}`).join('\n');
    writeFileSync(
      join(folder, 'in.lmp'),
      `units metal
atom_style atomic
read_data atoms.data
${pairStyles[forceField]}
neighbor ${skin} bin
neigh_modify every 1 delay 0 check yes
timestep ${timestep / 1000}
fix 1 all nve
thermo 1000000
${runs}
`,
    );
    const log = execFileSync(program, ['-in', 'in.lmp', '-log', 'none'], { cwd: folder, encoding: 'utf8' });
    const loops = [
      ...log.matchAll(/Loop time of (\S+) on 1 procs for (\d+) steps[^%]*?([\d.]+)% CPU use/g),
    ].slice(1);
    return median(loops.map(([, seconds, count, share]) => (1e4 * seconds * share) / count));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Velocities in Å/ps, as LAMMPS' metal units have them. */
function dataFile(name, temperature) {
  const system = buildSystem(name);
  drawVelocities(system, temperature, 1);
  const rows = (values, factor) =>
    Array.from(system.numbers, (_, i) => [0, 1, 2].map((d) => factor * values[3 * i + d]).join(' '));
  return [
    '',
    `${system.numbers.length} atoms`,
    '1 atom types',
    ...['x', 'y', 'z'].map((axis, d) => `0 ${system.cell[4 * d]} ${axis}lo ${axis}hi`),
    `\nMasses\n\n1 ${system.masses[0]}\n\nAtoms\n`,
    ...rows(system.positions, 1).map((row, i) => `${i + 1} 1 ${row}`),
    '\nVelocities\n',
    ...rows(system.velocities, 1000).map((row, i) => `${i + 1} ${row}`),
    '',
  ].join('\n');
}

const pairStyles = {
  'lennard-jones': 'pair_style lj/cut 8.5125\npair_modify shift yes\npair_coeff 1 1 0.0104 3.405',
  'stillinger-weber': 'pair_style sw\npair_coeff * * Si.sw Si',
};

/** Published parameters (Phys. Rev. B 31, 5262) in LAMMPS' format. */
const siliconFile =
  'Si Si Si 2.1683 2.0951 1.80 21.0 1.20 -0.333333333333 7.049556277 0.6022245584 4.0 0.0 0.0\n';
