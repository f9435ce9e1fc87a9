// Where there is no terminal: a line every ten seconds of the whole run, however short its stages are.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProgressLine } from '../../src/cli/progress.js';

const progress = {
  stage: 'measure',
  step: 500,
  steps: 1000,
  elapsed: 250,
  temperature: 299.6,
  drift: 0.0123,
  caseId: 'si64-student-nve',
  caseIndex: 0,
  caseCount: 2,
} as const;

afterEach(() => vi.restoreAllMocks());

describe('the heartbeat', () => {
  it('counts the time of the run, not of a stage or a seed', () => {
    const lines: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line));
    const line = createProgressLine({ quiet: false });
    for (let clock = 0; clock <= 35_000; clock += 250) {
      line.show({ ...progress, seed: 1 + Math.floor(clock / 2000), elapsed: 1 + (clock % 2000), clock });
    }
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^measure 500\/1000 {2}\S+ steps\/s {2}\d+:\d\d left {2}300 K {2}drift 0.012 meV\/atom {2}1\/2 si64/,
    );
  });

  it('is silent when asked to be', () => {
    const spoken = vi.spyOn(console, 'error');
    createProgressLine({ quiet: true }).show({ ...progress, seed: 1, clock: 1e6 });
    expect(spoken).not.toHaveBeenCalled();
  });
});
