// Energy and forces as a pair crosses the cutoff: a dimer, and an atom that comes to a bonded pair, are scanned outward.
// Where the energy changes by what its force does not explain, the interval is halved until a jump stands alone. eV, Å.

import { type System, symbolOf } from '../system/index.js';
import { bondLength, dimer, pairsOf, trimer } from './clusters.js';
import { type Examination, type Finding, finest, type Item, judged } from './examination.js';
import { roundoffOf } from './rounding.js';

/** Å; from 0.9 bond lengths to beyond the cutoff, or so far where it is unknown. */
const step = 0.05;
const beyond = 0.2;
const unknownReach = 12;
/** Intervals of a scan that are looked at more closely. */
const suspects = 4;
const outermost = Math.ceil((2 * beyond) / step);
/** Å: the width at which an interval is no longer halved. What the force changes by beside it, twice, is no jump. */
const narrow = { float64: 1e-5, other: 1e-3 } as const;

/**
 * eV. 1e-5 a crossing keeps what crossings add below the 0.05 meV/atom/ps of the drift's verdict: a liquid's atom sees a
 * few crossings a ps. In single at least eight roundings of the energy. Lennard-Jones cut plainly at 2.5 σ jumps by 1.7e-4.
 */
const energyJump = 1e-5;
/** eV/Å. A jump of the force alone is a warning: the energy stays continuous, and errs by its square. */
const forceJump = 5e-5;

interface Place {
  readonly r: number;
  readonly energy: number;
  /** eV/Å, along the scan */
  readonly force: number;
}
interface Jump {
  readonly energy: number;
  readonly force: number;
  readonly distance: number;
}

export const cutoffSmoothness: Item = {
  id: 'cutoff-smoothness',
  needs: [],
  async run(examination) {
    let worst: Finding | null = null;
    for (const [a, b] of pairsOf(examination.elements)) {
      for (const [shape, cluster] of [
        ['dimer', dimer],
        ['trimer', trimer],
      ] as const) {
        const at = (r: number) => examination.place(cluster(a, b, r));
        const finding = await scan(examination, at, bondLength(a, b), {
          first: symbolOf(a),
          second: symbolOf(b),
          shape,
        });
        if (worst === null || rank(finding) > rank(worst)) worst = finding;
      }
    }
    return worst!;
  },
};

async function scan(
  examination: Examination,
  at: (r: number) => System,
  bond: number,
  values: Finding['values'],
): Promise<Finding> {
  const examinee = finest(examination);
  const look = async (r: number): Promise<Place> => {
    const { energy, forces } = await examinee.evaluate(at(r));
    return { r, energy, force: forces[3] };
  };
  const end = examinee.cutoff === null ? unknownReach : examinee.cutoff + beyond;
  const places: Place[] = [];
  for (let r = Math.min(0.9 * bond, end - 1); r < end; r += step) places.push(await look(r + 0.0123));
  if (!places.every(({ energy, force }) => Number.isFinite(energy) && Number.isFinite(force)))
    return judged(Number.NaN, energyJump, 'eV', values);
  const intervals = places.slice(1).map((_, k) => k);
  const width = examinee.precision === 'float64' ? narrow.float64 : narrow.other;
  const byEnergy = await Promise.all(
    outstanding(intervals.map((k) => unexplainedBySlopes(places, k))).map((k) =>
      halved(look, places[k], places[k + 1], width, unexplained),
    ),
  );
  const byForce = await Promise.all(
    outstanding(intervals.map((k) => change(places[k], places[k + 1]))).map((k) =>
      halved(look, places[k], places[k + 1], width, change),
    ),
  );
  const most = (jumps: readonly Jump[], of: 'energy' | 'force') =>
    jumps.reduce((worst, jump) => (jump[of] > worst[of] ? jump : worst));
  const energy = most(byEnergy, 'energy');
  const force = most([...byForce, ...byEnergy], 'force');
  const largestEnergy = Math.max(...places.map((place) => Math.abs(place.energy)));
  const rounding = 8 * roundoffOf(examinee.precision) * largestEnergy;
  const finding = judged(energy.energy, Math.max(energyJump, rounding), 'eV', {
    ...values,
    distance: energy.energy > energyJump ? energy.distance : force.distance,
    forceJump: force.force,
    precision: examinee.precision,
  });
  const jumps = force.force > forceTolerance(examinee.precision, largestEnergy);
  return finding.status === 'pass' && jumps ? { ...finding, status: 'warn' } : finding;
}

/** Forces in single scatter by some hundred roundings of 1 eV/Å, or of the energy over an Å. */
function forceTolerance(precision: Parameters<typeof roundoffOf>[0], energy: number): number {
  return Math.max(forceJump, 400 * roundoffOf(precision) * Math.max(1, energy / 100));
}

type Measure = (a: Place, b: Place) => number;

/** eV: what the mean force over the interval does not explain. */
const unexplained: Measure = (a, b) =>
  Math.abs(b.energy - a.energy + ((a.force + b.force) / 2) * (b.r - a.r));
const change: Measure = (a, b) => Math.abs(b.force - a.force);

/** The same with the slope of the force taken from the places beside: smooth energies leave the fifth power of the step. */
function unexplainedBySlopes(places: readonly Place[], k: number): number {
  const [before, a, b, after] = [k - 1, k, k + 1, k + 2].map((one) => places[one]);
  if (!before || !after) return unexplained(a!, b!);
  const bend = (b!.force - before.force - (after.force - a!.force)) / 24;
  const work = ((a!.force + b!.force) / 2 + bend) * (b!.r - a!.r);
  return Math.abs(b!.energy - a!.energy + work);
}

/**
 * The intervals, by the place that they begin at, of which there is most, of which there is more than in those on both
 * sides together, and the outermost ones, which hold the cutoff where it is known.
 */
function outstanding(sizes: readonly number[]): number[] {
  const excess = sizes.map((size, k) => size - (sizes[k - 1] ?? size) - (sizes[k + 1] ?? size));
  const order = sizes.map((_, k) => k);
  const largestOf = (values: readonly number[]) =>
    order.toSorted((a, b) => values[b] - values[a]).slice(0, suspects);
  return [...new Set([...largestOf(sizes), ...largestOf(excess), ...order.slice(-outermost)])];
}

async function halved(
  look: (r: number) => Promise<Place>,
  from: Place,
  to: Place,
  width: number,
  of: Measure,
): Promise<Jump> {
  let [a, b] = [from, to];
  while (b.r - a.r > width) {
    const middle = await look((a.r + b.r) / 2);
    [a, b] = of(a, middle) > of(middle, b) ? [a, middle] : [middle, b];
  }
  const beside = [await look(2 * a.r - b.r), await look(2 * b.r - a.r)];
  const smooth = Math.max(change(beside[0], a), change(b, beside[1]));
  return { energy: unexplained(a, b), force: Math.max(0, change(a, b) - 2 * smooth), distance: a.r };
}

/** A failure is worse than a warning, whatever the numbers. */
function rank({ status, value, values }: Finding): number {
  const level = { fail: 2e6, warn: 1e6, pass: 0, skipped: -1 }[status];
  return value === null ? 3e6 : level + Math.min(9e5, value * 1e5 + Number(values.forceJump ?? 0));
}
