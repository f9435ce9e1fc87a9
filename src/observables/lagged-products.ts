// Sums over time origins of products at a distance, Σ_t x(t)·x(t+τ), by fast Fourier transform in segments: Allen &
// Tildesley, Computer Simulation of Liquids, 2nd ed., section 8.3.2; two real series ride in one complex transform.

import { fourier } from '../stats/fourier.js';
import type { VelocityRecord } from './velocity-record.js';

/**
 * Samples `begin` … `end − 1` alone, weighted sum over components.
 * @returns (lags + 1) sums, of end − begin − τ products a component at lag τ
 */
export function laggedProducts(
  record: VelocityRecord,
  begin: number,
  end: number,
  lags: number,
): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(Math.min(end - begin + lags, Math.max(5 * lags, 2048))));
  const segment = size - lags;
  const sum = complexZeros(size);
  const first = complexZeros(size);
  const second = complexZeros(size);
  for (let start = begin; start < end; start += segment) {
    const own = Math.min(end, start + segment);
    const reached = Math.min(end, own + lags);
    for (let component = 0; component < record.components; component += 2) {
      load(record, component, start, own, first);
      fourier(first.re, first.im);
      if (reached === own) addProduct(first, first, sum);
      else {
        load(record, component, start, reached, second);
        fourier(second.re, second.im);
        addProduct(first, second, sum);
      }
    }
  }
  fourier(sum.re, sum.im);
  return sum.re.slice(0, lags + 1).map((value) => value / size);
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function complexZeros(size: number): Complex {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/** Components k and k + 1, if there is one, as real and imaginary part, padded with zeros. */
function load(
  { values, weights, components }: VelocityRecord,
  k: number,
  begin: number,
  end: number,
  { re, im }: Complex,
): void {
  const scale = Math.sqrt(weights[k]);
  const other = k + 1 < components ? Math.sqrt(weights[k + 1]) : 0;
  for (let t = begin; t < end; t++) {
    re[t - begin] = scale * values[t * components + k];
    im[t - begin] = other === 0 ? 0 : other * values[t * components + k + 1];
  }
  re.fill(0, end - begin);
  im.fill(0, end - begin);
}

/** Adds the conjugate of conj(A)·B: its forward transform has the correlation of both series as its real part. */
function addProduct(a: Complex, b: Complex, sum: Complex): void {
  for (let k = 0; k < sum.re.length; k++) {
    sum.re[k] += a.re[k] * b.re[k] + a.im[k] * b.im[k];
    sum.im[k] += a.im[k] * b.re[k] - a.re[k] * b.im[k];
  }
}
