// mdbench compare: how much faster a student is, how accurate, whether it conserves, up to which size. It judges nothing.

import type { Command } from 'commander';
import { abortOnSignals } from './abort.js';
import { addCaseOptions, type CaseFlags, gridOf } from './case-options.js';
import { printOutcome } from './print.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { type Axis, axis, checkFile, duration, whole } from './values.js';

interface Flags extends CaseFlags {
  readonly axis?: Axis;
  readonly frames?: number;
  readonly timeBudget?: number;
  readonly validate: boolean;
  readonly pairs?: number;
  readonly out: string;
  readonly json?: string;
  readonly quiet?: boolean;
}

export function addCompare(program: Command): Command {
  const command = program
    .command('compare')
    .summary('a teacher and its students: speed-up, accuracy, drift')
    .description(
      'Compare students with their teacher: speed-up of force call and whole step in pairs of fresh processes, forces ' +
        'and energies on frames of both trajectories, drift, structure and dynamics of each, memory, sizes. ' +
        'Exit code 0 whatever the numbers say.',
    )
    .argument('<force-fields...>', 'the teacher, then its students: .onnx files or names of built-ins');
  return addCaseOptions(command, 5000)
    .option('--frames <n>', 'frames of each trajectory that both label (default: 100)', whole('--frames'))
    .option(
      '--time-budget <time>',
      'for the pairs of processes together, like 60s or 2min (default: 60s)',
      duration('--time-budget'),
    )
    .option('--pairs <n>', 'pairs of processes (default: as many as the time holds)', whole('--pairs'))
    .option(
      '--axis <key=a,b>',
      'what differs on purpose: provider=cpu,cuda or threads=1,2 gives each force field its own value, or one alone ' +
        'all of them; a key alone, such as precision, is let differ',
      axis('--axis'),
    )
    .option('--no-validate', 'time the force fields without examining their physics first')
    .option('--out <dir>', 'folder of result.json, report.html and report.md', 'reports/latest')
    .option('--json <file>', 'write the document here too; - is stdout')
    .option('--quiet', 'no plan, no progress and no table')
    .action(compareAction);
}

async function compareAction(names: string[], flags: Flags): Promise<void> {
  if (flags.json !== undefined && flags.json !== '-') checkFile('--json', flags.json);
  const [{ compare, renderTerminal }, { renderPlan }] = await Promise.all([
    import('../index.js'),
    import('../report/index.js'),
  ]);
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: flags.quiet === true });
  const outcome = await compare({
    ...gridOf(names, flags),
    axis: flags.axis,
    frames: flags.frames,
    validate: flags.validate,
    timeBudget: flags.timeBudget,
    pairs: flags.pairs,
    out: flags.out,
    command: ['mdbench', ...process.argv.slice(2)],
    signal: abort.signal,
    onPlan: ({ contests, closeEnough }) =>
      progress.note(renderPlan(contests, { verb: 'compare', closeEnough }, terminal(process.stderr))),
    onStage: progress.begin,
    onAwaited: progress.awaited,
    onPairs: progress.showComparison,
    onProgress: progress.show,
    onCase: progress.caseDone,
  }).finally(() => {
    progress.end();
    abort.release();
  });
  const code = printOutcome(outcome, flags, () =>
    renderTerminal(outcome, { ...terminal(), files: outcome.files }),
  );
  process.exitCode = abort.exitCode() ?? code;
}
