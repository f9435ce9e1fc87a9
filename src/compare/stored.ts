// New runs of one arm against a stored baseline: Welch's t on the logarithms of process medians. Never more than
// indicative: between the two lies whatever changed on the machine.

import { MdbenchError } from '../errors.js';
import type { SoloRun, StoredBaseline } from '../result/baseline.js';
import type { Warning } from '../result/document.js';
import {
  type Fingerprint,
  type FingerprintDifference,
  fingerprintDifferences,
} from '../result/fingerprint.js';
import type { Estimate } from '../result/judgement.js';
import { welch } from '../stats/index.js';
import { estimateOf } from './estimate.js';

/** Runs that the baseline needs for a judgement. */
const fewestRuns = 10;

interface StoredMetric {
  readonly metric: string;
  /** Change of time as a share, > 0: slower than stored; two-sided 95 % bounds. */
  readonly change: Estimate;
  /** Processes behind it. */
  readonly runs: { readonly baseline: number; readonly candidate: number };
}

export interface StoredComparison {
  readonly baseline: string;
  readonly candidate: string;
  /** Names the system, for paths of gates. */
  readonly system: string;
  readonly metrics: readonly StoredMetric[];
  /** Enough runs to judge by. */
  readonly enough: boolean;
  readonly warnings: readonly Warning[];
}

export interface NewRuns {
  readonly label: string;
  readonly system: string;
  readonly fingerprint: Fingerprint;
  readonly runs: readonly SoloRun[];
}

/**
 * Only the version of mdbench may differ freely.
 * @throws MdbenchError(incomparable) for another workload; for another machine or software unless `crossMachine`
 */
export function compareStored(
  stored: StoredBaseline,
  now: NewRuns,
  options: { readonly crossMachine: boolean },
): StoredComparison {
  const found = fingerprintDifferences(stored.fingerprint, now.fingerprint).filter(
    ({ key }) => key !== 'tool',
  );
  const workload = found.filter(({ group }) => group === 'workload');
  const machine = found.filter(({ group }) => group !== 'workload');
  if (workload.length > 0) throw unlike(stored, workload, 'Run what was stored, or store it again.');
  if (machine.length > 0 && !options.crossMachine) {
    throw unlike(stored, machine, 'Store a baseline here, or use --allow-cross-machine for an indication.');
  }
  return {
    baseline: stored.name,
    candidate: now.label,
    system: now.system,
    metrics: metricsOf(stored.runs, now.runs),
    enough: stored.runs.length >= fewestRuns,
    warnings: warningsOf(stored, machine),
  };
}

function metricsOf(before: readonly SoloRun[], now: readonly SoloRun[]): StoredMetric[] {
  const told = (runs: readonly SoloRun[], metric: string) =>
    runs.length > 0 && runs.every(({ metrics }) => metrics[metric] > 0);
  return Object.keys(now[0]?.metrics ?? {})
    .filter((metric) => told(before, metric) && told(now, metric))
    .map((metric) => {
      const logs = (runs: readonly SoloRun[]) => runs.map(({ metrics }) => Math.log(metrics[metric]));
      const { value, low, high } = welch(logs(before), logs(now)).difference;
      const change = { value: Math.expm1(value), low: Math.expm1(low), high: Math.expm1(high) };
      return {
        metric,
        change: estimateOf(change, 'share', now.length),
        runs: { baseline: before.length, candidate: now.length },
      };
    });
}

function warningsOf({ name, runs }: StoredBaseline, machine: readonly FingerprintDifference[]): Warning[] {
  const keys = machine.map(({ key }) => key).join(', ');
  return [
    ...(machine.length > 0 ? [{ code: 'cross-machine', values: { baseline: name, keys } }] : []),
    ...(runs.length < fewestRuns
      ? [{ code: 'few-stored-runs', values: { baseline: name, runs: runs.length, needed: fewestRuns } }]
      : []),
  ];
}

function unlike(stored: StoredBaseline, found: readonly FingerprintDifference[], hint: string): MdbenchError {
  const listed = found.map(
    ({ group, key, baseline, candidate }) => `${key} (${group}: ${baseline} stored, ${candidate} here)`,
  );
  return new MdbenchError(
    'incomparable',
    `The baseline ${stored.name} was not measured under these conditions; it differs in ${listed.join('; ')}.`,
    hint,
  );
}
