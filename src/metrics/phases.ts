// Where the time of a plain step goes, in % of it: forces, neighbor list, integrator, and what is left. Sum: 100.

import type { Samples } from '../result/samples.js';
import { type Finding, type MetricContext, type MetricDefinition, notMeasured, warning } from './metric.js';
import { pooled } from './pooled.js';
import { steadyWarnings } from './steady.js';

type Phase = 'forces' | 'neighbors' | 'integrate' | 'other';

export const phaseShares = [
  share('forces', 'Forces, share of the step'),
  share('neighbors', 'Neighbor list, share of the step'),
  share('integrate', 'Integrator, share of the step'),
  share('other', 'Unattributed, share of the step'),
];

function share(phase: Phase, title: string): MetricDefinition {
  return {
    id: `phase-share-${phase}`,
    title,
    unit: '%',
    better: 'none',
    kind: 'noisy',
    region: 'whole step',
    compute: (samples, context) => shareOf(phase, samples, context),
  };
}

function shareOf(phase: Phase, samples: readonly Samples[], context: MetricContext): Finding {
  const phases = samples
    .map((sample, k) => steadyPhases(sample, context.steady[k].from))
    .filter((p) => p.step.length > 0);
  const total = phases.reduce((sum, { step }) => sum + sumOf(step), 0);
  if (!(total > 0)) return notMeasured(warning('no-samples'));
  const part = (name: Phase) => phases.reduce((sum, p) => sum + sumOf(p[name]), 0) / total;
  const fraction =
    phase === 'other' ? Math.max(1 - part('forces') - part('neighbors') - part('integrate'), 0) : part(phase);
  const around = pooled(influences(phases, phase, fraction), 'mean', context.seed, 'linear');
  return {
    value: 100 * fraction,
    low: Math.max(100 * (fraction + around.low - around.value), 0),
    high: Math.min(100 * (fraction + around.high - around.value), 100),
    n: around.n,
    warnings: [...around.warnings, ...steadyWarnings(samples, context)],
  };
}

type Phases = Record<Phase | 'step', Float64Array>;

/** The integrator is timed as a total over all steps: it gets the same fraction of every step's remainder. */
function steadyPhases({ columns, trajectory }: Samples, from: number): Phases {
  const { stepTime, forceCallTime, listTime } = columns;
  const rest = stepTime.map((time, i) => time - forceCallTime[i] - listTime[i]);
  const restTotal = sumOf(rest);
  const fraction = restTotal > 0 ? Math.min(trajectory.integrateTotal / restTotal, 1) : 0;
  return {
    step: stepTime.subarray(from),
    forces: forceCallTime.subarray(from),
    neighbors: listTime.subarray(from),
    integrate: rest.subarray(from).map((time) => time * fraction),
    other: rest.subarray(from).map((time) => time * (1 - fraction)),
  };
}

/** What each step adds to the ratio of sums (delta method): its mean is 0, its scatter that of the share. */
function influences(phases: readonly Phases[], phase: Phase, fraction: number): Float64Array[] {
  const steps = phases.reduce((sum, { step }) => sum + step.length, 0);
  const meanStep = phases.reduce((sum, { step }) => sum + sumOf(step), 0) / steps;
  return phases.map((p) => p[phase].map((time, i) => (time - fraction * p.step[i]) / meanStep));
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
