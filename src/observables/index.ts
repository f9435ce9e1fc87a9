// What a trajectory shows: radial distribution, velocity autocorrelation, vibrational spectrum.

export type { Curve } from './curve.js';
export { planSampling } from './plan.js';
export { powerSpectrum } from './power-spectrum.js';
export { createRadialDistribution } from './radial-distribution.js';
export { velocityAutocorrelation } from './velocity-autocorrelation.js';
export { createVelocityRecord } from './velocity-record.js';
