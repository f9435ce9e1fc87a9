// One arm alone, in fresh processes.

import { describe, expect, it } from 'vitest';
import { measureSolo } from '../../src/measure/index.js';
import { soloRunSchema } from '../../src/result/index.js';
import { scriptedArms } from '../support/scripted-arms.js';

describe('an arm alone', () => {
  it('is measured in a fresh process a run, with segments as long in all of them', async () => {
    const { arms, entries, alive } = scriptedArms({ stepTime: 4 });
    const pairs: number[] = [];
    const runs = await measureSolo(arms.baseline, 2, { onProgress: ({ pair }) => pairs.push(pair) });
    expect(runs.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(runs.map(({ metrics }) => metrics['step-time-p50'])).toEqual([4, 4]);
    expect(runs.every((run) => soloRunSchema.safeParse(run).success)).toBe(true);
    expect(runs[1]).toMatchObject({ segmentSteps: 25, workload: { forceField: 'baseline' } });
    expect(runs[0].control).toBeGreaterThan(0);
    expect(runs[0].worker.peakRss).toBe(1e6);
    const segments = entries().filter(({ type }) => type === 'segment');
    expect(segments.filter(({ ordinal }) => ordinal === 1).map(({ steps }) => steps)).toEqual([
      7, 25, 25, 25, 25, 25, 25, 25, 25,
    ]);
    expect(new Set(segments.map(({ pid }) => pid)).size).toBe(2);
    expect(pairs).toEqual([0, 1]);
    expect(alive()).toEqual([]);
  });

  it('that fails is a misuse, with nothing left running', async () => {
    const { arms, alive } = scriptedArms({ fault: { on: 'segment', count: 2, kind: 'crash' } });
    await expect(measureSolo(arms.baseline, 2, {})).rejects.toMatchObject({
      code: 'measurement-failed',
      message: expect.stringContaining('dice fell badly'),
    });
    expect(alive()).toEqual([]);
  });

  it('stops when asked to', async () => {
    const { arms, alive } = scriptedArms();
    const stopped = measureSolo(arms.baseline, 5, { signal: AbortSignal.timeout(400) });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(alive()).toEqual([]);
  });
});
