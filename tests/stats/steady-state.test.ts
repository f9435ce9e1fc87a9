import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
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

/** 1.4 or 5.5 ms, as on a machine that takes the core away: a Markov chain with `slowShare` of slow steps. */
function twoLevels(slowShare: (i: number) => number, inRow: number, seed: number): Float64Array {
  const random = createRandom(seed);
  let slow = false;
  return Float64Array.from({ length: 1000 }, (_, i) => {
    const stays = inRow > 1 ? 1 - 1 / inRow : slowShare(i);
    const enters = ((1 - stays) * slowShare(i)) / (1 - slowShare(i));
    slow = random.uniform() < (slow ? stays : enters);
    return (slow ? 5.5 : 1.4) * (1 + 0.03 * random.normal());
  });
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

  it.each<[string, (i: number) => number, number]>([
    ['31 % and then 35 % slow steps', (i) => (i < 680 ? 0.31 : 0.35), 1],
    ['35 % and then 31 % slow steps', (i) => (i < 680 ? 0.35 : 0.31), 1],
    ['a third of slow steps, three in a row', () => 0.33, 3],
    ['a half of slow steps, six in a row', () => 0.5, 6],
    ['a tenth of slow steps, three in a row', () => 0.1, 3],
    ['2 % of slow steps', () => 0.02, 1],
  ])('leaves no warm-up out of times that jump between two levels: %s', (_, slowShare, inRow) => {
    const found = seeds.map((seed) => steadyState(twoLevels(slowShare, inRow, seed)));
    expect(
      share(
        found.map((state) => state.class),
        'flat',
      ),
    ).toBeGreaterThan(0.94);
    for (const { from } of found) expect(from).toBeLessThanOrEqual(30);
  });

  it('finds a warm-up in times that jump between two levels', () => {
    for (const seed of seeds) {
      const jumping = twoLevels(() => 0.3, 1, seed).map((x, i) => (i < 150 ? x + 10 : x));
      const { class: found, from } = steadyState(jumping);
      expect(found).toBe('warm-up');
      expect(Math.abs(from - 150)).toBeLessThanOrEqual(10);
    }
  });

  it('never leaves out more than half of the run: then nothing is steady', () => {
    const shape = (end: number) => times((i) => (i < end ? 1.5 : 1));
    expect(steadyState(shape(480)(1))).toMatchObject({ class: 'warm-up', from: 480 });
    expect(steadyState(shape(520)(1))).toMatchObject({ class: 'no-steady-state', from: 0 });
  });

  it('calls no short burst a slowdown', () => {
    const burst = (length: number) => times((i) => (i >= 600 && i < 600 + length ? 4 : 1))(2);
    expect(steadyState(burst(30))).toMatchObject({ class: 'flat', from: 0, changes: [600, 630] });
    expect(steadyState(burst(60)).class).toBe('slowdown');
    const atTheEnd = times((i) => (i < 970 ? 1 : 4))(2);
    expect(steadyState(atTheEnd)).toMatchObject({ class: 'flat', from: 0 });
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
