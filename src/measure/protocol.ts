// What the parent and a worker process say to each other over IPC. Plain JSON values only.

import type { ErrorCode } from '../errors.js';
import type { CaseResult, Failure, Trajectory } from '../result/document.js';
import type { ValidationRecord } from '../result/validation.js';
import type { CaseSpec } from '../spec/case.js';
import type { ExaminationRequest, ExaminedTrajectory, Labelled } from './examination-protocol.js';
import type { ProfileReply, ProfileRequest } from './profile-protocol.js';
import type { ValidationRequest } from './validation-protocol.js';

/** What a worker is asked to do; one request a process, apart from `abort`. */
export type Request =
  | { readonly type: 'check'; readonly cases: readonly CaseSpec[] }
  | {
      readonly type: 'measure';
      readonly case: CaseSpec;
      readonly seed: number;
      readonly directory: string;
      /** Steps up to which the recording goes into the document itself. */
      readonly inlineLimit: number;
    }
  | { readonly type: 'dump'; readonly case: CaseSpec; readonly file: string; readonly every: number }
  | ExaminationRequest
  | ProfileRequest
  | ValidationRequest
  | { readonly type: 'abort' };

export type Stage = Failure['stage'];

export interface Progress {
  readonly stage: Stage;
  readonly step: number;
  readonly steps: number;
  /** ms since the stage began. */
  readonly elapsed: number;
  /** K */
  readonly temperature: number;
  /** meV/atom, the conserved quantity now against its first value; null outside the measured stage. */
  readonly drift: number | null;
}

/** The parts of a case that exist before its first step. */
export type Prepared = Pick<CaseResult, 'forceField' | 'system' | 'warnings'>;

export type Reply =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'prepared'; readonly prepared: Prepared }
  | { readonly type: 'checked'; readonly prepared: readonly Prepared[] }
  | {
      readonly type: 'measured';
      readonly trajectory: Trajectory;
      readonly failure: Failure | null;
      readonly aborted: boolean;
    }
  | { readonly type: 'dumped'; readonly frames: number; readonly aborted: boolean }
  | ({ readonly type: 'examined' } & ExaminedTrajectory)
  | ({ readonly type: 'labelled' } & Labelled)
  | ProfileReply
  | { readonly type: 'validated'; readonly record: ValidationRecord }
  | { readonly type: 'failed'; readonly stage: Stage; readonly error: PlainError };

/** An error that crosses a process boundary. `code` is null for what is not an MdbenchError. */
export interface PlainError {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly hint: string | null;
}
