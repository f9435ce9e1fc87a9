// What is concluded from synthetic campaigns and examinations, by the formulas of the schema and no others.

import type { ArmName, PairedCampaign } from '../../src/result/campaign.js';
import type { Examination } from '../../src/result/examination.js';
import type { Accuracy, Comparison, ComparisonReport, Estimate, Ratio } from '../../src/result/judgement.js';
import { mean, quantile, tInterval } from '../../src/stats/index.js';
import { type StepCost, stepOf } from './synthetic-campaign.js';
import { type StudentName, scaled, studentCosts, teacherCost } from './synthetic-costs.js';

export function comparisonOf(
  campaign: PairedCampaign,
  examination: Examination | null,
  atoms: number,
  cases: boolean,
): Comparison {
  const labels = { baseline: campaign.arms.baseline.label, candidate: campaign.arms.candidate.label };
  const shares = (arm: ArmName) => {
    const sum = (phase: string) =>
      campaign.pairs.reduce(
        (total, { segments }) =>
          total + segments.phases[phase]!.reduce((s, ms, k) => s + (segments.arm[k] === arm ? ms : 0), 0),
        0,
      );
    const all = {
      forces: sum('forces'),
      neighbors: sum('neighbors'),
      integrate: sum('integrate'),
      other: sum('other'),
    };
    const whole = stepOf(all);
    return whole === 0
      ? null
      : {
          forces: all.forces / whole,
          neighbors: all.neighbors / whole,
          integrate: all.integrate / whole,
          other: all.other / whole,
        };
  };
  return {
    id: campaign.id,
    ...labels,
    cases: cases
      ? { baseline: caseId(atoms, labels.baseline), candidate: caseId(atoms, labels.candidate) }
      : { baseline: null, candidate: null },
    atoms,
    ratios: ['force-call-p50', 'step-time-p50', 'step-time-mean'].flatMap(
      (metric) => ratioOf(campaign, metric) ?? [],
    ),
    shares: { baseline: shares('baseline'), candidate: shares('candidate') },
    accuracy: examination?.frames.map(accuracyOf) ?? [],
    agreement: examination
      ? [
          {
            quantity: 'temperature',
            pair: null,
            difference: 2.5,
            noise: 2.9,
            startNoise: 30.6,
            unit: 'K',
            state: 'agrees',
          },
          {
            quantity: 'radial-distribution',
            pair: 'Si-Si',
            difference: 0.31,
            noise: 0.02,
            startNoise: 0.05,
            unit: '',
            state: 'differs',
          },
          {
            quantity: 'velocity-autocorrelation',
            pair: null,
            difference: 0.021,
            noise: 0.018,
            startNoise: 0.28,
            unit: '',
            state: 'agrees',
          },
          {
            quantity: 'spectrum',
            pair: null,
            difference: 0.09,
            noise: 0.04,
            startNoise: 0.22,
            unit: '',
            state: 'unclear',
          },
        ]
      : [],
    warnings: [],
  };
}

function ratioOf(campaign: PairedCampaign, metric: string): Ratio | null {
  if (campaign.pairs.length < 2) return null;
  const of = (arm: ArmName) =>
    campaign.pairs.map(({ segments }) => segments.metrics[metric]!.filter((_, k) => segments.arm[k] === arm));
  const logs = (arm: ArmName) => of(arm).map((values) => mean(values.map(Math.log)));
  const teachers = logs('baseline');
  const pairEffects = logs('candidate').map((value, k) => value - teachers[k]!);
  const { value, low, high } = tInterval(pairEffects);
  const median = (arm: ArmName) => quantile(Float64Array.from(of(arm).flat()), 0.5);
  return {
    metric,
    speedUp: {
      value: Math.exp(-value),
      low: Math.exp(-high),
      high: Math.exp(-low),
      unit: '1',
      n: pairEffects.length,
    },
    baseline: median('baseline'),
    candidate: median('candidate'),
    pairEffects,
  };
}

function accuracyOf({
  source,
  elements,
  energy,
  step,
  worstAtom,
  worstError,
}: Examination['frames'][number]): Accuracy {
  const [only] = elements;
  const components = 3 * only!.atoms;
  const rms = (values: readonly number[]) => Math.sqrt(mean(values) / components);
  const about = (value: number, unit: string): Estimate => ({
    value,
    low: 0.97 * value,
    high: 1.03 * value,
    unit,
    n: step.length,
  });
  const forces = {
    rmse: about(rms(only!.squared), 'eV/Å'),
    mae: about(mean(only!.absolute) / components, 'eV/Å'),
    largest: Math.max(...only!.largest),
    cosine: about(mean(only!.cosine) / only!.atoms, '1'),
    angle: about(mean(only!.angle) / only!.atoms, '°'),
    size: rms(only!.size),
  };
  const off = energy.candidate.map((value, k) => (1000 * (value - energy.baseline[k]!)) / only!.atoms);
  const offset = mean(off);
  return {
    source,
    forces: [
      { element: 'Si', ...forces },
      { element: 'all', ...forces },
    ],
    energy: { rmse: about(Math.sqrt(mean(off.map((x) => (x - offset) ** 2))), 'meV/atom'), offset },
    worst: [...step.keys()]
      .sort((a, b) => worstError[b]! - worstError[a]!)
      .slice(0, 5)
      .map((k) => ({ step: step[k]!, atom: worstAtom[k]!, error: worstError[k]! })),
  };
}

export function sizesOf(
  teacher: string,
  systems: readonly number[],
  students: readonly StudentName[],
): Pick<ComparisonReport, 'costModels' | 'crossovers'> {
  if (systems.length < 2) return { costModels: [], crossovers: [] };
  const estimate = (value: number, unit: string): Estimate => ({
    value,
    low: 0.9 * value,
    high: 1.1 * value,
    unit,
    n: systems.length,
  });
  const model = (label: string, cost: StepCost) => ({
    label,
    fixed: estimate(0.012, 'ms'),
    perAtom: estimate(stepOf(cost), 'ms/atom'),
    points: systems.map((atoms) => ({ atoms, time: stepOf(scaled(cost, atoms)) })),
  });
  return {
    costModels: [
      model(teacher, teacherCost),
      ...students.map((student) => model(student, studentCosts[student])),
    ],
    crossovers: students.map((candidate) => ({ candidate, atoms: null, always: 'faster' as const })),
  };
}

export function caseId(atoms: number, field: string): string {
  return `si${atoms}-${field}-nve`;
}
