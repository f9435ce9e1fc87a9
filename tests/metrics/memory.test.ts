import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/metrics/index.js';
import { createRandom } from '../../src/random.js';
import type { Metric } from '../../src/result/index.js';
import type { Samples } from '../../src/result/samples.js';
import { syntheticCase, syntheticSamples } from '../support/synthetic-case.js';

/** A process that settles early, with page noise and bursts that are given back, and leaks `slope` B/step. */
function leaking(slope: number, seed: number, steps = 20_000, checkpoints = 60): Samples {
  const random = createRandom(seed);
  const step = Array.from({ length: checkpoints + 1 }, (_, k) => Math.round((k * steps) / checkpoints));
  const size = (base: number) =>
    step.map((at) => {
      const settling = -4e6 * Math.exp((-40 * at) / steps);
      const burst = random.uniform() < 0.2 ? 2e6 * random.uniform() : 0;
      return Math.round(base + settling + slope * at + 4096 * random.integer(20) + burst);
    });
  const rss = size(90e6);
  const memory = { step, rss, heapUsed: size(9e6), external: [], arrayBuffers: [], pss: [] };
  return syntheticSamples({ steps: 30, trajectory: { steps, memory } });
}

function slopesOf(samples: readonly Samples[]): { rss: Metric; heap: Metric } {
  const found = computeMetrics(syntheticCase(samples), samples);
  return { rss: found['rss-slope'], heap: found['heap-slope'] };
}

const seeds = Array.from({ length: 40 }, (_, k) => k + 1);

describe('memory slopes', () => {
  it('of a planted leak of 4 KiB a step are found always, with the right size', () => {
    for (const seed of seeds) {
      const { rss, heap } = slopesOf([leaking(4096, seed)]);
      expect(rss.value as number).toBeGreaterThan(4000);
      expect(rss.value as number).toBeLessThan(4300);
      expect([rss.verdict?.state, heap.verdict?.state]).toEqual(['fail', 'fail']);
      expect(rss.warnings.map(({ code }) => code)).toEqual(['memory-leak']);
    }
  });

  it('cover the planted slope', () => {
    const covered = seeds.filter((seed) => {
      const { low, high } = slopesOf([leaking(300, seed)]).rss;
      return (low as number) <= 300 && (high as number) >= 300;
    });
    expect(covered.length / seeds.length).toBeGreaterThan(0.85);
  });

  it('call no process without a leak leaking', () => {
    for (const seed of seeds) {
      const { rss, heap } = slopesOf([leaking(0, seed)]);
      expect([rss.verdict?.state, heap.verdict?.state]).toEqual(['pass', 'pass']);
    }
  });

  it('judge by their own limits: 100 B a step is a leak of the heap, not of the resident set', () => {
    const { rss, heap } = slopesOf([leaking(100, 3, 100_000)]);
    expect(rss.verdict).toEqual({ state: 'pass', pass: 128, fail: 128, moreSteps: null });
    expect(heap.verdict).toEqual({ state: 'fail', pass: 64, fail: 64, moreSteps: null });
  });

  it('never pass on smallness alone: a certain slope over the limit that has not grown far is inconclusive', () => {
    const step = Array.from({ length: 51 }, (_, k) => 200 * k);
    const grown = step.map((at) => 9e6 + 80 * at);
    const memory = { step, rss: grown, heapUsed: grown, external: [], arrayBuffers: [], pss: [] };
    const { heap } = slopesOf([syntheticSamples({ steps: 30, trajectory: { steps: 10_000, memory } })]);
    expect(heap.low).toBeGreaterThan(64);
    expect(heap.verdict?.state).toBe('inconclusive');
  });

  it('are indicative below 10 000 steps, with no verdict', () => {
    const { rss } = slopesOf([leaking(4096, 1, 9999)]);
    expect(rss.value).not.toBeNull();
    expect(rss.verdict).toBeUndefined();
    expect(rss.warnings).toEqual([{ code: 'memory-indicative', values: { steps: 9999, needed: 10_000 } }]);
  });

  it('over three trajectories have the interval of their scatter', () => {
    const { rss } = slopesOf([leaking(500, 1), leaking(1000, 2), leaking(1500, 3)]);
    expect(rss.value as number).toBeGreaterThan(950);
    expect(rss.value as number).toBeLessThan(1050);
    expect(rss.low as number).toBeLessThan(0);
    expect(rss.verdict?.state).toBe('inconclusive');
  });

  it('need four checkpoints that span the last half: a run of 1000 steps with one every 200 has them', () => {
    const { rss } = slopesOf([leaking(0, 1, 20_000, 4)]);
    expect(rss.value).toBeNull();
    expect(rss.warnings).toEqual([{ code: 'too-few-checkpoints', values: { checkpoints: 3 } }]);
    expect(slopesOf([leaking(0, 1, 1000, 5)]).rss.value).not.toBeNull();
  });

  it('go by step numbers, not by the order of checkpoints: at a spacing that grows, and in a broken-off run', () => {
    const growing = Array.from({ length: 120 }, (_, k) => Math.round(200 * 1.05 ** k)).filter(
      (at) => at <= 50_000,
    );
    for (const step of [growing, growing.filter((at) => at <= 31_000)]) {
      const rss = step.map((at) => 90e6 + 1000 * at + (at % 7) * 1000);
      const memory = { step, rss, heapUsed: rss, external: [], arrayBuffers: [], pss: [] };
      const found = slopesOf([syntheticSamples({ steps: 30, trajectory: { steps: step.at(-1)!, memory } })]);
      expect(found.rss.value as number).toBeGreaterThan(998);
      expect(found.rss.value as number).toBeLessThan(1002);
      expect(found.rss.verdict?.state).toBe('fail');
    }
    const doubling = Array.from({ length: 15 }, (_, k) => 2 ** k);
    const memory = {
      step: doubling,
      rss: doubling,
      heapUsed: doubling,
      external: [],
      arrayBuffers: [],
      pss: [],
    };
    const sparse = slopesOf([syntheticSamples({ steps: 30, trajectory: { steps: 16_384, memory } })]);
    expect(sparse.rss.warnings).toEqual([{ code: 'too-few-checkpoints', values: { checkpoints: 2 } }]);
  });

  it('peak is the largest of all processes', () => {
    const of = (peakRss: number) => syntheticSamples({ trajectory: { peakRss } });
    const samples = [of(8e7), of(9e7)];
    expect(computeMetrics(syntheticCase(samples), samples)['peak-rss']).toMatchObject({
      value: 9e7,
      unit: 'B',
      n: 2,
    });
  });
});
