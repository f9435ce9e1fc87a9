import { describe, expect, it } from 'vitest';
import { compareCampaigns } from '../../src/compare/index.js';
import type { LabelledFrames } from '../../src/result/examination.js';
import type { Accuracy } from '../../src/result/judgement.js';
import { type PlantedErrors, plantedExamination, plantedFrames } from '../support/labelled-frames.js';
import { plantedCampaign } from '../support/paired-campaign.js';
import { coverage } from '../support/synthetic.js';
import { syntheticDocument } from '../support/synthetic-case.js';

const noPairs = plantedCampaign({ pairs: 0 });

function accuracies(...frames: LabelledFrames[]): Accuracy[] {
  const document = {
    ...syntheticDocument(),
    campaigns: [noPairs],
    examinations: [plantedExamination({ frames })],
  };
  return compareCampaigns(document).comparisons[0]!.accuracy;
}

const accuracy = (options: PlantedErrors) => accuracies(plantedFrames(options))[0]!;

describe('force errors', () => {
  const found = accuracy({
    frames: 200,
    elements: [
      { number: 8, atoms: 32, error: 0.2 },
      { number: 1, atoms: 64, error: 0.05 },
    ],
  });

  it('are per element and over all atoms, by components', () => {
    expect(found.forces.map(({ element }) => element)).toEqual(['O', 'H', 'all']);
    const [oxygen, hydrogen, all] = found.forces as [
      Accuracy['forces'][number],
      Accuracy['forces'][number],
      Accuracy['forces'][number],
    ];
    expect(oxygen.rmse.value).toBeCloseTo(0.2, 2);
    expect(hydrogen.rmse.value).toBeCloseTo(0.05, 3);
    expect(all.rmse.value).toBeCloseTo(Math.sqrt((0.2 ** 2 + 2 * 0.05 ** 2) / 3), 2);
    expect(oxygen.mae.value / oxygen.rmse.value).toBeCloseTo(Math.sqrt(2 / Math.PI), 2);
    expect(all.size).toBeCloseTo(1, 1);
    expect(all.largest).toBe(oxygen.largest);
    expect(all.rmse).toMatchObject({ unit: 'eV/Å', n: 200 });
  });

  it('turn the force by the angle that they should', () => {
    const small = accuracy({ elements: [{ number: 14, atoms: 64, error: 0.001 }] }).forces[0]!;
    const large = accuracy({ elements: [{ number: 14, atoms: 64, error: 100 }] }).forces[0]!;
    expect(small.angle.value).toBeLessThan(0.2);
    expect(small.cosine.value).toBeGreaterThan(0.99999);
    expect(small.cosine.high).toBeLessThanOrEqual(1);
    expect(large.angle.value).toBeCloseTo(90, -1);
    expect(Math.abs(large.cosine.value)).toBeLessThan(0.05);
  });

  it('count no atom whose force vanishes, and need none', () => {
    const frames = plantedFrames();
    const [errors] = frames.elements;
    errors!.counted[0] = 1;
    errors!.angle[0] = 10;
    errors!.counted.fill(0, 1);
    errors!.angle.fill(0, 1);
    expect(accuracies(frames)[0]!.forces[0]!.angle.value).toBeCloseTo(10, 12);
    errors!.counted.fill(0);
    expect(accuracies(frames)[0]!.forces[0]!.angle).toMatchObject({ value: 0, low: null, high: null });
  });

  it.each([
    ['independent frames', 0, 60],
    ['frames that remember', 0.7, 200],
  ])('have an interval that covers the truth: %s', (_, memory, frames) => {
    const [error, variation] = [0.1, 0.3];
    const truth = error * Math.exp(variation ** 2);
    const elements = [{ number: 14, atoms: 8, error }];
    const share = coverage(truth, 80, (seed) => {
      const { rmse } = accuracy({ seed, frames, memory, variation, elements }).forces[0]!;
      return { low: rmse.low!, high: rmse.high! };
    });
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThanOrEqual(0.995);
  });

  it('have none of a few frames', () => {
    const { forces, energy } = accuracy({ frames: 5 });
    expect(forces[0]!.rmse).toMatchObject({ low: null, high: null, n: 5 });
    expect(energy.rmse.low).toBeNull();
  });
});

describe('energy errors', () => {
  it('are per atom and without the constant offset', () => {
    const { energy } = accuracy({ frames: 400, offset: 300, energyError: 0.5 });
    expect(energy.offset).toBeCloseTo(300, 0);
    expect(energy.rmse.value).toBeCloseTo(0.5, 1);
    expect(energy.rmse.unit).toBe('meV/atom');
  });

  it('lose a degree of freedom to the offset', () => {
    let squares = 0;
    for (let seed = 1; seed <= 200; seed++) {
      squares +=
        accuracy({ seed, frames: 3, elements: [{ number: 14, atoms: 2, error: 0.1 }] }).energy.rmse.value **
        2;
    }
    expect(squares / 200 / 0.25).toBeGreaterThan(0.85);
    expect(squares / 200 / 0.25).toBeLessThan(1.15);
  });
});

describe('the frames of an accuracy', () => {
  it('name the worst, with its step and atom', () => {
    const frames = plantedFrames();
    frames.worstError[17] = 9.5;
    frames.worstAtom[17] = 42;
    const [{ worst }] = accuracies(frames) as [Accuracy];
    expect(worst).toHaveLength(5);
    expect(worst[0]).toEqual({ step: frames.step[17], atom: 42, error: 9.5 });
    expect(worst.map(({ error }) => error)).toEqual(worst.map(({ error }) => error).sort((a, b) => b - a));
  });

  it('are those of both trajectories, each by itself; none where there are no frames', () => {
    const both = accuracies(
      plantedFrames({ source: 'baseline' }),
      plantedFrames({ source: 'candidate', elements: [{ number: 14, atoms: 64, error: 0.3 }] }),
    );
    expect(both.map(({ source }) => source)).toEqual(['baseline', 'candidate']);
    expect(both[1]!.forces[0]!.rmse.value / both[0]!.forces[0]!.rmse.value).toBeCloseTo(3, 0);
    expect(accuracies(plantedFrames({ frames: 0 }))).toEqual([]);
  });
});
