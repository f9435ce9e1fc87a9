// The numbers of the candidate for services that draw them over commits: github-action-benchmark and Bencher.

import { type GateMetric, type GateNumber, gateMetrics } from '../../compare/index.js';
import type { ResultDocument } from '../../result/document.js';

interface Tracked {
  /** `<force field>/<system>` */
  readonly subject: string;
  readonly metric: string;
  readonly better: GateMetric['better'];
  readonly number: GateNumber & { readonly value: number };
}

/**
 * JSON text for `tool: customSmallerIsBetter` of github-action-benchmark: the times and the size of the energy drift,
 * for in these alone less is better.
 */
export function toGithubActionBenchmark(document: ResultDocument): string {
  const entries = tracked(document).flatMap(({ subject, metric, better, number }) => {
    const drift = metric === 'energy-drift';
    if (!drift && !(better === 'lower' && number.unit === 'ms')) return [];
    const { value, low, high, unit, n } = number;
    const bounded = low !== null && high !== null;
    return {
      name: `${subject}/${metric}`,
      unit,
      value: drift ? Math.abs(value) : value,
      ...(bounded ? { range: `± ${Number(((high - low) / 2).toPrecision(3))}` } : {}),
      extra: [
        ...(bounded ? [`95 % interval ${Number(low.toPrecision(5))} to ${Number(high.toPrecision(5))}`] : []),
        `n = ${n}`,
        `mdbench ${document.tool.version}`,
      ].join('\n'),
    };
  });
  return `${JSON.stringify(entries, null, 1)}\n`;
}

/** JSON text in Bencher Metric Format: every number that has a better side, and the drift, in the units of the document. */
export function toBencher(document: ResultDocument): string {
  const benchmarks: Record<string, Record<string, object>> = Object.create(null);
  for (const { subject, metric, better, number } of tracked(document)) {
    if (better === 'none' && metric !== 'energy-drift') continue;
    const { value, low, high } = number;
    benchmarks[subject] ??= Object.create(null) as Record<string, object>;
    benchmarks[subject][metric] = {
      value,
      ...(low === null || high === null ? {} : { lower_value: low, upper_value: high }),
    };
  }
  return `${JSON.stringify(benchmarks, null, 1)}\n`;
}

/** What was measured of the candidate, or of a case that is no arm. */
function tracked(document: ResultDocument): Tracked[] {
  const found = new Map<string, Tracked>();
  for (const { path, metric, arm, better, number } of gateMetrics(document)) {
    if (arm === 'baseline' || number?.value == null || !Number.isFinite(number.value)) continue;
    const subject = path.slice(0, path.length - metric.length - 1);
    found.set(path, { subject, metric, better, number: { ...number, value: number.value } });
  }
  return [...found.values()];
}
