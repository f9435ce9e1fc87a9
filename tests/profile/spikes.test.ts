import { describe, expect, it } from 'vitest';
import { findSpikes } from '../../src/profile/index.js';
import { passRecording } from '../support/pass-recording.js';

const step = 0.955;

describe('latency spikes', () => {
  it('are none in a series of equal steps', () => {
    expect(findSpikes(passRecording({ steps: 200 }), 0)).toMatchObject({ causes: [], largest: [] });
  });

  it('are told by what happened in them, and unknown where nothing did', () => {
    const slow = { run: 3 };
    const recording = passRecording({
      steps: 300,
      other: { 50: slow, 100: slow, 150: slow, 200: slow, 250: slow },
      rebuilt: [50, 60],
      checkpointed: [100, 110],
      switches: { 150: 2, 160: 1 },
      // In step 200, after three spikes of 2.3 ms more before it.
      collections: [{ begin: 200 * step + 3 * 2.3 + 0.5, duration: 2, kind: 'major' }],
    });
    const spikes = findSpikes(recording, 0)!;
    expect(spikes.largest.map(({ step: at, causes }) => [at, causes])).toEqual([
      [51, ['list-rebuild']],
      [101, ['checkpoint']],
      [151, ['context-switch']],
      [201, ['garbage-collection']],
      [251, ['unknown']],
    ]);
    expect(spikes.median).toBeCloseTo(step, 9);
    expect(spikes.largest[3]!.collection).toBeCloseTo(2, 9);
    expect(spikes.largest[2]!.switches).toBe(2);
    for (const { count, excess } of spikes.causes) {
      expect(count).toBe(1);
      expect(excess).toBeCloseTo(2.3, 9);
    }
  });

  it('name a short collection last: it happened, but it does not explain them', () => {
    const recording = passRecording({
      steps: 100,
      other: { 40: { run: 3 } },
      switches: { 40: 1 },
      collections: [{ begin: 40 * step + 0.5, duration: 0.1, kind: 'minor' }],
    });
    expect(findSpikes(recording, 0)!.largest[0]!.causes).toEqual(['context-switch', 'garbage-collection']);
  });

  it('are not blamed on switches that every step has, as with several threads', () => {
    const switches = Object.fromEntries(Array.from({ length: 100 }, (_, k) => [k, k === 30 ? 6 : 4]));
    const slow = { run: 3 };
    const recording = passRecording({ steps: 100, other: { 30: slow, 60: slow }, switches });
    expect(findSpikes(recording, 0)!.largest.map(({ causes }) => causes)).toEqual([
      ['context-switch'],
      ['unknown'],
    ]);
  });

  it('leave the warm-up out, and list the fifty largest of many in order', () => {
    const other = Object.fromEntries(Array.from({ length: 80 }, (_, k) => [10 * k, { run: 3 + 0.01 * k }]));
    const spikes = findSpikes(passRecording({ steps: 1000, other }), 5)!;
    expect(spikes.steps).toBe(995);
    expect(spikes.causes[0]).toMatchObject({ cause: 'unknown', count: 79 });
    expect(spikes.largest.map(({ step: at }) => at)).toEqual(
      Array.from({ length: 50 }, (_, k) => 301 + 10 * k),
    );
  });
});
