// mdbench worker: one side of a paired campaign on stdin and stdout, to be started by mdbench check --baseline-command.

import type { Command } from 'commander';
import { MdbenchError } from '../errors.js';
import { defaultForceField, parseShare } from '../spec/index.js';
import { addCaseOptions, type CaseFlags, gridOf } from './case-options.js';

interface Flags extends CaseFlags {
  readonly handicap?: number;
}

/** What the other end of the protocol says, request by request. */
const asked = ['--steps', '--seed', '--seeds'] as const;

export function addWorker(program: Command): Command {
  const command = program
    .command('worker')
    .summary('run one case on request, as one side of mdbench check')
    .description(
      'Speak the worker protocol on stdin and stdout, one JSON object a line: prepare, warm up, measure segments, end. ' +
        'mdbench check --baseline-command and --candidate-command start it; benchmarks/worker-protocol.md says how to ' +
        'write a worker of your own.',
    )
    .argument('[force-field]', 'path of an .onnx file or name of a built-in', defaultForceField);
  addCaseOptions(command).option(
    '--handicap <share>',
    'repeat part of each force call: 5% plants a slowdown of 5 %',
    (text) => parseShare(text, '--handicap'),
  );
  for (const option of command.options) option.hidden ||= asked.some((name) => name === option.long);
  return command.action(workerAction);
}

async function workerAction(forceField: string, flags: Flags): Promise<void> {
  const wrong = asked.find((option) => flags[option.slice(2) as 'steps' | 'seed' | 'seeds'] !== undefined);
  if (wrong !== undefined) {
    throw new MdbenchError('option-invalid', `${wrong} is no option of a worker: each request says it.`);
  }
  const { serveWorker } = await import('../run-worker.js');
  const ended = await serveWorker({ ...gridOf([forceField], flags), handicap: flags.handicap });
  if (!ended) process.exitCode = 5;
}
