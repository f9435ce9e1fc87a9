// The program of a worker process: takes one request from its parent over IPC, does it, and ends.

import { MdbenchError } from '../errors.js';
import type { CaseSpec } from '../spec/case.js';
import { createColdCalls } from './cold-calls.js';
import { dumpTrajectory } from './dump.js';
import { prepareCase } from './preparation.js';
import type { PlainError, Reply, Request, Stage } from './protocol.js';
import { explosionTemperature, measureTrajectory } from './trajectory.js';

let aborted = false;
let stage: Stage = 'prepare';

process.on('SIGINT', () => {
  // The parent decides: it asks for what was measured so far.
});
process.on('disconnect', () => process.exit(1));
process.on('message', (request: Request) => {
  if (request.type === 'abort') aborted = true;
  else void serve(request);
});
send({ type: 'ready' });

async function serve(request: Exclude<Request, { type: 'abort' }>): Promise<void> {
  try {
    send(await answer(request), () => process.exit(0));
  } catch (error) {
    send({ type: 'failed', stage, error: plain(error) }, () => process.exit(0));
  }
}

async function answer(request: Exclude<Request, { type: 'abort' }>): Promise<Reply> {
  switch (request.type) {
    case 'check':
      return { type: 'checked', prepared: await checkCases(request.cases) };
    case 'dump':
      return {
        type: 'dumped',
        frames: await dumpTrajectory(request.case, request.file, request.every, progressOf(request.case)),
      };
    case 'measure': {
      const outcome = await measureTrajectory(request.case, {
        ...progressOf(request.case),
        seed: request.seed,
        directory: request.directory,
        onPrepared: (prepared) => send({ type: 'prepared', prepared }),
      });
      return { type: 'measured', ...outcome };
    }
  }
}

async function checkCases(cases: readonly CaseSpec[]) {
  const prepared = [];
  for (const spec of cases) {
    const { records, forceField } = await prepareCase(spec, createColdCalls());
    await forceField.dispose();
    prepared.push(records);
  }
  return prepared;
}

function progressOf(spec: CaseSpec) {
  return {
    explosionTemperature: explosionTemperature(spec.dynamics.temperature),
    isAborted: () => aborted,
    onProgress(progress: Extract<Reply, { type: 'progress' }>['progress']) {
      stage = progress.stage;
      send({ type: 'progress', progress });
    },
  };
}

function send(reply: Reply, sent?: () => void): void {
  process.send?.(reply, undefined, undefined, sent);
}

function plain(error: unknown): PlainError {
  if (error instanceof MdbenchError) {
    return { code: error.code, message: error.message, hint: error.hint ?? null };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: null, message, hint: null };
}
