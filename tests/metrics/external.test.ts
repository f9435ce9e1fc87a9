import { describe, expect, it } from 'vitest';
import { externalNotes } from '../../src/metrics/index.js';
import type { External } from '../../src/result/document.js';
import { syntheticCase, syntheticSamples } from '../support/synthetic-case.js';

function notes(...sides: (External | undefined)[]) {
  const samples = sides.map((external) =>
    syntheticSamples({ trajectory: external === undefined ? {} : { external } }),
  );
  return externalNotes(
    syntheticCase(samples, { recording: { trajectories: samples.map((one) => one.trajectory) } }),
  );
}

const processes = {
  step: [0, 200, 1000],
  count: [1, 4, 2],
  memory: [1e6, 5e6, 3e6],
  cpuTime: [500, 900, 2500],
};

describe('notes on another process', () => {
  it('are none where forces are computed here', () => {
    expect(notes(undefined)).toEqual([]);
  });

  it('say round trip, the client’s own time, and what its processes used', () => {
    const told = { mean: 2, median: 1.5, calls: 1000 };
    const [roundTrip, time, used] = notes(
      { roundTrip: 0.1, clientTime: told, processes },
      {
        roundTrip: 0.3,
        clientTime: { ...told, mean: 4 },
        processes: { ...processes, cpuTime: [0, 1, 4000] },
      },
    );
    expect(roundTrip).toMatchObject({ code: 'external-round-trip', values: { roundTrip: 0.2 } });
    expect(time).toEqual({ code: 'external-client-time', values: { mean: 3, median: 1.5, calls: 2000 } });
    expect(used).toEqual({
      code: 'external-processes',
      values: { processes: 4, memory: 5e6, perStep: 3 },
    });
  });

  it('say of processor time only what ticks of 10 ms can tell', () => {
    const [, , used] = notes({
      roundTrip: 0.1,
      clientTime: null,
      processes: { ...processes, cpuTime: [500, 500, 590] },
    });
    expect(used.values).toEqual({ processes: 4, memory: 5e6 });
  });

  it('say how many atoms no force acted on', () => {
    const side = { roundTrip: 0.1, clientTime: null, processes: null };
    const [resting] = notes({ ...side, restingAtoms: 0 }, { ...side, restingAtoms: 3 });
    expect(resting).toMatchObject({ code: 'external-resting-atoms', values: { resting: 3 } });
    expect(notes({ ...side, restingAtoms: 0 })).toHaveLength(3);
  });

  it('say first that its calls took more processors than one', () => {
    const of = (mean: number) =>
      notes({ roundTrip: 0.1, clientTime: { mean, median: mean, calls: 1000 }, processes });
    expect(of(1.25)[0]).toEqual({ code: 'external-several-threads', values: { processors: 1.6 } });
    for (const calm of [1.4, 0.5]) expect(of(calm)[0]).toMatchObject({ code: 'external-round-trip' });
  });

  it('say what is not known', () => {
    const once = { step: [0], count: [1], memory: [1e6], cpuTime: [500] };
    expect(notes({ roundTrip: 0.1, clientTime: null, processes: null }).map(({ code }) => code)).toEqual([
      'external-round-trip',
      'external-client-silent',
      'external-processes-unseen',
    ]);
    expect(notes({ roundTrip: 0.1, clientTime: null, processes: once })[2].values).toEqual({
      processes: 1,
      memory: 1e6,
    });
  });
});
