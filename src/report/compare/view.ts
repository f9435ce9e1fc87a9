// One candidate against the baseline on one system, with what was measured of it: the unit of a report of comparisons.

import type { ArmName, PairedCampaign } from '../../result/campaign.js';
import type { CaseResult } from '../../result/document.js';
import type { Examination, Observables } from '../../result/examination.js';
import type { Accuracy, Comparison, Ratio } from '../../result/judgement.js';
import type { ReportInput } from '../input.js';

export interface ComparisonView {
  /** Unique in the report and safe as an HTML id: `compare-2`. */
  readonly key: string;
  readonly comparison: Comparison;
  /** The campaign that counts: the last one of these two arms on this system. Null where none was begun. */
  readonly campaign: PairedCampaign | null;
  /** The campaign before the declared rerun. */
  readonly before: PairedCampaign | null;
  readonly examination: Examination | null;
  readonly cases: Readonly<Record<ArmName, CaseResult | null>>;
  readonly input: ReportInput;
}

export function listComparisons(inputs: readonly ReportInput[]): ComparisonView[] {
  const all = inputs.flatMap((input) =>
    (input.document.comparison?.comparisons ?? []).map((comparison) => ({ input, comparison })),
  );
  return all.map(({ input, comparison }, k) => ({
    key: `compare-${k + 1}`,
    comparison,
    ...campaignsOf(input, comparison),
    examination:
      input.document.examinations?.find(
        ({ id, baseline, candidate }) =>
          id === comparison.id && baseline === comparison.baseline && candidate === comparison.candidate,
      ) ?? null,
    cases: {
      baseline: caseOf(input, comparison.cases.baseline),
      candidate: caseOf(input, comparison.cases.candidate),
    },
    input,
  }));
}

export function ratioOf({ comparison }: ComparisonView, metric: string): Ratio | null {
  return comparison.ratios.find((one) => one.metric === metric) ?? null;
}

export function accuracyOn({ comparison }: ComparisonView, source: ArmName): Accuracy | null {
  return comparison.accuracy.find((one) => one.source === source) ?? null;
}

/** Over the atoms of all elements. */
export function allForces(accuracy: Accuracy | null): Accuracy['forces'][number] | null {
  return accuracy?.forces.find(({ element }) => element === 'all') ?? accuracy?.forces[0] ?? null;
}

export function observablesOf({ examination }: ComparisonView, arm: ArmName): Observables | null {
  return examination?.observables.find((one) => one.arm === arm) ?? null;
}

/** Largest resident set of any process of an arm, bytes. */
export function peakMemory({ campaign, cases }: ComparisonView, arm: ArmName): number | null {
  const ran = cases[arm]?.metrics['peak-rss']?.value ?? null;
  if (ran !== null) return ran;
  const peaks = campaign?.pairs.flatMap(({ workers }) => workers[arm].peakRss ?? []) ?? [];
  return peaks.length === 0 ? null : Math.max(...peaks);
}

/** bytes, at most, of the client of an arm with its children; 0: forces are computed here; null: not known. */
export function clientMemory({ campaign, cases }: ComparisonView, arm: ArmName): number | null {
  const sides = cases[arm]?.recording.trajectories.flatMap(({ external }) => external ?? []) ?? [];
  // Without a run of its own, only that its precision is not known tells another program.
  if (sides.length === 0) return campaign?.arms[arm].workload?.precision === null ? null : 0;
  const seen = sides.flatMap(({ processes }) => processes?.memory ?? []);
  return seen.length === 0 ? null : Math.max(...seen);
}

function campaignsOf(
  { document }: ReportInput,
  { id, baseline, candidate }: Comparison,
): Pick<ComparisonView, 'campaign' | 'before'> {
  const matching = (document.campaigns ?? []).filter(
    (one) => one.id === id && one.arms.baseline.label === baseline && one.arms.candidate.label === candidate,
  );
  const campaign = matching.at(-1) ?? null;
  return { campaign, before: campaign?.rerun ? (matching.at(-2) ?? null) : null };
}

function caseOf({ document }: ReportInput, id: string | null): CaseResult | null {
  return document.cases.find((one) => one.id === id) ?? null;
}
