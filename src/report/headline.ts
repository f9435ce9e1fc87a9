// The few numbers that matter, and all numbers in the order of the catalogue, ready to be set as a table.

import { metricInfo, metrics } from '../metrics/index.js';
import type { CaseResult, Metric } from '../result/document.js';
import { type FormattedMetric, formatMetric, significantDigits } from './format.js';

export interface MetricRow extends FormattedMetric {
  readonly id: string;
  readonly title: string;
  readonly metric: Metric;
}

/** First screen and terminal: what a reader looks for before anything else. */
const headlineIds = [
  'step-time-p50',
  'steps-per-second',
  'ns-per-day',
  'force-call-p50',
  'energy-drift',
  'conserved-drift',
  'rss-slope',
  'temperature-mean',
  'pressure-mean',
  'volume-mean',
  'density-mean',
  'peak-rss',
] as const;

/** Units that say more than the bare ones of the document. */
const unitNames: Readonly<Record<string, string>> = {
  'steps-per-second': 'steps/s',
  'atom-steps-per-second': 'atom-steps/s',
  'neighbor-rebuilds': '',
  'dangerous-builds': '',
};

export function headline(result: CaseResult): MetricRow[] {
  return headlineIds.flatMap((id) => metricRow(result, id) ?? []);
}

/** Every metric of a case: those of the catalogue in its order, then what an older or newer version measured. */
export function allMetrics(result: CaseResult): MetricRow[] {
  const known = metrics.map(({ id }) => id).filter((id) => id in result.metrics);
  const others = Object.keys(result.metrics).filter((id) => !known.includes(id));
  return [...known, ...others].flatMap((id) => metricRow(result, id) ?? []);
}

export function metricRow(result: CaseResult, id: string): MetricRow | null {
  const metric = result.metrics[id];
  if (!metric) return null;
  const title = metricInfo(id)?.title ?? id.replaceAll('-', ' ');
  const formatted = formatMetric(metric);
  return {
    id,
    title,
    metric,
    ...formatted,
    also: asked(result, id) ?? formatted.also,
    unit: metric.value === null ? '' : (unitNames[id] ?? formatted.unit),
  };
}

/** What the measured temperature and pressure are to be read beside. */
function asked({ dynamics }: CaseResult, id: string): string | undefined {
  if (id === 'temperature-mean') return `asked ${significantDigits(dynamics.temperature, 5)} K`;
  if (id !== 'pressure-mean' || dynamics.pressure === undefined) return undefined;
  return `asked ${significantDigits(dynamics.pressure, 4)} GPa`;
}
