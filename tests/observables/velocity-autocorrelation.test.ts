// Autocorrelation and spectrum against numpy and scipy (make-observables.py), and against the harmonic oscillator.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createVelocityRecord, powerSpectrum, velocityAutocorrelation } from '../../src/observables/index.js';
import { createRandom } from '../../src/random.js';
import { createSystem } from '../../src/system/index.js';

const golden = JSON.parse(
  readFileSync(new URL('../golden/observables.json', import.meta.url), 'utf8'),
).velocities;

/** A record of atoms of given numbers and masses, its velocities by sample from a function. */
function recordOf(
  parts: { numbers: number[]; masses: number[] },
  samples: number,
  velocity: (sample: number, component: number) => number,
  most?: number,
) {
  const positions = new Float64Array(3 * parts.numbers.length);
  const system = createSystem({ name: 'record', ...parts, positions });
  const record = createVelocityRecord(system, { samples, seed: 3, ...(most === undefined ? {} : { most }) });
  for (let sample = 0; sample < samples; sample++) {
    record.add(positions.map((_, component) => velocity(sample, component)));
  }
  return record;
}

function expectSame(actual: readonly number[], expected: readonly number[], digits = 11) {
  expect(actual.length).toBe(expected.length);
  for (const [k, value] of expected.entries()) expect(actual[k]).toBeCloseTo(value, digits);
}

describe('against the plain double loop', () => {
  const { masses, velocities, interval, lags, correlation, spectrum, intervals } = golden;
  const record = recordOf({ numbers: [1, 8, 14, 1, 17], masses }, 101, (t, k) => velocities[15 * t + k]);
  const curve = velocityAutocorrelation(record, interval, lags);

  it('autocorrelation of the whole and of both halves', () => {
    expect([curve.start, curve.width]).toEqual([0, interval]);
    expectSame(curve.whole, correlation.whole);
    expectSame(curve.halves[0], correlation.first);
    expectSame(curve.halves[1], correlation.second);
  });

  it('its spectrum in THz', () => {
    const power = powerSpectrum(curve, intervals);
    expect(power.width).toBeCloseTo(golden.spectrumWidth, 12);
    expectSame(power.whole, spectrum.whole);
    expectSame(power.halves[0], spectrum.first);
    expectSame(power.halves[1], spectrum.second);
  });
});

it('a record of many segments gives the sums of one', () => {
  const random = createRandom(5);
  const values = Array.from({ length: 9000 }, () => Math.fround(random.normal()));
  const record = recordOf({ numbers: [14], masses: [28] }, 3000, (t, k) => values[3 * t + k]);
  const { whole } = velocityAutocorrelation(record, 1, 40);
  const direct = (lag: number) => {
    let sum = 0;
    for (let k = 3 * lag; k < 9000; k++) sum += values[k] * values[k - 3 * lag];
    return sum / (3000 - lag);
  };
  for (const lag of [0, 1, 7, 39, 40]) expect(whole[lag]).toBeCloseTo(direct(lag) / direct(0), 12);
});

describe('harmonic oscillators', () => {
  const interval = 4;
  const samples = 1500;
  const frequency = 15.3;
  const omega = (2 * Math.PI * frequency) / 1000;
  const phases = [0.3, 1.1, 2, 2.9, 4.2, 5.5];
  const record = recordOf({ numbers: [14, 14], masses: [28, 28] }, samples, (t, k) =>
    Math.cos(omega * interval * t + phases[k]),
  );
  const curve = velocityAutocorrelation(record, interval, 400);
  const power = powerSpectrum(curve, 400);

  it('correlate as cos ωt', () => {
    for (const [lag, value] of curve.whole.entries()) {
      expect(Math.abs(value - Math.cos(omega * interval * lag))).toBeLessThan(0.01);
    }
  });

  it('have their line where it belongs, as wide as the window makes it, of unit area', () => {
    const peak = power.whole.indexOf(Math.max(...power.whole));
    expect(Math.abs(peak * power.width - frequency)).toBeLessThanOrEqual(power.width);
    const above = power.whole.filter((value) => value > 0.5 * power.whole[peak]).length;
    expect(Math.abs(above * power.width - 1000 / (400 * interval))).toBeLessThanOrEqual(power.width);
    const area = power.whole.reduce((sum, value) => sum + value * power.width, 0);
    expect(area).toBeCloseTo(1, 3);
    expect((power.whole.length - 1) * power.width).toBeCloseTo(125, 9);
  });

  it('stay on one grid where a trajectory is cut short', () => {
    const short = powerSpectrum(velocityAutocorrelation(record, interval, 100), 400);
    expect([short.width, short.whole.length]).toEqual([power.width, power.whole.length]);
    const peak = short.whole.indexOf(Math.max(...short.whole));
    expect(Math.abs(peak * short.width - frequency)).toBeLessThan(1);
  });
});

it('weighs atoms by mass', () => {
  const record = recordOf({ numbers: [1, 8], masses: [1, 3] }, 400, (t, k) =>
    k < 3 ? Math.cos(0.5 * t + k) : Math.cos(0.1 * t + k),
  );
  const { whole } = velocityAutocorrelation(record, 1, 20);
  for (const [lag, value] of whole.entries()) {
    expect(Math.abs(value - (0.25 * Math.cos(0.5 * lag) + 0.75 * Math.cos(0.1 * lag)))).toBeLessThan(0.02);
  }
});

describe('too many atoms to be kept', () => {
  const numbers = Array.from({ length: 300 }, (_, k) => (k % 3 === 0 ? 8 : 1));
  const masses = numbers.map((number) => (number === 8 ? 16 : 1));
  const velocity = (t: number, k: number) => {
    const fast = numbers[Math.floor(k / 3)] === 1;
    return (fast ? 4 : 1) * Math.cos((fast ? 0.7 : 0.2) * t + k);
  };
  const all = recordOf({ numbers, masses }, 200, velocity);
  const few = recordOf({ numbers, masses }, 200, velocity, 200 * 3 * 30);

  it('leaves of each element its share, and its weight', () => {
    expect([all.components, few.components]).toEqual([900, 90]);
    const total = (weights: Float64Array) => weights.reduce((sum, weight) => sum + weight, 0);
    expect(total(few.weights)).toBeCloseTo(total(all.weights), 9);
    const [of, whole] = [all, few].map((record) => velocityAutocorrelation(record, 1, 30).whole);
    for (const [lag, value] of of.entries()) expect(Math.abs(value - whole[lag])).toBeLessThan(0.02);
  });

  it('keeps one of each even then, always the same', () => {
    const one = recordOf({ numbers, masses }, 200, velocity, 1);
    expect([one.components, [...one.weights.filter((_, k) => k % 3 === 0)]]).toEqual([6, [1600, 200]]);
    expect(recordOf({ numbers, masses }, 200, velocity, 200 * 3 * 30).values).toEqual(few.values);
  });
});

it('nothing that moves, nothing that correlates', () => {
  const record = recordOf({ numbers: [14], masses: [28] }, 10, () => 0);
  const curve = velocityAutocorrelation(record, 1, 3);
  expect(curve.whole).toEqual([0, 0, 0, 0]);
  expect(powerSpectrum(curve, 3).whole).toEqual([0, 0, 0, 0]);
});
