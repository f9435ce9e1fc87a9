// Forces are minus the gradient of the energy: each component against central differences, in double where there is a
// twin. Where they are not, whether any energy could have them: ∂F_a/∂x_b = ∂F_b/∂x_a.

import type { ForceOutput } from '../forcefield/index.js';
import { createRandom } from '../random.js';
import type { System } from '../system/index.js';
import { type Derivative, extrapolated, orderOf } from './differences.js';
import { type Examination, type Finding, finest, type Item, judged, skipped } from './examination.js';
import type { Examinee } from './examinee.js';
import { energyNoise, largest, roundingOf } from './rounding.js';

/** Å, the largest of three steps: truncation shows at the first and has gone at the last. */
const steps = { double: 4e-3, single: 0.1 } as const;
/**
 * A failure in double is looked at again with steps finer by this: where the slope of a force jumps, as with the CELU of
 * ANI, differences err by the step and not by its square. A wrong force stays as wrong.
 */
const finer = 32;
const componentsAtMost = 48;
/** Of the largest force: what graphs in double keep (the shipped models 1e-8), and what no real fault is below. */
const relative = 1e-6;
/** Times the rounding of differences. */
const certain = 6;
/** Truncation may add this share of the largest force and no more, lest a rough energy excuse a wrong force. */
const truncationAtMost = 1e-3;
/**
 * Share of the largest second derivative by which the matrix of a true gradient may be unsymmetric: what differences of
 * forces over the smallest step leave.
 */
const asymmetryAtMost = { double: 1e-3, single: 2e-2 } as const;

interface Probe {
  readonly component: number;
  readonly derivative: Derivative;
  /** ∂F/∂x of this component, (n,3), by its smallest step. */
  readonly slopes: Float64Array;
  /** No pair entered or left the list on the way. */
  readonly quiet: boolean;
}

/**
 * eV/Å: 1e-6 of the largest force in double, in single the rounding of the energy over the smallest step; with what the
 * extrapolation leaves. Components on whose way a pair crosses the cutoff are left out where enough others remain: a
 * jump of the energy there is `cutoff-smoothness`, not a wrong force.
 */
export const gradient: Item = {
  id: 'gradient',
  needs: [],
  async run(examination) {
    const finding = await compared(examination, 1);
    if (finding.status !== 'fail' || finest(examination).precision !== 'float64') return finding;
    const again = await compared(examination, finer);
    return again.status === 'pass' ? again : finding;
  },
};

async function compared(examination: Examination, times: number): Promise<Finding> {
  const { system } = examination;
  const examinee = finest(examination);
  const isDouble = examinee.precision === 'float64';
  const said = await examinee.evaluate(system);
  const h = (isDouble ? steps.double : steps.single) / times;
  const probes: Probe[] = [];
  for (const component of chosen(system.positions.length))
    probes.push(await probe(examinee, system, component, h));
  const quiet = probes.filter((one) => one.quiet);
  const used = isDouble && 4 * quiet.length >= probes.length ? quiet : probes;
  const scale = Math.max(largest(said.forces), 1e-3);
  const noise = (certain * energyNoise(examinee.precision, system.numbers.length, said.energy)) / (h / 4);
  if (noise > 0.05 * scale && scale > 1e-3) return skipped('too-coarse', { noise, largestForce: scale });
  const doubt = Math.min(
    truncationAtMost * scale,
    Math.max(...used.map(({ derivative }) => derivative.doubt)),
  );
  const tolerance = Math.max(relative * scale, noise) + doubt;
  const error = largest(used.map((one) => said.forces[one.component] + one.derivative.value));
  const values = {
    precision: examinee.precision,
    order: orderAt(said, used, noise),
    components: used.length,
    largestForce: scale,
    singleError: await singleError(examination, said),
  };
  const finding = judged(error, tolerance, 'eV/Å', values);
  if (finding.status === 'pass') return beside(finding, examination, said);
  return { ...finding, values: { ...values, ...nature(said, used, tolerance, isDouble) } };
}

async function probe(examinee: Examinee, system: System, component: number, h: number): Promise<Probe> {
  const at: [number, number][] = [];
  const signatures = new Set<number>();
  let forces: Float64Array[] = [];
  for (const step of [h, h / 2, h / 4]) {
    const sides: ForceOutput[] = [];
    for (const by of [step, -step]) {
      const positions = system.positions.slice();
      positions[component] += by;
      sides.push(await examinee.evaluate({ ...system, positions }));
      signatures.add(examinee.pairSignature());
    }
    at.push([sides[0].energy, sides[1].energy]);
    forces = sides.map((side) => side.forces);
  }
  return {
    component,
    derivative: extrapolated(at, h),
    slopes: forces[0].map((force, k) => (force - forces[1][k]) / (h / 2)),
    quiet: signatures.size === 1,
  };
}

/** All components of a small system, some of a larger one. */
function chosen(count: number): number[] {
  const all = Array.from({ length: count }, (_, k) => k);
  const random = createRandom(5);
  while (all.length > componentsAtMost) all.splice(random.integer(all.length), 1);
  return all;
}

/** Null where rounding hides it. */
function orderAt({ forces }: ForceOutput, probes: readonly Probe[], noise: number): number | null {
  const errors = [0, 1, 2].map((level) => {
    const squares = probes.map((one) => (forces[one.component] + one.derivative.levels[level]) ** 2);
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / probes.length);
  });
  const order = orderOf(errors);
  return errors[2] > noise && Number.isFinite(order) ? order : null;
}

/** eV/Å between the forces as they run and those in double. */
async function singleError({ examinee, double, truth }: Examination, said: ForceOutput) {
  if (!double || double === examinee) return null;
  return largest(truth.forces.map((force, k) => force - said.forces[k]));
}

/** The forces that run in single are those that were tested in double, to eight times the rounding of a symmetry. */
function beside(finding: Finding, { examinee, system, truth }: Examination, said: ForceOutput): Finding {
  const error = finding.values.singleError;
  if (typeof error !== 'number') return finding;
  const limit = 8 * roundingOf(examinee.precision, system, said).force;
  if (error <= limit && truth.forces.every(Number.isFinite)) return finding;
  return judged(Number.NaN, limit, 'eV/Å', { ...finding.values, nature: 'single' });
}

/** `direct`: no energy has these forces. `scaled`: a factor is wrong. `other`: forces of another energy. */
function nature(
  { forces }: ForceOutput,
  probes: readonly Probe[],
  tolerance: number,
  isDouble: boolean,
): Finding['values'] {
  const asymmetric = isDouble ? asymmetryAtMost.double : asymmetryAtMost.single;
  const slopes = probes.map((one) => probes.map(({ component }) => one.slopes[component]));
  const most = Math.max(...slopes.map((row) => largest(row)));
  const asymmetry = largest(slopes.flatMap((row, a) => row.map((slope, b) => slope - slopes[b][a]))) / most;
  const sum = (of: (one: Probe) => number) => probes.reduce((total, one) => total + of(one), 0);
  const factor =
    -sum((one) => forces[one.component] * one.derivative.value) / sum((one) => one.derivative.value ** 2);
  const rest = largest(probes.map((one) => forces[one.component] + factor * one.derivative.value));
  const isScaled = rest <= 10 * tolerance && asymmetry <= asymmetric;
  const kind = asymmetry > asymmetric ? 'direct' : isScaled ? 'scaled' : 'other';
  return {
    nature: kind,
    asymmetry: Number.isFinite(asymmetry) ? asymmetry : null,
    factor: isScaled ? factor : null,
  };
}
