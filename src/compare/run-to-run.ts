// What two NVE runs differ by and their halves cannot show: each takes its energy, and its share in every vibration, from
// the thermostat and keeps it. Canonical harmonic modes, whose energies are exponentially distributed (equipartition).

import type { Observables } from '../result/examination.js';

/** Mean size of a normal number of unit variance. */
const meanSize = Math.sqrt(2 / Math.PI);
/** 2 φ(1) of the normal density φ. */
const broadening = Math.sqrt(2 / (Math.PI * Math.E));

/** K: the total energy of 3N modes scatters by a share of 1/√(3N), and the mean temperature with it; of two runs. */
export function temperatureScatter({ temperature }: Observables, atoms: number | null): number | null {
  return atoms ? temperature.mean * Math.sqrt(2 / (3 * atoms)) : null;
}

/**
 * ∫|δC| / ∫|C| of two runs. C is a sum of cosines weighted by the energies of the modes: with M modes, its variance is
 * 1/(2M) a run at lags beyond the first vibrations.
 */
export function autocorrelationScatter(
  { velocityAutocorrelation: { whole } }: Observables,
  atoms: number | null,
): number | null {
  const size = whole.reduce((sum, value) => sum + Math.abs(value), 0) / whole.length;
  const modes = modesOf(atoms);
  return modes === null ? null : meanSize / Math.sqrt(modes) / size;
}

/**
 * ∫|δS| / ∫S of two runs. Each mode is a line of the shape of the lag window, of which only ∫window² counts: ¾ of the
 * longest lag for Hann's. The variance at a frequency is that times S/M a run.
 */
export function spectrumScatter(
  { velocityAutocorrelation, spectrum }: Observables,
  atoms: number | null,
): number | null {
  const modes = modesOf(atoms);
  if (modes === null) return null;
  const longestLag = (velocityAutocorrelation.whole.length * velocityAutocorrelation.width) / 1000;
  const area = spectrum.width * spectrum.whole.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const roots =
    spectrum.width * spectrum.whole.reduce((sum, value) => sum + Math.sqrt(Math.max(value, 0) / area), 0);
  return meanSize * Math.sqrt((2 * 0.75 * longestLag) / modes) * roots;
}

/**
 * ∫|δg| / ∫g of two runs. The variance of a normal peak is proportional to the temperature, and a relative change of that
 * by 1 moves 2 φ(1) of the peak's area. The candidate's peaks may be wider by as much as it is warmer, too: its temperature
 * is judged by itself.
 */
export function distributionScatter(
  baseline: Observables,
  candidate: Observables,
  atoms: number | null,
): number | null {
  const scatter = temperatureScatter(baseline, atoms);
  if (scatter === null) return null;
  const warmth = Math.abs(candidate.temperature.mean - baseline.temperature.mean);
  return (broadening * Math.max(warmth, scatter)) / baseline.temperature.mean;
}

function modesOf(atoms: number | null): number | null {
  return atoms ? Math.max(3 * atoms - 3, 1) : null;
}
