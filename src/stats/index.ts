// Numbers in, numbers out: location, spread, correlation, intervals, slopes, change points.

export { autocorrelationTime, effectiveSamples } from './autocorrelation.js';
export {
  type BootstrapInterval,
  blockBootstrap,
  fewestEffective,
} from './block-bootstrap.js';
export { changePoints } from './change-points.js';
export { type Decision, decide, decideAll } from './decision.js';
export { earlyStoppingSamples } from './early-stopping.js';
export { extremesPerBin } from './extremes.js';
export { crossing, type FittedLine, fitLine } from './line.js';
export { lookSchedule, smallestDetectable } from './looks.js';
export { mannKendall } from './mann-kendall.js';
export { mannWhitney } from './mann-whitney.js';
export { mean, medianAbsoluteDeviation, standardDeviation } from './moments.js';
export { blockEffects, pairEffect, ratioInterval } from './paired.js';
export { quantile, sorted, sortedQuantile } from './quantile.js';
export { type RawArms, rivalRules } from './rival-rules.js';
export { leastSquares, theilSen } from './slope.js';
export { type SteadyClass, type SteadyState, steadyState } from './steady-state.js';
export { type Interval, tFactor, tInterval } from './student.js';
export { windowTrend } from './trend.js';
export { optimalRepetitions, varianceComponents } from './variance-components.js';
export { welch } from './welch.js';
