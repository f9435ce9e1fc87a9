// The table of a comparison, for the terminal, Markdown and the page alike: baseline, candidate, what is gained.

import type { ArmName } from '../../result/campaign.js';
import type { Metric } from '../../result/document.js';
import type { Estimate } from '../../result/judgement.js';
import { formatMetric, quantity, significantDigits } from '../format.js';
import {
  armName,
  countAgreement,
  driftOf,
  formatEstimate,
  ratioWords,
  rowTitles,
  unpaired,
  worstAgreement,
} from '../words/index.js';
import {
  accuracyOn,
  allForces,
  type ComparisonView,
  clientMemory,
  observablesOf,
  peakMemory,
  ratioOf,
} from './view.js';

export interface ComparisonRow {
  readonly id: string;
  readonly title: string;
  readonly baseline: string;
  readonly candidate: string;
  /** A ratio above 1 where the candidate is better, an interval, or a verdict. */
  readonly gain: string;
}

const empty = '–';

/** What was not measured has no row. */
export function comparisonRows(view: ComparisonView): ComparisonRow[] {
  return [
    timeRow(view, 'force-call-p50'),
    timeRow(view, 'step-time-p50'),
    rateRow(view),
    forceRow(view, 'baseline'),
    forceRow(view, 'candidate'),
    energyRow(view, 'baseline'),
    energyRow(view, 'candidate'),
    driftRow(view),
    temperatureRow(view),
    memoryRow(view),
    agreementRow(view),
  ].filter((row) => row !== null);
}

function timeRow(view: ComparisonView, metric: 'force-call-p50' | 'step-time-p50'): ComparisonRow | null {
  const ratio = ratioOf(view, metric);
  if (!ratio) return null;
  return {
    id: metric,
    title: rowTitles[metric],
    baseline: quantity(ratio.baseline, 'ms', 4),
    candidate: quantity(ratio.candidate, 'ms', 4),
    gain: ratioWords(ratio.speedUp),
  };
}

/** Simulated time per day, from the mean whole step of the paired campaign; from the runs without one. */
function rateRow(view: ComparisonView): ComparisonRow | null {
  const step = ratioOf(view, 'step-time-mean');
  const timestep =
    view.cases.baseline?.dynamics.timestep ?? view.campaign?.arms.baseline.spec?.dynamics.timestep;
  const shared = { id: 'ns-per-day', title: rowTitles['ns-per-day'] };
  if (step && timestep !== undefined) {
    const rate = (ms: number) => quantity((86.4 * timestep) / ms, 'ns', 4);
    return {
      ...shared,
      baseline: rate(step.baseline),
      candidate: rate(step.candidate),
      gain: ratioWords(step.speedUp),
    };
  }
  const [before, after] = both((arm) => view.cases[arm]?.metrics['ns-per-day']?.value ?? null);
  if (before === null && after === null) return null;
  const shown = (value: number | null) => (value === null ? empty : quantity(value, 'ns', 4));
  return {
    ...shared,
    baseline: shown(before),
    candidate: shown(after),
    gain: before && after ? unpaired(plainRatio(after / before)) : empty,
  };
}

function forceRow(view: ComparisonView, source: ArmName): ComparisonRow | null {
  const rmse = allForces(accuracyOn(view, source))?.rmse;
  return rmse ? errorRow(`force-rmse-${source}`, rowTitles['force-rmse'](armName(view, source)), rmse) : null;
}

function energyRow(view: ComparisonView, source: ArmName): ComparisonRow | null {
  const rmse = accuracyOn(view, source)?.energy.rmse;
  return rmse
    ? errorRow(`energy-rmse-${source}`, rowTitles['energy-rmse'](armName(view, source)), rmse)
    : null;
}

function errorRow(id: string, title: string, estimate: Estimate): ComparisonRow {
  const { value, unit, interval } = formatEstimate(estimate);
  return { id, title, baseline: empty, candidate: `${value} ${unit}`, gain: interval };
}

function driftRow(view: ComparisonView): ComparisonRow | null {
  const [before, after] = both((arm) => view.cases[arm]?.metrics['energy-drift']);
  const unit = before?.unit ?? after?.unit;
  if (unit === undefined) return null;
  return {
    id: 'energy-drift',
    title: `${rowTitles['energy-drift']}, ${unit}`,
    baseline: bare(before),
    candidate: bare(after),
    gain: driftOf(view, 'candidate')?.short ?? empty,
  };
}

/** Of the runs; of the trajectories that were examined where there are no runs. */
function temperatureRow(view: ComparisonView): ComparisonRow | null {
  const means = both(
    (arm) =>
      view.cases[arm]?.metrics['temperature-mean']?.value ??
      observablesOf(view, arm)?.temperature.mean ??
      null,
  );
  if (means.every((value) => value === null)) return null;
  const shown = (value: number | null) => (value === null ? empty : `${significantDigits(value, 4)} K`);
  const agreement = view.comparison.agreement.find(({ quantity: of }) => of === 'temperature');
  return {
    id: 'temperature-mean',
    title: rowTitles['temperature-mean'],
    baseline: shown(means[0]),
    candidate: shown(means[1]),
    gain: agreement ? agreement.state : empty,
  };
}

function memoryRow(view: ComparisonView): ComparisonRow | null {
  const own = both((arm) => peakMemory(view, arm));
  if (own.every((one) => one === null)) return null;
  const clients = both((arm) => clientMemory(view, arm));
  // Of a client that nobody saw, only our part is known.
  const shown = (k: 0 | 1) => {
    const [ours, client] = [own[k], clients[k]];
    if (ours === null) return empty;
    return client === null ? `${quantity(ours, 'B', 4)} + ?` : quantity(ours + client, 'B', 4);
  };
  const [before, after] = own.map((one, k) =>
    one === null || clients[k] === null ? null : one + clients[k],
  );
  return {
    id: 'peak-rss',
    title: rowTitles['peak-rss'],
    baseline: shown(0),
    candidate: shown(1),
    gain: before && after ? plainRatio(before / after) : empty,
  };
}

function agreementRow({ comparison: { agreement } }: ComparisonView): ComparisonRow | null {
  if (agreement.length === 0) return null;
  return {
    id: 'agreement',
    title: rowTitles.agreement,
    baseline: empty,
    candidate: worstAgreement(agreement),
    gain: countAgreement(agreement),
  };
}

function both<T>(of: (arm: ArmName) => T): [T, T] {
  return [of('baseline'), of('candidate')];
}

function bare(metric: Metric | undefined): string {
  return metric ? formatMetric(metric).value : empty;
}

function plainRatio(value: number): string {
  return `${significantDigits(value, 3)}×`;
}
