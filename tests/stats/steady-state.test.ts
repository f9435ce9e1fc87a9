import { describe, expect, it } from 'vitest';
import { type SteadyClass, steadyState } from '../../src/stats/index.js';
import { autoregressive, whiteNoise } from '../support/synthetic.js';

const seeds = Array.from({ length: 100 }, (_, k) => 50 + k);

function classes(series: (seed: number) => Float64Array): SteadyClass[] {
  return seeds.map((seed) => steadyState(series(seed)).class);
}

function times(shape: (i: number) => number, noise = 0.03, n = 1000) {
  return (seed: number) => whiteNoise(n, seed).map((x, i) => shape(i) + noise * x);
}

function share(found: readonly SteadyClass[], wanted: SteadyClass): number {
  return found.filter((one) => one === wanted).length / found.length;
}

describe('steady state', () => {
  it.each<[string, (seed: number) => Float64Array]>([
    ['white noise', times(() => 1)],
    ['skewed noise', (seed) => whiteNoise(1000, seed).map((x) => 1 + 0.05 * Math.exp(x))],
    ['correlated noise of 1 %', (seed) => autoregressive(1000, 50, seed).map((x) => 1 + 0.01 * x)],
    ['correlated noise of 5 %', (seed) => autoregressive(1000, 50, seed).map((x) => 1 + 0.05 * x)],
    ['a neighbor list every 20 steps', times((i) => (i % 20 === 0 ? 3 : 1))],
    ['a step of 1 %, which is tolerated', times((i) => (i < 500 ? 1.01 : 1), 0.002)],
  ])('calls %s flat', (_, series) => {
    expect(share(classes(series), 'flat')).toBeGreaterThan(0.97);
  });

  it('finds a planted warm-up where it ends', () => {
    for (const seed of seeds) {
      const state = steadyState(times((i) => (i < 150 ? 1.1 : 1))(seed));
      expect(state.class).toBe('warm-up');
      expect(Math.abs(state.from - 150)).toBeLessThanOrEqual(10);
    }
  });

  it('leaves out most of an exponential warm-up', () => {
    const found = seeds.map((seed) => steadyState(times((i) => 1 + 0.5 * Math.exp(-i / 20))(seed)));
    expect(
      share(
        found.map((state) => state.class),
        'warm-up',
      ),
    ).toBe(1);
    for (const { from } of found) expect(from).toBeGreaterThanOrEqual(20);
  });

  it('tells a slowdown, and no steady state, from a warm-up', () => {
    expect(share(classes(times((i) => (i < 400 ? 1 : 1.1))), 'slowdown')).toBe(1);
    const warmThenSlow = steadyState(times((i) => (i < 100 ? 2 : i < 500 ? 1 : 1.1))(3));
    expect(warmThenSlow).toMatchObject({ class: 'slowdown', from: 100 });
    const burst = steadyState(times((i) => (i >= 300 && i < 500 ? 1.3 : 1))(3));
    expect(burst).toMatchObject({ class: 'slowdown', from: 0, changes: [300, 500] });
    const lateBurst = steadyState(times((i) => (i >= 800 && i < 900 ? 1.3 : 1))(3));
    expect(lateBurst).toMatchObject({ class: 'slowdown', from: 0, changes: [800, 900] });
    const late = seeds.map((seed) => steadyState(times((i) => (i < 850 ? 1 : 1.1))(seed)));
    expect(
      share(
        late.map((state) => state.class),
        'no-steady-state',
      ),
    ).toBe(1);
    expect(late.every((state) => state.from === 0)).toBe(true);
  });

  it('handles the short, the constant and the zero', () => {
    expect(steadyState(new Float64Array(0)).class).toBe('no-steady-state');
    expect(steadyState(whiteNoise(19, 1)).class).toBe('no-steady-state');
    expect(steadyState(new Float64Array(1000).fill(0.5))).toEqual({ class: 'flat', from: 0, changes: [] });
    expect(steadyState(new Float64Array(1000)).class).toBe('flat');
    expect(steadyState(times((i) => (i < 8 ? 1.5 : 1), 0.03, 60)(2))).toMatchObject({
      class: 'warm-up',
      from: 10,
    });
  });
});
