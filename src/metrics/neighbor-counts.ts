// How often the neighbor list was built, and how often too late; counts over all trajectories.

import type { Samples } from '../result/samples.js';
import { exactly, type Finding, type MetricDefinition, notMeasured, warning } from './metric.js';

export const neighborRebuilds: MetricDefinition = {
  id: 'neighbor-rebuilds',
  title: 'Neighbor list rebuilds',
  unit: 'count',
  better: 'none',
  kind: 'exact',
  compute: (samples) => countOf(samples, 'rebuilds'),
};

export const dangerousBuilds: MetricDefinition = {
  id: 'dangerous-builds',
  title: 'Dangerous builds',
  unit: 'count',
  better: 'lower',
  kind: 'exact',
  compute: (samples) => countOf(samples, 'dangerousBuilds'),
};

function countOf(samples: readonly Samples[], count: 'rebuilds' | 'dangerousBuilds'): Finding {
  if (samples.length === 0) return notMeasured(warning('no-samples'));
  const counts = samples.flatMap(({ trajectory }) => trajectory.neighbors?.[count] ?? []);
  if (counts.length === 0) return notMeasured(warning('no-neighbor-list'));
  const steps = samples.reduce((sum, { trajectory }) => sum + trajectory.steps, 0);
  return exactly(
    counts.reduce((sum, value) => sum + value, 0),
    steps,
  );
}
