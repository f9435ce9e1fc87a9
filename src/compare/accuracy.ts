// How far the candidate's forces and energies are from the baseline's on the same frames; eV/Å, degrees, meV/atom.
// Intervals by block bootstrap over frames, which follow each other in time and are not independent.

import type { Examination, LabelledFrames } from '../result/examination.js';
import type { Accuracy, Estimate } from '../result/judgement.js';
import { type Interval, mean } from '../stats/index.js';
import { elementSymbol } from './element-symbols.js';
import { estimateOf } from './estimate.js';
import { meanOverFrames, ratioOfSums, rootOf } from './frame-statistics.js';

type Errors = LabelledFrames['elements'][number];
type Forces = Accuracy['forces'][number];

/** Worst frames that are named. */
const worstFrames = 5;

/** One entry a source of frames that has any, in the order of the examination. */
export function accuracyOf({ frames }: Examination): Accuracy[] {
  return frames
    .filter((source) => source.step.length > 0 && source.elements.length > 0)
    .map((source) => ({
      source: source.source,
      forces: [
        ...source.elements.map((errors) => forcesOf(elementSymbol(errors.number), errors)),
        forcesOf('all', together(source.elements)),
      ],
      energy: energyOf(source),
      worst: worstOf(source),
    }));
}

function forcesOf(element: string, errors: Errors): Forces {
  const frames = errors.squared.length;
  const components = new Array(frames).fill(3 * errors.atoms);
  const within = (interval: Interval, unit: string, low: number, high: number): Estimate =>
    estimateOf(
      {
        value: interval.value,
        low: Number.isFinite(interval.low) ? Math.max(interval.low, low) : interval.low,
        high: Number.isFinite(interval.high) ? Math.min(interval.high, high) : interval.high,
      },
      unit,
      frames,
    );
  return {
    element,
    rmse: estimateOf(rootOf(ratioOfSums(errors.squared, components)), 'eV/Å', frames),
    mae: within(ratioOfSums(errors.absolute, components), 'eV/Å', 0, Number.POSITIVE_INFINITY),
    largest: Math.max(...errors.largest),
    cosine: within(ratioOfSums(errors.cosine, errors.counted), '', -1, 1),
    angle: within(ratioOfSums(errors.angle, errors.counted), '°', 0, 180),
    size: Math.sqrt(ratioOfSums(errors.size, components).value),
  };
}

function together(elements: readonly Errors[]): Errors {
  const sum = (pick: (errors: Errors) => number[]) =>
    pick(elements[0]).map((_, k) => elements.reduce((total, errors) => total + pick(errors)[k], 0));
  return {
    number: 0,
    atoms: elements.reduce((total, { atoms }) => total + atoms, 0),
    squared: sum(({ squared }) => squared),
    absolute: sum(({ absolute }) => absolute),
    largest: elements[0].largest.map((_, k) => Math.max(...elements.map(({ largest }) => largest[k]))),
    cosine: sum(({ cosine }) => cosine),
    angle: sum(({ angle }) => angle),
    counted: sum(({ counted }) => counted),
    size: sum(({ size }) => size),
  };
}

/** The zero of the energy is the force field's own affair: the mean difference is taken off (one degree of freedom). */
function energyOf({ energy, elements }: LabelledFrames): Accuracy['energy'] {
  const atoms = elements.reduce((sum, errors) => sum + errors.atoms, 0);
  const differences = energy.candidate.map(
    (candidate, k) => (1000 * (candidate - energy.baseline[k])) / atoms,
  );
  const offset = mean(differences);
  const frames = differences.length;
  const freedom = frames > 1 ? frames / (frames - 1) : 1;
  const squares = differences.map((difference) => freedom * (difference - offset) ** 2);
  return { rmse: estimateOf(rootOf(meanOverFrames(squares)), 'meV/atom', frames), offset };
}

function worstOf({ step, worstAtom, worstError }: LabelledFrames): Accuracy['worst'] {
  return step
    .map((at, k) => ({ step: at, atom: worstAtom[k], error: worstError[k] }))
    .sort((a, b) => b.error - a.error)
    .slice(0, worstFrames);
}
