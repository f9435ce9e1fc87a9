// What a worker is asked for in a profile, and how the long columns of its answer cross the process boundary.

import { type MarkName, markNames, type PassRecording } from '../profile/index.js';
import { decodeColumn, encodeColumn } from '../result/column.js';
import type { CaseSpec } from '../spec/case.js';
import type { OperatorPass } from './operator-pass.js';
import type { ProfilePass, ProfilePassOptions } from './profile-pass.js';

export type ProfileRequest =
  | ({ readonly type: 'profile'; readonly case: CaseSpec } & Pick<
      ProfilePassOptions,
      'seed' | 'steps' | 'cuda'
    >)
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
