// Failures in words: what happened, where, and what to do about it.

import type { Failure } from '../../result/document.js';
import { count } from '../format.js';

/** What became of a case that has no result, and what to try. */
interface FailureWords {
  /** One line: `Stopped at step 412 of the measured stage: the energy became NaN.` */
  readonly text: string;
  /** The message as it was raised. */
  readonly detail: string;
  readonly advice: string | null;
}

/** With the step: `at step 413 of the measured stage`; without: `during the measured stage`. */
const stages: Record<Failure['stage'], { step: string; none: string }> = {
  prepare: { step: 'before the first step', none: 'before the first step' },
  equilibrate: { step: 'of the equilibration', none: 'during the equilibration' },
  measure: { step: 'of the measured stage', none: 'during the measured stage' },
  dump: { step: 'while frames were written', none: 'while frames were written' },
  profile: { step: 'of the profiling pass', none: 'during the profiling pass' },
  write: { step: 'while the result was written', none: 'while the result was written' },
};

const causes: Record<string, { what: string; advice: string }> = {
  'nan-energy': {
    what: 'the energy became NaN',
    advice:
      'Look for overlapping atoms, a timestep too long for this temperature, or a model that leaves its training data.',
  },
  explosion: {
    what: 'the system exploded',
    advice:
      'Shorten the timestep or lower the temperature; if that does not help, the forces are not the gradient of the energy.',
  },
  crash: {
    what: 'the worker process crashed',
    advice: 'Run the case alone with one thread; a crash inside ONNX Runtime names its operator on stderr.',
  },
  'out-of-memory': {
    what: 'the process ran out of memory',
    advice: 'Take a smaller system, or a machine with more memory.',
  },
  killed: {
    what: 'the worker process was killed from outside',
    advice: 'Look for a memory limit or a time limit of the container or the job.',
  },
  'no-progress': {
    what: 'no step was finished for too long',
    advice: 'Try fewer atoms; a force call that never returns is a defect of the model file or its provider.',
  },
};

/** `the worker process crashed`, and what to try: of a known cause its own words, else those of the message. */
export function describeCause(cause: string, message: string): { what: string; advice: string | null } {
  const known = causes[cause];
  const what = known?.what ?? firstLower(message) ?? cause;
  return { what: what.replace(/\.$/, ''), advice: known?.advice ?? null };
}

/** @param failure as the document keeps it; unknown causes are named by their code */
export function describeFailure(failure: Failure): FailureWords {
  const { what, advice } = describeCause(failure.cause, failure.message);
  const trajectory = failure.seed === null ? '' : ` (seed ${failure.seed})`;
  const where =
    failure.step === null
      ? `Stopped ${stages[failure.stage].none}`
      : `Stopped at step ${count(failure.step)} ${stages[failure.stage].step}`;
  return {
    text: `${where}${trajectory}: ${what}.`,
    detail: failure.message,
    advice: failure.hint ?? advice,
  };
}

function firstLower(message: string): string | undefined {
  const line = message.split('\n')[0]?.trim();
  if (!line) return undefined;
  return /^[A-Z][a-z]/.test(line) ? line[0]!.toLowerCase() + line.slice(1) : line;
}
