// What does not nest on one track: ranges that cross, kernels that run at once, operators timed in whole µs.

import { describe, expect, it } from 'vitest';
import { timelineText } from '../../src/profile/index.js';
import { checkTimeline } from '../support/timeline-check.js';
import { crossingTimeline } from '../support/timelines.js';

describe('slices that cross', () => {
  const { complaints, slices, events } = checkTimeline([...timelineText(crossingTimeline)].join(''));
  const names = (process: string, thread: string) => slices(process, thread).map(({ name }) => name);

  it('are all drawn, on as many tracks as they need to nest', () => {
    expect(complaints).toEqual([]);
    expect(names('process 9', 'thread 9')).toEqual(['step 1', 'range A', 'launch', 'launch', 'graph']);
    expect(names('process 9', 'thread 9 (2)')).toEqual(['range B', 'call', 'tail']);
    expect(names('GPU 0, process 9', 'stream 7, context 1')).toEqual(['k1', 'k2', 'g1', 'g3']);
    expect(names('GPU 0, process 9', 'stream 7, context 1 (2)')).toEqual(['g2']);
  });

  it('have an arrow for each call that launched something', () => {
    expect(events.filter(({ ph }) => ph === 's').map(({ ts }) => ts)).toEqual([
      1_001_200, 1_001_300, 1_007_000,
    ]);
    expect(events.filter(({ ph }) => ph === 'f').map(({ ts }) => ts)).toEqual([
      1_020_000, 1_020_500, 1_022_000,
    ]);
  });

  it('of operators are cut where the µs of their clock make them seem longer than the call around them', () => {
    const [call, node, ...others] = slices(/ONNX Runtime/, 'thread 5');
    expect([call!.ts! + call!.dur!, node!.ts! + node!.dur!]).toEqual([1_000_009, 1_000_009]);
    expect(others.map(({ name }) => name)).toEqual([]);
    expect(slices(/ONNX Runtime/, 'thread 5 (2)').map(({ name, dur }) => [name, Math.round(dur!)])).toEqual([
      ['Concat', 8],
    ]);
  });
});
