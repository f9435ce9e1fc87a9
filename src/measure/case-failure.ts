// Why a worker gave no result, as the failure that its case records.

import type { Failure } from '../result/index.js';
import type { Death } from './death.js';
import type { PlainError, Progress } from './protocol.js';
import { isDeath } from './worker-process.js';

type Failed = { readonly type: 'failed'; readonly stage: Failure['stage']; readonly error: PlainError };

/** @param last what it said of its progress; null: nothing */
export function failureOfWorker(outcome: Death | Failed, last: Progress | null, seed: number): Failure {
  return isDeath(outcome) ? deathFailure(outcome, last, seed) : errorFailure(outcome, seed);
}

function deathFailure(death: Death, last: Progress | null, seed: number): Failure {
  const stage = last?.stage ?? 'prepare';
  const hint =
    death.cause === 'out-of-memory' || death.cause === 'killed'
      ? 'Try a smaller system or fewer steps.'
      : null;
  return { stage, seed, step: last?.step ?? null, cause: death.cause, message: death.message, hint };
}

function errorFailure(failed: Failed, seed: number): Failure {
  const { code, message, hint } = failed.error;
  const unknown = /allocation failed/i.test(message) ? 'out-of-memory' : 'crash';
  return { stage: failed.stage, seed, step: null, cause: code ?? unknown, message, hint };
}
