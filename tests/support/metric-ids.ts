// The ids of all metrics. They are written into documents and gates, so they stay.

export const metricIds = [
  'steps-per-second',
  'ns-per-day',
  'atom-steps-per-second',
  'step-time-p50',
  'step-time-p90',
  'step-time-p99',
  'force-call-p50',
  'force-call-p90',
  'force-call-p99',
  'session-create-time',
  'first-call-time',
  'phase-share-forces',
  'phase-share-neighbors',
  'phase-share-integrate',
  'phase-share-other',
  'neighbor-rebuilds',
  'dangerous-builds',
  'energy-drift',
  'energy-fluctuation',
  'temperature-mean',
  'momentum-max',
  'peak-rss',
  'rss-slope',
  'heap-slope',
];

/** Of ensembles with a bath alone; `energyIds` are of NVE alone. */
export const bathIds = [
  'conserved-drift',
  'conserved-fluctuation',
  'pressure-mean',
  'volume-mean',
  'density-mean',
];
export const energyIds = ['energy-drift', 'energy-fluctuation'];
