// mdbench profile: where the time of a step goes, down to the operator and the CUDA kernel; or the kernels of any command.

import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import type { RunOutcome } from '../index.js';
import { defaultForceField } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { addCaseOptions, type CaseFlags, gridOf } from './case-options.js';
import { printOutcome } from './print.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { checkFile, whole } from './values.js';

interface Flags extends CaseFlags {
  readonly command?: string;
  readonly once?: boolean;
  readonly cuda: 'auto' | 'off' | 'kernels' | 'full';
  readonly trace?: string;
  readonly top?: number;
  readonly out: string;
  readonly json?: string;
  readonly quiet?: boolean;
}

export function addProfile(program: Command): Command {
  const command = program
    .command('profile')
    .summary('where the time of a step goes, down to operators and CUDA kernels')
    .description(
      'Run a force field as `run` does, and then again in passes of their own that look inside: phases of a step, ' +
        'operators of ONNX Runtime, processor counters, latency spikes, CUDA kernels. The times of the first run are the ' +
        'ones to quote. With --command, list the CUDA kernels of any program, by steps where it marks them with NVTX.',
    )
    .argument('[force-field]', `path of an .onnx file or name of a built-in (default: ${defaultForceField})`);
  return addCaseOptions(command)
    .option('--command <line>', 'trace this program instead, for example "python teacher.py"')
    .option(
      '--once',
      'with --command: only the traced run, not a plain one before it; what tracing costs is then unknown',
    )
    .addOption(
      new Option(
        '--cuda <what>',
        'trace CUDA: kernels and copies, or all calls too (full); auto: where the force field runs on it, or another program may',
      )
        .choices(['auto', 'off', 'kernels', 'full'])
        .default('auto'),
    )
    .option(
      '--trace <file>',
      'the timeline for ui.perfetto.dev, {case} is the case id (default: trace.json in --out)',
    )
    .option('--top <n>', 'rows of the tables on the terminal (default: 10)', whole('--top'))
    .option('--out <dir>', 'folder of result.json, report.html, report.md and trace.json', 'reports/latest')
    .option('--json <file>', 'write the document here too; - is stdout')
    .option('--quiet', 'no progress and no table')
    .action(profileAction);
}

async function profileAction(forceField: string | undefined, flags: Flags): Promise<void> {
  checkFlags(forceField, flags);
  const { profile, profileCommand, renderTerminal } = await import('../index.js');
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: flags.quiet === true });
  const shared = {
    cuda: flags.cuda,
    trace: flags.trace,
    out: flags.out,
    command: ['mdbench', ...process.argv.slice(2)],
    signal: abort.signal,
    onStage: progress.begin,
    onAwaited: progress.awaited,
  };
  const outcome = await (flags.command === undefined
    ? profile({
        ...shared,
        ...gridOf([forceField ?? defaultForceField], flags),
        onProgress: progress.show,
        onCase: progress.caseDone,
      })
    : profileCommand({
        ...shared,
        program: flags.command,
        once: flags.once === true,
        onOutput: flags.quiet ? undefined : (text) => process.stderr.write(text),
      })
  ).finally(() => {
    progress.end();
    abort.release();
  });
  const files = { ...outcome.files, ...timelines(outcome) };
  const code = printOutcome(outcome, flags, () =>
    renderTerminal(outcome, {
      ...terminal(),
      files,
      ...(flags.top ? { top: flags.top } : {}),
    }),
  );
  process.exitCode = abort.exitCode() ?? code;
}

/** By their names, behind the other files. */
function timelines({ document }: RunOutcome): Record<string, string> {
  const written = (document.profiles ?? []).flatMap(({ trace }) => trace ?? []);
  return Object.fromEntries(written.map(({ file }) => [file, file]));
}

/** What would only fail after the measurement is refused before it. */
function checkFlags(forceField: string | undefined, flags: Flags): void {
  if (flags.json !== undefined && flags.json !== '-') checkFile('--json', flags.json);
  if (flags.trace !== undefined) checkFile('--trace', flags.trace);
  if (flags.once && flags.command === undefined)
    throw new MdbenchError('option-invalid', '--once goes with --command.');
  if (flags.command === undefined) return;
  if (flags.command.trim() === '')
    throw new MdbenchError(
      'option-invalid',
      '--command takes a program with its arguments (received nothing).',
    );
  if (forceField !== undefined || flags.system || flags.structure !== undefined || flags.steps !== undefined)
    throw new MdbenchError(
      'option-invalid',
      '--command traces a program of yours: a force field, a system or steps do not go with it.',
      'Leave them out, or leave --command out to profile a force field.',
    );
  if (flags.cuda === 'off')
    throw new MdbenchError('option-invalid', '--command has nothing to do with --cuda off.');
}
