// Documents in, conclusions out: what differs, how much faster, how accurate, which gates pass. No words, no clock.

export { compareCampaigns } from './comparison.js';
export { contamination } from './contamination.js';
export {
  type Difference,
  differences,
  refuseUnlike,
  specDifferences,
  untoldConditions,
} from './differences.js';
export { decideLook } from './gate-decisions.js';
export type { GateMetric, GateNumber } from './gate-metric.js';
export { gateReasons } from './gate-reasons.js';
export { type JudgeOptions, judgeGates, refuseUnmatched } from './gates.js';
export { gateMetrics } from './metric-paths.js';
export { type ParetoPoint, paretoPoints } from './pareto.js';
export { type Headline, headlines, quotable } from './quotable.js';
export { type Shares, sharesOf } from './shares.js';
export { ratiosOf } from './speed.js';
export { compareStored, type StoredComparison, type StoredMetric } from './stored.js';
export { unsteadyShare } from './unsteady.js';
