// The charts of a case, in the order of the page. To add one: a file beside these, a line here, its words, a test.

import type { Chart } from './chart.js';
import { coldStart } from './cold-start.js';
import { energy } from './energy.js';
import { energyParts } from './energy-parts.js';
import { latencyDistribution } from './latency-distribution.js';
import { latencyOverSteps } from './latency-over-steps.js';
import { memory } from './memory.js';
import { pressure } from './pressure.js';
import { temperature } from './temperature.js';
import { volume } from './volume.js';

export type { Chart, ChartContent, Detail } from './chart.js';
export { comparison, comparisonContent } from './comparison.js';
export { control, controlContent } from './control.js';
export { costModel, costModelContent } from './cost-model.js';
export { type CurveName, curveOverlay, curveOverlayContent } from './curve-overlays.js';
export { forceParity, forceParityContent } from './force-parity.js';
export { frameErrors, frameErrorsContent } from './frame-errors.js';
export { operators, operatorsContent } from './operators.js';
export { pairRatios, pairRatiosContent } from './pair-ratios.js';
export { type DriftState, type ParetoPoint, pareto, paretoContent } from './pareto.js';
export { spikes, spikesContent } from './spikes.js';

export const charts = {
  latencyOverSteps,
  latencyDistribution,
  energy,
  energyParts,
  temperature,
  pressure,
  volume,
  memory,
  coldStart,
} satisfies Record<string, Chart>;
