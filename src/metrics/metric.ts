// What a metric is: a name, a unit, which way is better, and how it is found in the samples of one case.

import type { CaseResult, Metric, Warning } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import type { SteadyState } from '../stats/index.js';

export interface MetricInfo {
  /** kebab-case, never renamed. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher' | 'none';
  /** `exact`: the same on every run with the same seed. `noisy`: compare intervals. */
  readonly kind: 'exact' | 'noisy';
  /** What the clock ran over, for times, rates and shares. */
  readonly region?: string;
}

export interface MetricContext {
  readonly result: CaseResult;
  /** Of every trajectory, from its whole-step times. */
  readonly steady: readonly SteadyState[];
  /** Seed of the resampling. */
  readonly seed: number;
}

/** A metric as its own file finds it; unit and region are put on by `computeMetrics`. */
export interface Finding {
  /** NaN: not measured, and `warnings` says why. */
  readonly value: number;
  /** Not finite: no interval. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly also?: Metric['also'];
  readonly verdict?: Metric['verdict'];
  readonly warnings: readonly Warning[];
}

export interface MetricDefinition extends MetricInfo {
  /** Whether a case has such a number at all; default: every case. */
  applies?(result: CaseResult, samples: readonly Samples[]): boolean;
  compute(samples: readonly Samples[], context: MetricContext): Finding;
}

/** A thermostat, perhaps a barostat: what is conserved is not the energy. */
export function hasBath({ dynamics }: CaseResult): boolean {
  return dynamics.ensemble !== 'nve';
}

export function warning(code: string, values: Warning['values'] = {}): Warning {
  return { code, values };
}

export function notMeasured(...warnings: Warning[]): Finding {
  return { value: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0, warnings };
}

/** A number that has no interval. */
export function exactly(value: number, n: number, warnings: readonly Warning[] = []): Finding {
  return { value, low: Number.NaN, high: Number.NaN, n, warnings };
}
