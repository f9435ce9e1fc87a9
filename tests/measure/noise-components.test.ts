// The components of the noise, from processes whose noise is known.

import { describe, expect, it } from 'vitest';
import { measureNoise } from '../../src/measure/index.js';
import { standardDeviation } from '../../src/stats/index.js';
import { scriptedArms } from '../support/scripted-arms.js';

describe('the noise of a machine', () => {
  it('sits between processes where they differ and nothing else does', async () => {
    const factors = [1, 1, 1, 1.02, 1, 0.97, 1, 1.05];
    const { arms, alive } = scriptedArms({ factors });
    const noise = await measureNoise(arms.baseline, { pairs: 3, segment: 10 });
    const effects = [1.02, 0.97, 1.05].map(Math.log);
    const either = [standardDeviation(effects), ...signs(effects).map(standardDeviation)];
    expect(either.some((spread) => Math.abs(spread - noise.process) < 1e-9)).toBe(true);
    expect(noise.session).toBeCloseTo(0, 9);
    expect(noise.block).toBeCloseTo(0, 9);
    expect([noise.pairs, Math.round(noise.stepTime)]).toEqual([3, 1]);
    expect(alive()).toEqual([]);
  });

  it('is not made up when a worker fails', async () => {
    const { arms } = scriptedArms({ fault: { on: 'segment', process: 3, kind: 'crash' } });
    await expect(measureNoise(arms.baseline, { pairs: 2, segment: 10 })).rejects.toMatchObject({
      code: 'measurement-failed',
    });
  });
});

/** Which arm of a pair starts second is drawn: each effect may have either sign. */
function signs([a, b, c]: readonly number[]): number[][] {
  return [
    [a, b, -c],
    [a, -b, c],
    [-a, b, c],
  ];
}
