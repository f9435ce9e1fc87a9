// The numbers of the one line that a person quotes: how much faster, how accurate, does it conserve, does it show the same.

import type { ArmName } from '../result/campaign.js';
import type { ResultDocument, Verdict } from '../result/document.js';
import type { Agreement, Comparison, ComparisonReport, Estimate } from '../result/judgement.js';

export interface Headline {
  readonly baseline: string;
  readonly candidate: string;
  readonly system: string;
  readonly atoms: number | null;
  /** Speed-up of the whole step, and of the force call alone. */
  readonly step: Estimate | null;
  readonly forceCall: Estimate | null;
  /** By the interval of the whole step; null without one. */
  readonly speed: 'faster' | 'slower' | 'no clear difference' | null;
  /** Share of the whole step that is the force field. */
  readonly forceShare: Readonly<Record<ArmName, number | null>>;
  /** Force RMSE in eV/Å over all atoms, whose frames it is on, and as a share of the baseline's forces there. */
  readonly forceError: Estimate | null;
  readonly frames: ArmName | null;
  readonly relativeError: number | null;
  readonly drift: Readonly<Record<ArmName, Verdict['state'] | null>>;
  /** The worst of all quantities. */
  readonly agreement: Agreement['state'] | null;
}

/** Of the first comparison; null without one. */
export function quotable(report: ComparisonReport, document: ResultDocument): Headline | null {
  return headlines(report, document)[0] ?? null;
}

/** One a comparison, in order. */
export function headlines(report: ComparisonReport, document: ResultDocument): Headline[] {
  return report.comparisons.map((comparison) => headlineOf(comparison, document));
}

function headlineOf(comparison: Comparison, document: ResultDocument): Headline {
  const { baseline, candidate, id, atoms, shares } = comparison;
  const speedUp = (metric: string) => comparison.ratios.find((one) => one.metric === metric)?.speedUp ?? null;
  const step = speedUp('step-time-p50') ?? speedUp('step-time-mean');
  const own = comparison.accuracy.find(({ source }) => source === 'candidate') ?? comparison.accuracy[0];
  const all = own?.forces.find(({ element }) => element === 'all');
  const driftOf = (arm: ArmName) =>
    document.cases.find((result) => result.id === comparison.cases[arm])?.metrics['energy-drift']?.verdict
      ?.state ?? null;
  return {
    baseline,
    candidate,
    system: id,
    atoms,
    step,
    forceCall: speedUp('force-call-p50'),
    speed: step && speedOf(step),
    forceShare: { baseline: shares.baseline?.forces ?? null, candidate: shares.candidate?.forces ?? null },
    forceError: all?.rmse ?? null,
    frames: own?.source ?? null,
    relativeError: all && all.size > 0 ? all.rmse.value / all.size : null,
    drift: { baseline: driftOf('baseline'), candidate: driftOf('candidate') },
    agreement: worstOf(comparison.agreement),
  };
}

function speedOf({ low, high }: Estimate): Headline['speed'] {
  if (low === null || high === null) return null;
  if (low > 1) return 'faster';
  return high < 1 ? 'slower' : 'no clear difference';
}

function worstOf(agreement: readonly Agreement[]): Agreement['state'] | null {
  const order = ['differs', 'unclear', 'agrees'] as const;
  return order.find((state) => agreement.some((one) => one.state === state)) ?? null;
}
