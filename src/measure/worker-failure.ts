// How a worker of a campaign failed, on its way through exceptions: an Error whose cause is this record.

import { errorCodes, MdbenchError } from '../errors.js';
import type { ArmName, CampaignFailure } from '../result/index.js';

export type WorkerFailure = Omit<CampaignFailure, 'pair'>;

export function workerError(failure: WorkerFailure): Error {
  return new Error(failure.message, { cause: failure });
}

/** The record in an error; an error of another kind is thrown on, for it is a fault of ours. */
export function failureOf(error: unknown): WorkerFailure {
  if (error instanceof Error && error.cause && typeof error.cause === 'object' && 'arm' in error.cause) {
    return error.cause as WorkerFailure;
  }
  throw error;
}

export function protocolError(arm: ArmName, message: string): Error {
  return workerError({
    arm,
    cause: 'protocol',
    message,
    hint: 'A worker answers each request with one JSON object on one line of its standard output; all else belongs on standard error.',
  });
}

/** The failure as what a person is to mend: with the worker's own code where it is one of ours. */
export function misuseOf(failure: WorkerFailure, label: string): MdbenchError {
  const { cause, message, hint } = failure;
  const sentence = `${label}: ${message}`;
  if (cause === 'aborted') return new MdbenchError('aborted', 'Stopped before anything was measured.');
  const code = cause in errorCodes ? (cause as keyof typeof errorCodes) : 'measurement-failed';
  return new MdbenchError(code, sentence, hint ?? undefined);
}
