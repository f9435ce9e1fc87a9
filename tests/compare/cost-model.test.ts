import { describe, expect, it } from 'vitest';
import { compareCampaigns } from '../../src/compare/index.js';
import type { ComparisonReport } from '../../src/result/judgement.js';
import { plantedCampaign } from '../support/paired-campaign.js';
import { syntheticDocument } from '../support/synthetic-case.js';

interface Cost {
  readonly fixed: number;
  readonly perAtom: number;
}

const timeOf = ({ fixed, perAtom }: Cost, atoms: number) => fixed + perAtom * atoms;

function report(sizes: readonly number[], teacher: Cost, student: Cost, scatter = 0.002): ComparisonReport {
  const campaigns = sizes.map((atoms, k) =>
    plantedCampaign({
      id: `si${atoms}`,
      atoms,
      seed: k + 1,
      process: scatter,
      scatter,
      times: { 'step-time-p50': timeOf(teacher, atoms) },
      effects: { 'step-time-p50': Math.log(timeOf(student, atoms) / timeOf(teacher, atoms)) },
    }),
  );
  return compareCampaigns({ ...syntheticDocument(), campaigns });
}

const teacher = { fixed: 0.2, perAtom: 0.02 };

describe('the cost model', () => {
  it('finds what a step costs at all and per atom, with intervals', () => {
    const { costModels } = report([64, 216, 512, 1000], teacher, { fixed: 0.1, perAtom: 0.004 });
    expect(costModels.map(({ label }) => label)).toEqual(['silicon-teacher', 'silicon-student']);
    const [{ fixed, perAtom, points }, student] = costModels as [
      ComparisonReport['costModels'][number],
      ComparisonReport['costModels'][number],
    ];
    expect(fixed.low!).toBeLessThan(0.2);
    expect(fixed.high!).toBeGreaterThan(0.2);
    expect(perAtom.value).toBeCloseTo(0.02, 3);
    expect(perAtom).toMatchObject({ unit: 'ms/atom', n: 4 });
    expect(student.perAtom.value).toBeCloseTo(0.004, 4);
    expect(points.map(({ atoms }) => atoms)).toEqual([64, 216, 512, 1000]);
  });

  it('weighs small boxes as much as large ones', () => {
    const { costModels } = report([8, 64, 4096], { fixed: 0.2, perAtom: 0.02 }, teacher, 0.02);
    expect(costModels[0]!.fixed.value).toBeCloseTo(0.2, 1);
  });

  it('is a line without an interval through two sizes, and none of one', () => {
    const { costModels } = report([64, 216], teacher, { fixed: 0.1, perAtom: 0.004 });
    expect(costModels).toHaveLength(2);
    expect(costModels[0]!.fixed).toMatchObject({ low: null, high: null, n: 2 });
    expect(report([64], teacher, teacher)).toMatchObject({ costModels: [], crossovers: [] });
  });

  it('has one point a size, also where two students were measured against the teacher', () => {
    const document = {
      ...syntheticDocument(),
      campaigns: [64, 216].flatMap((atoms) =>
        ['student-a', 'student-b'].map((candidate) =>
          plantedCampaign({
            id: `si${atoms}`,
            atoms,
            labels: { baseline: 'silicon-teacher', candidate },
            times: { 'step-time-p50': timeOf(teacher, atoms) },
          }),
        ),
      ),
    };
    const { costModels, crossovers } = compareCampaigns(document);
    expect(costModels.map(({ label, points }) => [label, points.length])).toEqual([
      ['silicon-teacher', 2],
      ['student-a', 2],
      ['student-b', 2],
    ]);
    expect(crossovers.map(({ candidate }) => candidate)).toEqual(['student-a', 'student-b']);
  });
});

describe('the size at which a student stops winning', () => {
  it('is where the lines cross, within the sizes that were measured', () => {
    const [crossover] = report(
      [64, 216, 1000],
      { fixed: 2, perAtom: 0.004 },
      { fixed: 0.5, perAtom: 0.007 },
    ).crossovers;
    expect(crossover!.atoms! / 500).toBeCloseTo(1, 1);
    expect(crossover).toMatchObject({
      candidate: 'silicon-student',
      always: null,
      beyond: 'slower',
      extrapolated: false,
    });
  });

  it('is marked where it lies beyond them', () => {
    const [crossover] = report(
      [64, 128, 216],
      { fixed: 2, perAtom: 0.004 },
      { fixed: 0.5, perAtom: 0.007 },
    ).crossovers;
    expect(crossover!.atoms! / 500).toBeCloseTo(1, 0);
    expect(crossover).toMatchObject({ beyond: 'slower', extrapolated: true });
  });

  it('can be the size from which it begins to win', () => {
    const [crossover] = report(
      [64, 216, 1000],
      { fixed: 0.5, perAtom: 0.007 },
      { fixed: 2, perAtom: 0.004 },
    ).crossovers;
    expect(crossover).toMatchObject({ beyond: 'faster', extrapolated: false });
  });

  it('is none where one is always faster', () => {
    const cheap = { fixed: 0.1, perAtom: 0.004 };
    expect(report([64, 216, 512], teacher, cheap).crossovers).toEqual([
      { candidate: 'silicon-student', atoms: null, always: 'faster' },
    ]);
    expect(report([64, 216, 512], cheap, teacher).crossovers).toEqual([
      { candidate: 'silicon-student', atoms: null, always: 'slower' },
    ]);
  });
});
