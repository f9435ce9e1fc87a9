// What the worker processes of an examination answer. Plain JSON values only.

import type { ArmName } from '../result/campaign.js';
import type { Failure } from '../result/document.js';
import type { Examination, LabelledFrames, Observables } from '../result/examination.js';
import type { CaseSpec } from '../spec/case.js';

export type ExaminationRequest =
  | {
      readonly type: 'examine';
      readonly case: CaseSpec;
      readonly frames: number;
      /** Takes the frames. */
      readonly file: string;
    }
  | {
      readonly type: 'label';
      readonly arms: Readonly<Record<ArmName, CaseSpec>>;
      readonly source: ArmName;
      /** Has the frames. */
      readonly file: string;
      /** Takes the worst of them, as extended XYZ. */
      readonly worst: string;
    };

export interface ExaminedTrajectory {
  /** Null where too little was seen. */
  readonly observables: Omit<Observables, 'arm'> | null;
  /** Frames in the file. */
  readonly frames: number;
  readonly failure: Failure | null;
  readonly aborted: boolean;
}

export interface Labelled {
  /** Null where no frame could be labelled. */
  readonly frames: Omit<LabelledFrames, 'source' | 'worstFile'> | null;
  /** Whether the file of the worst frames is there. */
  readonly worstWritten: boolean;
  readonly failure: Trouble | null;
  readonly aborted: boolean;
}

/** What keeps an examination from being whole. */
export type Trouble = NonNullable<Examination['failure']>;
