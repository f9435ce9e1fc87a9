// mdbench doctor: what this machine can measure and what not, and why; whether checks on it can be believed.

import { type Command, Option } from 'commander';
import { defaultForceField } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { measurementFailed } from './exit-code.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { duration, list } from './values.js';

interface Flags {
  readonly json?: boolean;
  readonly selfTest?: string | true;
  readonly rules?: boolean;
  readonly noise?: string[] | true;
  readonly system?: string[];
  readonly timeBudget?: number;
  readonly quiet?: boolean;
}

export function addDoctor(program: Command): Command {
  return program
    .command('doctor')
    .description('Say what this machine can measure and what not, and why; test the check itself on it.')
    .addOption(
      new Option(
        '--self-test [force-field]',
        'check it against itself, and against itself made 5 % slower: exit 0 when both verdicts are right',
      ).conflicts('noise'),
    )
    .option('--rules', 'with --self-test: what the decision rules of other harnesses say of the same times')
    .option(
      '--noise [force-fields...]',
      'measure how times scatter between processes, sessions and blocks (default: the silicon student and teacher)',
    )
    .option('--system <names...>', 'for --self-test and --noise: systems by name')
    .option(
      '--time-budget <time>',
      'for --self-test (default: 2min), or for each force field of --noise (default: 60s)',
      duration('--time-budget'),
    )
    .option('--json', 'as JSON')
    .option('--quiet', 'no progress')
    .action(doctorAction);
}

async function doctorAction(flags: Flags): Promise<void> {
  if (flags.selfTest !== undefined || flags.rules) return selfTestAction(flags);
  if (flags.noise !== undefined) return noiseAction(flags);
  const [{ examineMachine }, { renderDoctor }] = await Promise.all([
    import('../index.js'),
    import('../report/index.js'),
  ]);
  const examination = examineMachine();
  console.log(flags.json ? JSON.stringify(examination, null, 2) : renderDoctor(examination, terminal()));
}

async function selfTestAction(flags: Flags): Promise<void> {
  const [{ selfTest }, { renderPlan, renderRules, renderSelfTest }] = await Promise.all([
    import('../index.js'),
    import('../report/index.js'),
  ]);
  const name = typeof flags.selfTest === 'string' ? flags.selfTest : defaultForceField;
  const trials = await watched(flags, ({ signal, progress }) =>
    selfTest({
      forceField: { name },
      systems: systemsOf(flags),
      timeBudget: flags.timeBudget,
      signal,
      onPairs: progress.showPairs,
      onAwaited: progress.awaited,
      onPlan: ({ contests }) =>
        progress.note(renderPlan(contests, { verb: 'check' }, terminal(process.stderr))),
    }),
  );
  if (flags.json) console.log(JSON.stringify(trials, null, 2));
  else {
    console.log(renderSelfTest(trials, terminal()));
    if (flags.rules) console.log(`\n${renderRules(trials, terminal())}`);
  }
  process.exitCode ??= trials.length === 2 && trials.every(({ right }) => right) ? 0 : measurementFailed;
}

async function noiseAction(flags: Flags): Promise<void> {
  const [{ measureNoise }, { renderNoise }] = await Promise.all([
    import('../index.js'),
    import('../report/index.js'),
  ]);
  const names = Array.isArray(flags.noise)
    ? flags.noise.flatMap(list)
    : [defaultForceField, 'silicon-teacher'];
  const found = await watched(flags, ({ signal, progress }) =>
    measureNoise({
      forceFields: names.map((name) => ({ name })),
      systems: systemsOf(flags),
      timeBudget: flags.timeBudget,
      signal,
      onPairs: progress.showPairs,
    }),
  );
  console.log(flags.json ? JSON.stringify(found, null, 2) : renderNoise(found, terminal()));
  process.exitCode ??= found.some(({ failure }) => failure) ? measurementFailed : 0;
}

/** With progress, and ended by Ctrl-C, whose exit code it leaves. */
async function watched<T>(
  { quiet }: Flags,
  task: (tools: { signal: AbortSignal; progress: ReturnType<typeof createProgressLine> }) => Promise<T>,
): Promise<T> {
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: quiet === true });
  try {
    return await task({ signal: abort.signal, progress });
  } finally {
    progress.end();
    abort.release();
    process.exitCode = abort.exitCode() ?? process.exitCode;
  }
}

function systemsOf({ system }: Flags) {
  return (system ?? []).flatMap(list).map((name) => ({ name }));
}
