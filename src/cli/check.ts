// mdbench check: a candidate against its baseline, measured in the same job or stored before. Its exit code is its verdict.

import { type Command, Option } from 'commander';
import type { CheckPlan, RunOutcome } from '../index.js';
import { parseShare } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { addCaseOptions, type CaseFlags, dynamicsOf, systemsOf } from './case-options.js';
import { candidateOf, checkedSides } from './check-sides.js';
import { checkExports, type Export, exportForms, exportOption } from './exports.js';
import { printOutcome } from './print.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { type Axis, axis, checkFile, duration, whole } from './values.js';

interface CheckFlags extends CaseFlags {
  readonly baseline?: string;
  readonly candidate?: string;
  readonly baselineCommand?: string;
  readonly candidateCommand?: string;
  readonly against?: string;
  readonly store?: string;
  readonly allowCrossMachine?: boolean;
  readonly gates?: string;
  readonly maxRegression?: number;
  readonly axis?: Axis;
  readonly timeBudget?: number;
  readonly pairs?: number;
  readonly onInconclusive: 'warn' | 'fail';
  readonly dryRun?: boolean;
  readonly export?: Export[];
  readonly out: string;
  readonly json?: string;
  readonly quiet?: boolean;
}

export function addCheck(program: Command): Command {
  const command = program
    .command('check')
    .summary('fail a build when a candidate is slower than its baseline')
    .description(
      'Check a candidate against its baseline by pairs of fresh processes, or against a stored baseline. ' +
        'Exit codes: 0 passed, 1 a gate failed, 2 misuse, 3 inconclusive (with --on-inconclusive fail), ' +
        '4 incomparable, 5 not measured.',
    )
    .option('--baseline <force-field>', 'an .onnx file or a built-in')
    .option('--candidate <force-field>', 'an .onnx file or a built-in')
    .option('--baseline-command <command>', 'instead: a command that speaks the worker protocol')
    .option('--candidate-command <command>', 'instead: a command that speaks the worker protocol')
    .addOption(
      new Option('--against <name>', 'instead: a stored baseline, see mdbench baseline').conflicts([
        'baseline',
        'baselineCommand',
      ]),
    )
    .option('--store <dir>', 'folder of stored baselines (default: .mdbench/baselines)')
    .option('--allow-cross-machine', 'with --against: also one of another machine, as an indication')
    .option('--gates <file>', 'what must hold, JSON or YAML (default: step-time-p50 of every system)')
    .addOption(
      new Option('--max-regression <share>', 'tolerated slowdown (default: 3%)')
        .argParser((text) => parseShare(text, '--max-regression'))
        .conflicts('gates'),
    )
    .option('--axis <key>', 'what differs on purpose, like threads=1,2 or precision', axis('--axis'))
    .option(
      '--time-budget <time>',
      'for everything, like 60s or 2min (default: 60s)',
      duration('--time-budget'),
    )
    .option('--pairs <n>', 'pairs of processes (default: as many as the time holds)', whole('--pairs'))
    .addOption(
      new Option('--on-inconclusive <what>', 'what an undecided check does')
        .choices(['warn', 'fail'])
        .default('warn'),
    )
    .option('--dry-run', 'print the plan and what each gate is about; measure nothing but the pilot');
  return addCaseOptions(command, 5000)
    .option('--export <kind=file...>', `write for others: ${exportForms}`, exportOption, [])
    .option('--out <dir>', 'folder of result.json, report.html and report.md', 'reports/latest')
    .option('--json <file>', 'write the document here too; - is stdout')
    .option('--quiet', 'no plan, no progress and no table')
    .action(checkAction);
}

async function checkAction(flags: CheckFlags): Promise<void> {
  if (flags.json !== undefined && flags.json !== '-') checkFile('--json', flags.json);
  checkExports(flags.export ?? []);
  const [
    { check, checkStored, loadGates, planCheck, renderCheckTerminal, renderTerminal },
    { renderCheckPlan },
    { outputsOf },
  ] = await Promise.all([import('../index.js'), import('../report/index.js'), import('./check-outputs.js')]);
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: flags.quiet === true });
  const shared = {
    ...gridOf(flags),
    gates: flags.gates === undefined ? undefined : loadGates(flags.gates),
    maxRegression: flags.maxRegression,
    timeBudget: flags.timeBudget,
    onInconclusive: flags.onInconclusive,
    out: flags.out,
    command: ['mdbench', ...process.argv.slice(2)],
    signal: abort.signal,
    onStage: progress.begin,
    onAwaited: progress.awaited,
    onPairs: progress.showPairs,
    onProgress: progress.show,
    onCase: progress.caseDone,
  };
  const done = () => {
    progress.end();
    abort.release();
  };
  if (flags.against !== undefined) {
    const { against, store, allowCrossMachine } = flags;
    const candidate = candidateOf(flags);
    const asked = { ...shared, against, store, allowCrossMachine, candidate };
    return finish(await checkStored(asked).finally(done));
  }
  const asked = { ...shared, ...checkedSides(flags), axis: flags.axis, pairs: flags.pairs };
  if (flags.dryRun) {
    const plan = await planCheck(asked).finally(done);
    console.log(renderCheckPlan(plan, terminal()));
    return;
  }
  const onPlan = (plan: CheckPlan) => progress.note(renderCheckPlan(plan, terminal(process.stderr)));
  return finish(await check({ ...asked, onPlan }).finally(done));

  function finish(outcome: RunOutcome): void {
    const layout = { ...terminal(), files: outcome.files };
    const table = () =>
      outcome.document.check
        ? renderCheckTerminal(outcome.document, layout)
        : renderTerminal(outcome, layout);
    const code = printOutcome(outcome, flags, table, outputsOf(outcome, flags));
    process.exitCode = abort.exitCode() ?? code;
  }
}

function gridOf(flags: CheckFlags) {
  return { systems: systemsOf(flags) ?? [], dynamics: dynamicsOf(flags) };
}
