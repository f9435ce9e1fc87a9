// Documents in, conclusions out: what differs, how much faster, how accurate, which gates pass. No words, no clock.

export { compareCampaigns } from './comparison.js';
export {
  differences,
  refuseUnlike,
  specDifferences,
  unknownPrecision,
  untoldConditions,
} from './differences.js';
export { isAbout } from './gate-about.js';
export { alphaDivisor, decideLook, isSpoiled } from './gate-decisions.js';
export type { GateMetric, GateNumber } from './gate-metric.js';
export { gateReasons } from './gate-reasons.js';
export { judgeGates, refuseUnmatched } from './gates.js';
export { gateMetrics } from './metric-paths.js';
export { sharesOf } from './shares.js';
export { ratiosOf } from './speed.js';
export { compareStored } from './stored.js';
export { unsteadyShare } from './unsteady.js';
