// One line of progress: a check tells the change, a comparison the speed-up.

import { describe, expect, it } from 'vitest';
import { comparisonText, pairText } from '../../src/cli/progress-text.js';

const progress = {
  campaign: 'si64',
  stage: 'segments' as const,
  pair: 2,
  pairs: 8,
  block: 1,
  blocks: 4,
  elapsed: 11_200,
  expected: 41_000,
  change: -0.811,
  detectable: 0.041,
  clock: 12_000,
};

describe('a pair on its way', () => {
  it('of a check tells the change so far, and the smallest that the plan can see', () => {
    expect(pairText(progress)).toBe('pair 3/8  block 2/4  0:12 of 0:41  change −81 %  sees 4.1 %  si64');
    expect(pairText({ ...progress, detectable: 1.5 })).not.toContain('sees');
  });

  it.each([
    [-0.811, '5.3×'],
    [-0.983, '59×'],
    [-0.02, '1.02×'],
    [0.25, '0.80×'],
    [19, '0.050×'],
  ])('of a comparison tells the speed-up so far: a change of %d is %s', (change, says) => {
    const text = comparisonText({ ...progress, change });
    expect(text).toBe(`pair 3/8  block 2/4  0:12 of 0:41  ${says} so far  si64`);
  });

  it('tells neither before the first pair', () => {
    const begun = { ...progress, stage: 'start' as const, pair: 0, change: null };
    expect(comparisonText(begun)).toBe('pair 1/8  starting  0:12 of 0:41  si64');
    expect(comparisonText({ ...begun, stage: 'pilot' as const })).toBe('pilot  0:12');
  });
});
