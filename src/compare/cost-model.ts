// What a step costs by size, t(N) = a + b·N in ms for N atoms, and the size at which the candidate stops (or begins) to
// be faster. Through two sizes a line goes without an interval; one size says nothing of others.

import type { Comparison, ComparisonReport, CostModel } from '../result/judgement.js';
import { crossing, type FittedLine, fitLine, mean } from '../stats/index.js';
import { estimateOf } from './estimate.js';

type Crossover = ComparisonReport['crossovers'][number];

interface FittedCost {
  readonly model: CostModel;
  readonly line: FittedLine;
}

export function sizesOf(
  comparisons: readonly Comparison[],
): Pick<ComparisonReport, 'costModels' | 'crossovers'> {
  const baselines = fittedCosts(comparisons, 'baseline');
  const candidates = fittedCosts(comparisons, 'candidate');
  const crossovers = candidates.flatMap(({ model, line }) => {
    const name = comparisons.find(({ candidate }) => candidate === model.label)?.baseline;
    const baseline = baselines.find((one) => one.model.label === name);
    return baseline ? crossoverOf(model, line, baseline) : [];
  });
  const all = [...baselines, ...candidates].map(({ model }) => model);
  return {
    costModels: all.filter((one, k) => all.findIndex(({ label }) => label === one.label) === k),
    crossovers,
  };
}

/** Residuals weigh by 1/t²: times scatter by a share of themselves, and the largest box must not decide the line alone. */
function fittedCosts(comparisons: readonly Comparison[], arm: 'baseline' | 'candidate'): FittedCost[] {
  const labels = [...new Set(comparisons.map((comparison) => comparison[arm]))];
  return labels.flatMap((label) => {
    const points = pointsOf(
      comparisons.filter((comparison) => comparison[arm] === label),
      arm,
    );
    if (points.length < 2) return [];
    const times = points.map(({ time }) => time);
    const line = fitLine(
      points.map(({ atoms }) => atoms),
      times,
      times.map((time) => time ** -2),
    );
    const model = {
      label,
      fixed: estimateOf(line.intercept, 'ms', points.length),
      perAtom: estimateOf(line.slope, 'ms/atom', points.length),
      points,
    };
    return [{ model, line }];
  });
}

/** By size; a size that was measured more than once counts with the geometric mean. */
function pointsOf(comparisons: readonly Comparison[], arm: 'baseline' | 'candidate'): CostModel['points'] {
  const bySize = new Map<number, number[]>();
  for (const { atoms, ratios } of comparisons) {
    const time = (ratios.find(({ metric }) => metric === 'step-time-p50') ?? ratios[0])?.[arm];
    if (atoms === null || time === undefined || !(time > 0)) continue;
    bySize.set(atoms, [...(bySize.get(atoms) ?? []), Math.log(time)]);
  }
  return [...bySize]
    .sort(([a], [b]) => a - b)
    .map(([atoms, logs]) => ({ atoms, time: Math.exp(mean(logs)) }));
}

function crossoverOf(candidate: CostModel, line: FittedLine, baseline: FittedCost): Crossover {
  const sizes = candidate.points.map(({ atoms }) => atoms);
  const fixed = line.intercept.value - baseline.line.intercept.value;
  const perAtom = line.slope.value - baseline.line.slope.value;
  const atoms = crossing(line, baseline.line)?.value ?? Number.NaN;
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  if (!(atoms >= 1)) {
    const always = fixed + perAtom * largest < 0 ? 'faster' : 'slower';
    return { candidate: candidate.label, atoms: null, always };
  }
  return {
    candidate: candidate.label,
    atoms,
    always: null,
    beyond: perAtom < 0 ? 'faster' : 'slower',
    extrapolated: atoms < smallest || atoms > largest,
  };
}
