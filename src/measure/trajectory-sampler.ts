// What a trajectory shows, collected while it runs: radial distribution, velocity autocorrelation, spectrum, temperature.

import type { StepState } from '../dynamics/index.js';
import {
  type Curve,
  createRadialDistribution,
  createVelocityRecord,
  planSampling,
  powerSpectrum,
  velocityAutocorrelation,
} from '../observables/index.js';
import type { Observables } from '../result/index.js';
import { mean } from '../stats/moments.js';
import type { System } from '../system/index.js';

export interface TrajectorySampler {
  /** To be called after every step. */
  sample(step: number, state: StepState): void;
  observables(): Omit<Observables, 'arm'>;
}

export function createTrajectorySampler(
  system: System,
  { steps, timestep, seed }: { readonly steps: number; readonly timestep: number; readonly seed: number },
): TrajectorySampler {
  const plan = planSampling(system, steps, timestep);
  const { every, lags } = plan;
  const radial = createRadialDistribution(system, plan);
  const samples = Math.floor(steps / every.velocities);
  const record = createVelocityRecord(system, { samples, seed });
  const temperatures = new Float64Array(samples);
  let sum = 0;
  let seen = 0;
  return {
    sample(step, state) {
      seen = step;
      sum += state.temperature;
      if (step % every.positions === 0) radial.add(system);
      if (step % every.velocities !== 0) return;
      temperatures[record.count] = sum / every.velocities;
      sum = 0;
      record.add(system.velocities);
    },
    observables() {
      const autocorrelation = velocityAutocorrelation(record, every.velocities * timestep, lags);
      return {
        seed,
        steps: seen,
        every,
        temperature: temperatureOf(temperatures.subarray(0, record.count)),
        radialDistribution: radial.curves().map(({ pair, curve }) => ({ pair, curve: shortened(curve) })),
        velocityAutocorrelation: shortened(autocorrelation),
        spectrum: shortened(powerSpectrum(autocorrelation, lags)),
      };
    },
  };
}

/** Means over all steps, K; 0 where there was none. */
function temperatureOf(series: Float64Array): Observables['temperature'] {
  const middle = Math.floor(series.length / 2);
  const meanOf = (part: Float64Array) => (part.length > 0 ? mean(part) : 0);
  const halves: [number, number] = [meanOf(series.subarray(0, middle)), meanOf(series.subarray(middle))];
  return { mean: meanOf(series), halves };
}

/** Six significant digits are more than the noise leaves, and a third of the document. */
function shortened({ start, width, whole, halves }: Curve): Curve {
  const short = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(6)));
  return { start, width, whole: short(whole), halves: [short(halves[0]), short(halves[1])] };
}
