// What a worker is asked for in a profile, and how the long columns of its answer cross the process boundary.

import { type MarkName, markNames, type OperatorEvent, type PassRecording } from '../profile/index.js';
import { decodeColumn, encodeColumn } from '../result/column.js';
import type { Counters, Failure, HookState, OperatorProfile } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';

/** What a profiling pass is asked for. */
export interface PassAsked {
  readonly seed: number;
  /** Measured steps: as many as the timing pass, or fewer. */
  readonly steps: number;
  /**
   * Where the CUDA hook writes its traces, and how much: the hook of this process, or those of the program that computes
   * an external force field. Null: no hook.
   */
  readonly cuda: { readonly folder: string; readonly mode: 'kernels' | 'full' } | null;
}

export interface ProfilePass {
  readonly recording: PassRecording;
  readonly counters: Counters;
  /** Of this process; null where none was asked for here. */
  readonly hook: HookState | null;
  readonly failure: Failure | null;
  readonly aborted: boolean;
}

export interface OperatorPass {
  readonly profile: OperatorProfile;
  /** The first calls that count, event by event. */
  readonly sample: readonly OperatorEvent[];
}

export type ProfileRequest =
  | ({ readonly type: 'profile'; readonly case: CaseSpec } & PassAsked)
  | {
      readonly type: 'operators';
      readonly case: CaseSpec;
      /** ms: the median force call of the timing pass. */
      readonly plainCall: number | null;
    };

export type ProfileReply =
  | ({ readonly type: 'profiled'; readonly recording: EncodedRecording } & Omit<ProfilePass, 'recording'>)
  | ({ readonly type: 'operators' } & OperatorPass);

type EncodedColumn = ReturnType<typeof encodeColumn>;

export interface EncodedRecording extends Pick<PassRecording, 'steps' | 'collections' | 'origin'> {
  readonly columns: Readonly<Record<string, EncodedColumn>>;
}

export function encodeRecording(recording: PassRecording): EncodedRecording {
  const { steps, collections, origin, marks, ...rest } = recording;
  const { conserved, rebuilt, checkpointed, switches } = rest;
  const whole = [rebuilt, checkpointed, switches].map((column) => Float64Array.from(column));
  const named = { ...marks, conserved, rebuilt: whole[0], checkpointed: whole[1], switches: whole[2] };
  const columns = Object.fromEntries(
    Object.entries(named).map(([name, column]) => [name, encodeColumn(column)]),
  );
  return { steps, collections, origin, columns };
}

export function decodeRecording({ columns, ...rest }: EncodedRecording): PassRecording {
  const column = (name: string) => decodeColumn(columns[name], name);
  return {
    ...rest,
    marks: Object.fromEntries(markNames.map((name) => [name, column(name)])) as Record<
      MarkName,
      Float64Array
    >,
    conserved: column('conserved'),
    rebuilt: Uint8Array.from(column('rebuilt')),
    checkpointed: Uint8Array.from(column('checkpointed')),
    switches: Int32Array.from(column('switches')),
  };
}
