// mdbench run: force fields × systems, measured; the table on stdout, progress on stderr, documents in --out.

import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import { defaultForceField } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { addCaseOptions, type CaseFlags, type Grid, gridOf, placeOf, systemsOf } from './case-options.js';
import { printOutcome } from './print.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { checkFile, number } from './values.js';

interface Flags extends CaseFlags {
  readonly suite?: string;
  readonly out: string;
  readonly json?: string;
  readonly dump?: string;
  readonly every?: number;
  readonly quiet?: boolean;
  readonly validate: boolean;
}

export function addRun(program: Command): Command {
  const command = program
    .command('run')
    .summary('measure force fields in molecular dynamics')
    .description(
      'Run each force field on each system: equilibration, then a timed trajectory. A force field is the path ' +
        'of an .onnx file, or a built-in: silicon-student (default), silicon-teacher, stillinger-weber, lennard-jones (-switched, -plain).',
    )
    .argument('[force-fields...]', 'paths of .onnx files or names of built-ins');
  return addCaseOptions(command, 1000, true)
    .addOption(
      new Option('--suite <name|file>', 'a suite of force fields, systems and dynamics').conflicts([
        'system',
        'structure',
      ]),
    )
    .option('--no-validate', 'time the force fields without examining their physics first')
    .option('--out <dir>', 'folder of result.json, report.html and report.md', 'reports/latest')
    .option('--json <file>', 'write the document here too; - is stdout')
    .option('--dump <file>', 'write frames as extended XYZ, in a pass of its own; {case} is the case id')
    .option('--every <n>', 'steps between frames (default: 100)', number('--every'))
    .option('--quiet', 'no progress and no table')
    .action(runAction);
}

async function runAction(forceFields: string[], flags: Flags): Promise<void> {
  checkFiles(flags);
  const { loadSuite, renderTerminal, run } = await import('../index.js');
  const suite = flags.suite === undefined ? null : loadSuite(flags.suite);
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: flags.quiet === true });
  const outcome = await run({
    ...withSuite(forceFields, flags, suite),
    out: flags.out,
    command: ['mdbench', ...process.argv.slice(2)],
    signal: abort.signal,
    onProgress: progress.show,
    onStage: progress.begin,
    onAwaited: progress.awaited,
    validate: flags.validate,
    onCase: progress.caseDone,
    ...(suite ? { title: suite.title } : {}),
    ...(flags.dump === undefined ? {} : { dump: { file: flags.dump, every: flags.every ?? 100 } }),
  }).finally(() => {
    progress.end();
    abort.release();
  });
  const code = printOutcome(outcome, flags, () =>
    renderTerminal(outcome, { ...terminal(), files: outcome.files }),
  );
  process.exitCode = abort.exitCode() ?? code;
}

/** What is typed goes before what the suite says. */
function withSuite(names: readonly string[], flags: Flags, suite: Grid | null): Grid {
  const typed = gridOf(names, flags);
  if (!suite) return names.length > 0 ? typed : gridOf([defaultForceField], flags);
  const forceFields = suite.forceFields.map((forceField) => ({ ...forceField, ...placeOf(flags) }));
  return {
    forceFields: names.length > 0 ? typed.forceFields : forceFields,
    systems: systemsOf(flags) ?? suite.systems,
    dynamics: { ...suite.dynamics, ...typed.dynamics },
  };
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
