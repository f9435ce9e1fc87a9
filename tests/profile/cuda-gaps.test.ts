import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { mean, quantile, standardDeviation } from '../../src/stats/index.js';
import { assemble, launched, us } from '../support/cuda-profile.js';
import { external, kernel, trace } from '../support/trace-bytes.js';

describe('gaps', () => {
  it('are where no stream has work, within the span of the steps', async () => {
    const records = [
      ...launched(null, 1, 0, 10, 20),
      ...launched(1, 2, 30, 100, 200, { stream: 7 }),
      ...launched(1, 3, 40, 150, 300, { stream: 8 }),
      ...launched(null, 4, 50, 320, 340, { stream: 9 }),
      ...launched(2, 5, 60, 350, 400, { stream: 7 }),
      ...launched(2, 6, 70, 360, 380, { stream: 8 }),
      ...launched(2, 7, 80, 400, 500, { stream: 8 }),
      ...launched(null, 8, 90, 900, 1000),
    ];
    const { gaps, steps, processes } = await assemble([trace(records)]);
    expect([steps, processes[0].attributed, processes[0].unattributed]).toEqual([2, 5, 3]);
    expect(gaps!.busy).toBeCloseTo(0.37 / 2, 12);
    expect(gaps!.idle).toBeCloseTo(0.03 / 2, 12);
    expect(gaps!.idleShare).toBeCloseTo(7.5, 9);
    expect(gaps!.launchGap).toMatchObject({ min: 0.01, max: 0.02 });
    expect(gaps!.launchGap!.total).toBeCloseTo(0.03, 12);
    const delays = [70, 110, 290, 290, 320];
    expect(gaps!.launchDelay!.mean).toBeCloseTo(mean(delays) / 1000, 12);
    expect(gaps!.launchDelay!.median).toBe(0.29);
  });

  it.each([1, 2, 3])('are those of a count of every microsecond (%i)', async (seed) => {
    const random = createRandom(seed);
    const busy = new Uint8Array(6000);
    const records = Array.from({ length: 200 }, (_, k) => {
      const start = random.integer(5900);
      const end = start + 1 + random.integer(20);
      busy.fill(1, start, end);
      return [
        kernel({ start: start * us, end: end * us, correlation: k + 1, stream: random.integer(4) }),
        external(k + 1, 1),
      ];
    });
    const { gaps } = await assemble([trace(records.flat())]);
    const span = busy.slice(busy.indexOf(1), busy.lastIndexOf(1) + 1);
    expect(gaps!.busy).toBeCloseTo(span.filter(Boolean).length / 1000, 9);
    expect(gaps!.idle).toBeCloseTo(span.filter((there) => there === 0).length / 1000, 9);
    const lengths = [...span.join('').matchAll(/0+/g)].map(([text]) => text.length / 1000);
    expect(gaps!.launchGap!.median).toBeCloseTo(quantile(lengths, 0.5), 9);
    expect(gaps!.launchGap!.sd! / standardDeviation(lengths)).toBeCloseTo(1, 9);
  });

  it('of two devices are their mean', async () => {
    const records = [
      ...launched(1, 1, 0, 10, 20),
      ...launched(1, 2, 0, 40, 50),
      ...launched(1, 3, 0, 10, 50, { device: 1 }),
    ];
    const { gaps } = await assemble([trace(records)]);
    expect([gaps!.busy, gaps!.idle]).toEqual([0.03, 0.01]);
  });

  it('of kernels of a graph have no launch delay', async () => {
    const { gaps } = await assemble([trace(launched(1, 1, 0, 10, 20, { graph: 5 }))]);
    expect(gaps!.launchDelay).toBeNull();
  });
});
