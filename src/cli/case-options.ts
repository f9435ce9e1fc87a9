// The options that say what is simulated and how: the same words for run, compare, check, baseline and worker.

import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import type { RunOptions } from '../run.js';
import { defined, list, number, repeats } from './values.js';

export interface CaseFlags {
  readonly system?: string[];
  readonly structure?: string;
  readonly repeat?: [number, number, number];
  readonly steps?: number;
  readonly timestep?: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly seeds?: number;
  readonly equilibrate?: number;
  readonly skin?: number;
  readonly provider?: string;
  readonly threads?: number;
  readonly python?: string;
  readonly forceTimeout?: number;
}

/** Force fields, systems and dynamics, as `run`, `compare` and the others take them. */
export interface Grid {
  readonly forceFields: NonNullable<RunOptions['forceFields']>;
  readonly systems: NonNullable<RunOptions['systems']>;
  readonly dynamics: NonNullable<RunOptions['dynamics']>;
}

/** @param steps what the verb measures unless told: named in its help */
export function addCaseOptions(command: Command, steps = 1000): Command {
  return command
    .option(
      '--system <names...>',
      'systems by name, see mdbench systems (default: si64, or ar256 for lennard-jones)',
    )
    .addOption(
      new Option('--structure <file>', 'an extended-XYZ file; its last frame is used').conflicts('system'),
    )
    .option('--repeat <a,b,c>', 'repeat the structure along its cell vectors', repeats)
    .option('--steps <n>', `measured steps (default: ${steps})`, number('--steps'))
    .option('--timestep <fs>', 'time step in fs (default: 1)', number('--timestep'))
    .option('--temperature <K>', 'temperature in K (default: 300)', number('--temperature'))
    .option('--seed <n>', 'seed of the first trajectory (default: 1)', number('--seed'))
    .option(
      '--seeds <n>',
      'independent trajectories, each in a fresh process (default: 1)',
      number('--seeds'),
    )
    .option(
      '--equilibrate <steps>',
      'Langevin steps before the measured stage (default: 500)',
      number('--equilibrate'),
    )
    .option('--skin <angstrom>', 'skin of the neighbor list, of the pair (default: 1)', number('--skin'))
    .option('--provider <name>', 'execution provider of ONNX Runtime (default: cpu)')
    .option('--threads <n>', 'intra-op threads of ONNX Runtime (default: 1)', number('--threads'))
    .option('--python <path>', 'interpreter or environment of ase: force fields (default: python3)')
    .option(
      '--force-timeout <s>',
      'seconds that another program has to connect and for each force call (default: 300)',
      number('--force-timeout'),
    );
}

/** The grid that was typed; no systems: what suits each force field. */
export function gridOf(names: readonly string[], flags: CaseFlags): Grid {
  return {
    forceFields: names.map((name) => ({ name, ...placeOf(flags) })),
    systems: systemsOf(flags) ?? [],
    dynamics: dynamicsOf(flags),
  };
}

/** Where a force field is computed, as far as it was typed. */
export function placeOf({ provider, threads, python, forceTimeout }: CaseFlags) {
  return defined({ provider, threads, python, timeout: forceTimeout });
}

export function dynamicsOf({ steps, timestep, temperature, seed, seeds, equilibrate, skin }: CaseFlags) {
  return defined({ steps, timestep, temperature, seed, seeds, equilibrate, skin });
}

/** @returns null when no system was typed */
export function systemsOf({ system, structure, repeat }: CaseFlags): Grid['systems'] | null {
  if (structure !== undefined) return [{ structure, ...defined({ repeat }) }];
  if (repeat !== undefined) throw new MdbenchError('option-invalid', '--repeat goes with --structure.');
  return system ? system.flatMap(list).map((name) => ({ name })) : null;
}
