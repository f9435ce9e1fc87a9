// The options that say what is simulated and how: the same words for run, compare, check, baseline and worker.

import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import type { RunOptions } from '../run.js';
import { forceSources, precisions } from '../spec/case.js';
import { barostatDefaults, type Ensemble, ensembles } from '../spec/index.js';
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
  readonly friction?: number;
  readonly ensemble?: Ensemble;
  readonly pressure?: number;
  readonly barostatTime?: number;
  readonly compressibility?: number;
  readonly provider?: string;
  readonly threads?: number;
  readonly forces?: (typeof forceSources)[number];
  readonly precision?: (typeof precisions)[number];
  readonly repair?: boolean;
  readonly python?: string;
  readonly forceTimeout?: number;
}

/** Force fields, systems and dynamics, as `run`, `compare` and the others take them. */
export interface Grid {
  readonly forceFields: NonNullable<RunOptions['forceFields']>;
  readonly systems: NonNullable<RunOptions['systems']>;
  readonly dynamics: NonNullable<RunOptions['dynamics']>;
}

/**
 * @param steps what the verb measures unless told: named in its help
 * @param baths whether it takes ensembles other than NVE
 */
export function addCaseOptions(command: Command, steps = 1000, baths = false): Command {
  command
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
    .option('--friction <1/fs>', 'friction of the thermostat in 1/fs (default: 0.02)', number('--friction'))
    .option('--skin <angstrom>', 'skin of the neighbor list, of the pair (default: 1)', number('--skin'))
    .option('--provider <name>', 'execution provider of ONNX Runtime (default: cpu)')
    .option('--threads <n>', 'intra-op threads of ONNX Runtime (default: 1)', number('--threads'))
    .addOption(
      new Option(
        '--forces <source>',
        'of an ONNX file: its own output, or its energy differentiated (default: its own, else differentiated)',
      ).choices(forceSources),
    )
    .addOption(
      new Option('--precision <type>', 'element type of the ONNX graph (default: as-is)').choices(precisions),
    )
    .option('--no-repair', 'leave faults of the exporter as they are')
    .option('--python <path>', 'interpreter or environment of ase: force fields (default: python3)')
    .option(
      '--force-timeout <s>',
      'seconds that another program has to connect and for each force call (default: 300)',
      number('--force-timeout'),
    );
  return addEnsembleOptions(command, baths);
}

/** The ensemble and its barostat; where they are not shown they are understood, so that the refusal can say why. */
function addEnsembleOptions(command: Command, shown: boolean): Command {
  const { pressure, barostatTime, compressibility } = barostatDefaults;
  const options = [
    new Option('--ensemble <name>', 'nve, nvt or npt (default: nve)').choices(ensembles),
    new Option('--pressure <GPa>', `pressure of npt in GPa (default: ${pressure})`).argParser(
      number('--pressure'),
    ),
    new Option('--barostat-time <fs>', `relaxation time of npt in fs (default: ${barostatTime})`).argParser(
      number('--barostat-time'),
    ),
    new Option(
      '--compressibility <1/GPa>',
      `compressibility that npt assumes, in 1/GPa (default: ${compressibility}, water)`,
    ).argParser(number('--compressibility')),
  ];
  for (const option of options) command.addOption(shown ? option : option.hideHelp());
  return command;
}

/** The grid that was typed; no systems: what suits each force field. */
export function gridOf(names: readonly string[], flags: CaseFlags): Grid {
  return {
    forceFields: names.map((name) => ({ name, ...placeOf(flags) })),
    systems: systemsOf(flags) ?? [],
    dynamics: dynamicsOf(flags),
  };
}

/** Where and how a force field is computed, as far as it was typed. */
export function placeOf({ provider, threads, forces, precision, repair, python, forceTimeout }: CaseFlags) {
  const mended = repair === false ? false : undefined;
  return defined({ provider, threads, forces, precision, repair: mended, python, timeout: forceTimeout });
}

export function dynamicsOf(flags: CaseFlags) {
  const { steps, timestep, temperature, seed, seeds, equilibrate, skin } = flags;
  const { friction, ensemble, pressure, barostatTime, compressibility } = flags;
  return defined({
    ...{ steps, timestep, temperature, seed, seeds, equilibrate, skin },
    ...{ friction, ensemble, pressure, barostatTime, compressibility },
  });
}

/** @returns null when no system was typed */
export function systemsOf({ system, structure, repeat }: CaseFlags): Grid['systems'] | null {
  if (structure !== undefined) return [{ structure, ...defined({ repeat }) }];
  if (repeat !== undefined) throw new MdbenchError('option-invalid', '--repeat goes with --structure.');
  return system ? system.flatMap(list).map((name) => ({ name })) : null;
}
