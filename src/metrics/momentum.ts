// Largest norm of the total momentum in amu·Å/fs: forces that do not sum to zero make it grow.

import { exactly, type MetricDefinition, notMeasured, warning } from './metric.js';

export const momentumMax: MetricDefinition = {
  id: 'momentum-max',
  title: 'Largest total momentum',
  unit: 'amu·Å/fs',
  better: 'lower',
  kind: 'exact',
  compute: (samples) => {
    const steps = samples.reduce((sum, { trajectory }) => sum + trajectory.steps, 0);
    if (steps === 0) return notMeasured(warning('no-samples'));
    return exactly(Math.max(...samples.map(({ trajectory }) => trajectory.momentumMax)), steps);
  },
};
