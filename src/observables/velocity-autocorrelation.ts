// Velocity autocorrelation C(τ) = Σ_i m_i⟨v_i(t)·v_i(t+τ)⟩ / Σ_i m_i⟨v_i(t)·v_i(t)⟩, the mean over time origins t, Allen &
// Tildesley, Computer Simulation of Liquids, 2nd ed., sections 2.7 and 8.3; with the mass its transform is the density of states.

import { type Curve, curveOfHalves } from './curve.js';
import { laggedProducts } from './lagged-products.js';
import type { VelocityRecord } from './velocity-record.js';

/**
 * Unbiased: at lag τ the mean over the n − τ products that there are. 1 at lag 0; zeros where nothing moved.
 * @param interval fs between two samples
 * @param lags at most; fewer where half of the record is shorter
 */
export function velocityAutocorrelation(record: VelocityRecord, interval: number, lags: number): Curve {
  const half = Math.floor(record.count / 2);
  const longest = Math.max(0, Math.min(lags, half - 1));
  return curveOfHalves({ start: 0, width: interval }, record.count, (begin, end) => {
    if (end === begin) return [];
    const sums = laggedProducts(record, begin, end, longest);
    const count = end - begin;
    return Array.from(sums, (sum, lag) => (sums[0] > 0 ? (sum / (count - lag)) * (count / sums[0]) : 0));
  });
}
