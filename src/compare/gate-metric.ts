// What a gate judges: one number of a document with all that is needed to judge it.

import type { ArmName, PairedCampaign } from '../result/campaign.js';

/** A number as it stands, with its interval; null: none. */
export interface GateNumber {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly n: number;
  /** Judged by its value: the same on every run, or an extreme that was seen. */
  readonly exact: boolean;
  /** The interval holds the scatter within one run alone. */
  readonly withinRun: boolean;
  /** Code of the metric's own warning, where there is no value. */
  readonly missing: string | null;
}

export interface GateMetric {
  readonly path: string;
  /** The candidate's path by the label that both arms share; null: it has another, or none in common. */
  readonly alias: string | null;
  readonly metric: string;
  /** Null: of a case that is neither arm of a campaign. */
  readonly arm: ArmName | null;
  readonly from: 'case' | 'campaign' | 'examination';
  readonly state: 'measured' | 'failed' | 'aborted' | 'skipped';
  /** Of what failed. */
  readonly failure: { readonly cause: string; readonly message: string } | null;
  readonly number: GateNumber | null;
  /** The same by other sources, which have to keep to a limit as well. */
  readonly others?: readonly GateNumber[];
  /** The same number of the baseline, for the candidate's. */
  readonly counterpart: GateNumber | null;
  readonly better: 'lower' | 'higher' | 'none';
  /** That measured it in pairs: of a time of either arm. */
  readonly campaign: PairedCampaign | null;
}
