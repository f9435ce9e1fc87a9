// mdbench run: force fields × systems, measured; the table on stdout, progress on stderr, documents in --out.

import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import type { RunOptions, RunOutcome } from '../index.js';
import { formatDocument, writeWhole } from '../result/index.js';
import { defaultForceField } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { exitCodeOf, measurementFailed } from './exit-code.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { checkFile, list, number, repeats } from './values.js';

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
  readonly every?: number;
  readonly quiet?: boolean;
}

type Grid = Pick<RunOptions, 'forceFields' | 'systems' | 'dynamics'>;

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
    .option('--every <n>', 'steps between frames (default: 100)', number('--every'))
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
    ...(suite ? { title: suite.title } : {}),
    ...(flags.dump === undefined ? {} : { dump: { file: flags.dump, every: flags.every ?? 100 } }),
  }).finally(() => {
    progress.end();
    abort.release();
  });
  const code = await print(outcome, flags);
  process.exitCode = abort.exitCode() ?? code;
}

function gridOf(names: readonly string[], flags: Flags, suite: Grid | null): Grid {
  const { provider, threads } = flags;
  const asked = defined({ provider, threads });
  const forceFields =
    names.length > 0
      ? names.map((name) => ({ name }))
      : (suite?.forceFields ?? [{ name: defaultForceField }]);
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
  if (every !== undefined && dump === undefined)
    throw new MdbenchError('option-invalid', '--every goes with --dump.');
  if (every !== undefined && (!Number.isInteger(every) || every < 1)) {
    throw new MdbenchError('option-invalid', `--every must be a whole number above 0 (received ${every}).`);
  }
  if (json !== undefined && json !== '-') checkFile('--json', json);
  if (dump !== undefined) checkFile('--dump', dump);
}

/** Prints what was measured first, so that a file that cannot be written costs no number. @returns an exit code */
async function print(outcome: RunOutcome, { json, quiet }: Flags): Promise<number> {
  const { renderTerminal } = await import('../index.js');
  if (json === '-') process.stdout.write(formatDocument(outcome.document));
  else if (!quiet) console.log(renderTerminal(outcome, { ...terminal(), files: outcome.files }));
  const problems = [...outcome.problems];
  try {
    if (json !== undefined && json !== '-') writeWhole(json, formatDocument(outcome.document));
  } catch (error) {
    problems.push(error as MdbenchError);
  }
  for (const problem of problems) console.error(`mdbench: ${problem.message}`);
  return problems.length > 0 ? measurementFailed : exitCodeOf(outcome.document);
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
