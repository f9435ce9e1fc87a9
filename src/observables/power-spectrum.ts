// Vibrational spectrum: the cosine transform of an autocorrelation (Wiener–Khinchin; Allen & Tildesley, Computer Simulation
// of Liquids, 2nd ed., section 2.7 and appendix D) under a Hann lag window (Blackman & Tukey, 1958). fs in, THz out.

import type { Curve } from './curve.js';

/**
 * From 0 to the Nyquist frequency of the sampling, of unit area (trapezoid rule). The window ½(1 + cos πτ/(L+1)) blurs a
 * line to a full width at half maximum of 1/(LΔt), for L lags of Δt, and can leave small negative values beside it.
 * @param autocorrelation abscissa in fs
 * @param intervals of the frequency grid: the lags that were planned, so that two trajectories share one grid
 */
export function powerSpectrum(autocorrelation: Curve, intervals: number): Curve {
  const { width, whole, halves } = autocorrelation;
  const transform = (values: readonly number[]) =>
    unitArea(cosineTransform(values, intervals), nyquist / intervals);
  const nyquist = 500 / width;
  return {
    start: 0,
    width: nyquist / intervals,
    whole: transform(whole),
    halves: [transform(halves[0]), transform(halves[1])],
  };
}

function cosineTransform(values: readonly number[], intervals: number): number[] {
  const windowed = values.map((value, lag) => 0.5 * (1 + Math.cos((Math.PI * lag) / values.length)) * value);
  return Array.from({ length: intervals + 1 }, (_, k) => {
    let sum = 0;
    for (let lag = 1; lag < windowed.length; lag++) {
      sum += windowed[lag] * Math.cos((Math.PI * ((k * lag) % (2 * intervals))) / intervals);
    }
    return (windowed[0] ?? 0) + 2 * sum;
  });
}

function unitArea(values: readonly number[], width: number): number[] {
  const inner = values.reduce((sum, value) => sum + value, 0);
  const area = width * (inner - 0.5 * (values[0] + values[values.length - 1]));
  return values.map((value) => (area > 0 ? value / area : 0));
}
