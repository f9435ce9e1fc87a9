// What happens once: loading the force field and its first call, in ms, a value for each trajectory (a fresh process).

import type { Samples } from '../result/samples.js';
import { mean } from '../stats/index.js';
import { exactly, type Finding, type MetricDefinition, notMeasured, warning } from './metric.js';
import { between } from './pooled.js';

/** Values that an interval needs. */
const fewest = 3;

export const sessionCreateTime: MetricDefinition = {
  id: 'session-create-time',
  title: 'Loading the force field',
  unit: 'ms',
  better: 'lower',
  kind: 'noisy',
  region: 'session create',
  compute: (samples) => onceEach(samples, (cold) => cold.sessionCreate),
};

export const firstCallTime: MetricDefinition = {
  id: 'first-call-time',
  title: 'First force call',
  unit: 'ms',
  better: 'lower',
  kind: 'noisy',
  region: 'force call',
  compute: (samples) => onceEach(samples, (cold) => cold.firstCall),
};

function onceEach(
  samples: readonly Samples[],
  pick: (cold: Samples['trajectory']['cold']) => number,
): Finding {
  const values = samples.map(({ trajectory }) => pick(trajectory.cold));
  if (values.length === 0) return notMeasured(warning('no-samples'));
  const value = mean(values);
  if (values.length < fewest) {
    return exactly(value, values.length, [
      warning('few-trajectories', { trajectories: values.length, needed: fewest }),
    ]);
  }
  return { value, ...between(value, values, 'log'), n: values.length, warnings: [] };
}
