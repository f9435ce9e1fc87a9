// What two NVE runs differ by and their halves cannot show: each takes its energy, and its share in every vibration, from
// the thermostat and keeps it. Canonical harmonic modes, whose energies are exponentially distributed (equipartition).

import type { Observables } from '../result/examination.js';

/** Mean size of a normal number of unit variance. */
const meanSize = Math.sqrt(2 / Math.PI);

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
 * ∫|g₁ − g₂| / ∫g of a normal peak whose variance is proportional to the temperature, for a relative change of
 * temperature of 1: 2 φ(1). So much may the peaks of a warmer run be wider; the temperature is judged by itself.
 */
export const broadening = 0.484;

function modesOf(atoms: number | null): number | null {
  return atoms ? Math.max(3 * atoms - 3, 1) : null;
}
