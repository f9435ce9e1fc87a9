// What a worker process does with its one request. It loads what that request needs and no more: a worker's start is paid
// for each time, and most workers measure.

import { MdbenchError } from '../errors.js';
import { awaitedAddress } from '../forcefield/index.js';
import type { CaseSpec } from '../spec/case.js';
import { prepareCase, systemOf } from './preparation.js';
import type { PlainError, Prepared, Progress, Reply, Request, Stage } from './protocol.js';
import { explosionTemperature, measureTrajectory } from './trajectory.js';

export type Task = Exclude<Request, { type: 'abort' }>;

export interface Line {
  send(reply: Reply): void;
  isAborted(): boolean;
}

/** Does what was asked; an error is an answer too. */
export async function serve(task: Task, line: Line): Promise<Reply> {
  let stage: Stage = 'prepare';
  const options = (spec: CaseSpec) => ({
    explosionTemperature: explosionTemperature(spec.dynamics.temperature),
    isAborted: line.isAborted,
    onProgress(progress: Progress) {
      stage = progress.stage;
      line.send({ type: 'progress', progress });
    },
  });
  try {
    switch (task.type) {
      case 'check':
        return { type: 'checked', prepared: await checkCases(task.cases, line) };
      case 'dump': {
        const { dumpTrajectory } = await import('./dump.js');
        return {
          type: 'dumped',
          ...(await dumpTrajectory(task.case, task.file, task.every, options(task.case))),
        };
      }
      case 'examine': {
        const { examineTrajectory } = await import('./examined-trajectory.js');
        const { frames, file } = task;
        return {
          type: 'examined',
          ...(await examineTrajectory(task.case, { ...options(task.case), frames, file })),
        };
      }
      case 'label': {
        const { labelFrames } = await import('./labelled-frames.js');
        const { type: _, ...asked } = task;
        const { onProgress, isAborted } = options(task.arms[task.source]);
        return { type: 'labelled', ...(await labelFrames({ ...asked, onProgress, isAborted })) };
      }
      case 'profile': {
        const { runProfilePass } = await import('./profile-pass.js');
        const { encodeRecording } = await import('./profile-protocol.js');
        const { seed, steps, cuda } = task;
        const pass = await runProfilePass(task.case, { ...options(task.case), seed, steps, cuda });
        return { type: 'profiled', ...pass, recording: encodeRecording(pass.recording) };
      }
      case 'operators': {
        stage = 'profile';
        const { runOperatorPass } = await import('./operator-pass.js');
        const { onProgress, isAborted } = options(task.case);
        const { plainCall } = task;
        const pass = await runOperatorPass(task.case, { plainCall, onProgress, isAborted });
        return { type: 'operators', ...pass };
      }
      case 'validate': {
        const { validateForceField } = await import('./validation.js');
        return { type: 'validated', record: await validateForceField(task, line.isAborted) };
      }
      case 'measure': {
        const { seed, directory, inlineLimit } = task;
        const onPrepared: (prepared: Prepared) => void = (prepared) =>
          line.send({ type: 'prepared', prepared });
        const place = { seed, directory, inlineLimit, onPrepared };
        return {
          type: 'measured',
          ...(await measureTrajectory(task.case, { ...options(task.case), ...place })),
        };
      }
    }
  } catch (error) {
    return { type: 'failed', stage, error: plain(error) };
  }
}

/** Stops between two cases when asked to; what was prepared until then is of no use, and the parent knows. */
async function checkCases(cases: readonly CaseSpec[], line: Line): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  const atoms = new Map<string, number>();
  for (const spec of cases) {
    const records = isForOneSize(spec, atoms) ? unknown : await checkCase(spec);
    prepared.push(records);
    line.send({ type: 'prepared', prepared: records });
    await new Promise((resolve) => setImmediate(resolve));
    if (line.isAborted()) break;
  }
  return prepared;
}

const unknown: Prepared = { forceField: null, system: null, warnings: [] };

/** A client that somebody else started may end where the number of atoms is another: that is for the case itself to find. */
function isForOneSize({ forceField: { name }, system }: CaseSpec, atoms: Map<string, number>): boolean {
  if (awaitedAddress(name) === null) return false;
  const { length } = systemOf(system).numbers;
  const before = atoms.get(name) ?? length;
  atoms.set(name, before);
  return before !== length;
}

async function checkCase(spec: CaseSpec): Promise<Prepared> {
  const { createColdCalls } = await import('./cold-calls.js');
  const { records, forceField } = await prepareCase(spec, createColdCalls());
  await forceField.dispose();
  return records;
}

function plain(error: unknown): PlainError {
  if (error instanceof MdbenchError) {
    return { code: error.code, message: error.message, hint: error.hint ?? null };
  }
  return { code: null, message: error instanceof Error ? error.message : String(error), hint: null };
}
