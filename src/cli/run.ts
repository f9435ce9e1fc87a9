// mdbench run: force fields × systems, measured; the table on stdout, progress on stderr, documents in --out.

import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import type { RunOptions, RunOutcome } from '../index.js';
import { formatDocument, notWritable } from '../result/index.js';
import { exitCodeOf } from './exit-code.js';
import { createProgressLine } from './progress.js';
import { list, number, repeats } from './values.js';

interface Flags {
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
  readonly suite?: string;
  readonly out: string;
  readonly json?: string;
  readonly dump?: string;
  readonly every: number;
  readonly quiet?: boolean;
}

export function addRun(program: Command): Command {
  return program
    .command('run')
    .summary('measure force fields in molecular dynamics')
    .description(
      'Run each force field on each system: equilibration, then a timed NVE trajectory. A force field is the path ' +
        'of an .onnx file, or a built-in: silicon-student (default), silicon-teacher, stillinger-weber, lennard-jones (-switched, -plain).',
    )
    .argument('[force-fields...]', 'paths of .onnx files or names of built-ins')
    .option(
      '--system <names...>',
      'systems by name, see mdbench systems (default: si64, or ar256 for lennard-jones)',
    )
    .addOption(
      new Option('--structure <file>', 'an extended-XYZ file; its last frame is used').conflicts('system'),
    )
    .option('--repeat <a,b,c>', 'repeat the structure along its cell vectors', repeats)
    .option('--steps <n>', 'measured steps (default: 1000)', number('--steps'))
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
    .addOption(
      new Option('--suite <name|file>', 'a suite of force fields, systems and dynamics').conflicts([
        'system',
        'structure',
      ]),
    )
    .option('--out <dir>', 'folder of result.json, report.html and report.md', 'reports/latest')
    .option('--json <file>', 'write the document here too; - is stdout')
    .option('--dump <file>', 'write frames as extended XYZ, in a pass of its own; {case} is the case id')
    .option('--every <n>', 'steps between frames', number('--every'), 100)
    .option('--quiet', 'no progress and no table')
    .action(runAction);
}

async function runAction(forceFields: string[], flags: Flags): Promise<void> {
  checkFiles(flags);
  const { loadSuite, run } = await import('../index.js');
  const suite = flags.suite === undefined ? null : loadSuite(flags.suite);
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: flags.quiet === true });
  const outcome = await run({
    ...gridOf(forceFields, flags, suite),
    out: flags.out,
    command: ['mdbench', ...process.argv.slice(2)],
    signal: abort.signal,
    onProgress: progress.show,
    onCase: progress.caseDone,
    ...(flags.dump === undefined ? {} : { dump: { file: flags.dump, every: flags.every } }),
  }).finally(() => {
    progress.end();
    abort.release();
  });
  await print(outcome, flags);
  process.exitCode = abort.exitCode() ?? exitCodeOf(outcome.document);
}

function gridOf(
  names: readonly string[],
  flags: Flags,
  suite: Pick<RunOptions, 'forceFields' | 'systems' | 'dynamics'> | null,
): Pick<RunOptions, 'forceFields' | 'systems' | 'dynamics'> {
  const { provider, threads } = flags;
  const asked = defined({ provider, threads });
  const forceFields =
    names.length > 0
      ? names.map((name) => ({ name }))
      : (suite?.forceFields ?? [{ name: 'silicon-student' }]);
  return {
    forceFields: forceFields.map((forceField) => ({ ...forceField, ...asked })),
    systems: systemsOf(flags) ?? suite?.systems ?? [],
    dynamics: { ...suite?.dynamics, ...dynamicsOf(flags) },
  };
}

function dynamicsOf({ steps, timestep, temperature, seed, seeds, equilibrate, skin }: Flags) {
  return defined({ steps, timestep, temperature, seed, seeds, equilibrate, skin });
}

function systemsOf({ system, structure, repeat }: Flags): RunOptions['systems'] | null {
  if (structure !== undefined) return [{ structure, ...defined({ repeat }) }];
  if (repeat !== undefined) throw new MdbenchError('option-invalid', '--repeat goes with --structure.');
  return system ? system.flatMap(list).map((name) => ({ name })) : null;
}

/** What would only fail after the measurement is refused before it. */
function checkFiles({ json, dump, every }: Flags): void {
  if (!Number.isInteger(every) || every < 1) {
    throw new MdbenchError('option-invalid', `--every must be a whole number above 0 (received ${every}).`);
  }
  for (const file of [json, dump]) {
    if (file === undefined || file === '-') continue;
    try {
      accessSync(dirname(resolve(file)), constants.W_OK);
    } catch (error) {
      throw notWritable(file, error);
    }
  }
}

async function print(outcome: RunOutcome, { json, quiet }: Flags): Promise<void> {
  const { renderTerminal } = await import('../index.js');
  const text = json === undefined ? '' : formatDocument(outcome.document);
  if (json === '-') process.stdout.write(text);
  else if (json !== undefined) writeFileSync(json, text);
  if (quiet || json === '-') return;
  const width = Math.min(process.stdout.columns ?? 80, 100);
  const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
  console.log(renderTerminal(outcome, { width, color, files: outcome.files }));
}

/** The first Ctrl-C asks for what was measured so far; the second one ends at once. */
function abortOnSignals() {
  const controller = new AbortController();
  let code: number | null = null;
  const listeners = (
    [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const
  ).map(([name, exit]) => {
    const listener = () => {
      if (code !== null) process.exit(exit);
      code = exit;
      console.error(
        '\nmdbench: stopping after this step; what was measured is written. Once more ends at once.',
      );
      controller.abort();
    };
    process.on(name, listener);
    return () => process.off(name, listener);
  });
  return {
    signal: controller.signal,
    exitCode: () => code,
    release() {
      for (const off of listeners) off();
    },
  };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
