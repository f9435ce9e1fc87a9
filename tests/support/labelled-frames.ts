// Examinations of known truth: forces with errors of a known size and angle, curves of a known process.

import { createRandom, type Random } from '../../src/random.js';
import type { ArmName } from '../../src/result/campaign.js';
import type { Curve, Examination, LabelledFrames, Observables } from '../../src/result/examination.js';

export interface PlantedErrors {
  readonly seed?: number;
  readonly source?: ArmName;
  readonly frames?: number;
  readonly elements?: readonly { readonly number: number; readonly atoms: number; readonly error: number }[];
  /** meV/atom: constant, and standard deviation. */
  readonly offset?: number;
  readonly energyError?: number;
  /** Autocorrelation of the error's size from frame to frame, and how much the size varies. */
  readonly memory?: number;
  readonly variation?: number;
}

/** Forces of 1 eV/Å a component, and a normal error of each component. */
export function plantedFrames(options: PlantedErrors = {}): LabelledFrames {
  const { seed = 1, source = 'candidate', frames = 50, offset = 2, energyError = 0.5 } = options;
  const { elements = [{ number: 14, atoms: 64, error: 0.1 }], memory = 0, variation = 0 } = options;
  const random = createRandom(seed);
  const atoms = elements.reduce((sum, element) => sum + element.atoms, 0);
  const out: LabelledFrames = {
    source,
    step: Array.from({ length: frames }, (_, k) => 10 * (k + 1)),
    energy: { baseline: [], candidate: [] },
    elements: elements.map(({ number, atoms }) => ({
      number,
      atoms,
      squared: [],
      absolute: [],
      largest: [],
      cosine: [],
      angle: [],
      counted: [],
      size: [],
    })),
    worstAtom: [],
    worstError: [],
    parity: { baseline: [], candidate: [] },
    worstFile: null,
  };
  let level = random.normal();
  for (let frame = 0; frame < frames; frame++) {
    let first = 0;
    let worst = { atom: 0, error: 0 };
    for (const [e, { error, atoms }] of elements.entries()) {
      const found = label(out.elements[e]!, atoms, error * Math.exp(variation * level), random);
      if (found.error > worst.error) worst = { atom: first + found.atom, error: found.error };
      first += atoms;
    }
    out.worstAtom.push(worst.atom);
    out.worstError.push(worst.error);
    const energy = -4.6 * atoms + random.normal();
    out.energy.baseline.push(energy);
    out.energy.candidate.push(energy + (atoms * (offset + energyError * random.normal())) / 1000);
    level = memory * level + Math.sqrt(1 - memory ** 2) * random.normal();
  }
  return out;
}

function label(errors: LabelledFrames['elements'][number], atoms: number, error: number, random: Random) {
  const sums = { squared: 0, absolute: 0, cosine: 0, angle: 0, size: 0 };
  let worst = { atom: 0, error: 0 };
  for (let atom = 0; atom < atoms; atom++) {
    const force = [0, 1, 2].map(() => random.normal());
    const off = [0, 1, 2].map(() => error * random.normal());
    const other = force.map((value, k) => value + off[k]!);
    const dot = force.reduce((sum, value, k) => sum + value * other[k]!, 0);
    const cosine = Math.min(dot / Math.hypot(...force) / Math.hypot(...other), 1);
    sums.squared += off.reduce((sum, value) => sum + value ** 2, 0);
    sums.absolute += off.reduce((sum, value) => sum + Math.abs(value), 0);
    sums.cosine += cosine;
    sums.angle += (Math.acos(cosine) * 180) / Math.PI;
    sums.size += force.reduce((sum, value) => sum + value ** 2, 0);
    if (Math.hypot(...off) > worst.error) worst = { atom, error: Math.hypot(...off) };
  }
  errors.squared.push(sums.squared);
  errors.absolute.push(sums.absolute);
  errors.cosine.push(sums.cosine);
  errors.angle.push(sums.angle);
  errors.size.push(sums.size);
  errors.largest.push(worst.error);
  errors.counted.push(atoms);
  return worst;
}

export interface PlantedRun {
  readonly seed: number;
  readonly arm: ArmName;
  /** Relative scatter of a whole run's curves, and how many bins it is correlated over. */
  readonly noise?: number;
  readonly width?: number;
  /** Relative change of all abscissas: another force field. */
  readonly stretch?: number;
  /** K: the true mean of the run, and the scatter of a half of it. */
  readonly temperature?: number;
  readonly halfScatter?: number;
}

/** The halves scatter √2 times as much as the whole, which is their mean. */
export function plantedObservables(options: PlantedRun): Observables {
  const { seed, arm, noise = 0.03, width = 5, stretch = 1, temperature = 300, halfScatter = 3 } = options;
  const random = createRandom(seed);
  const curve = (length: number, of: (x: number) => number): Curve => {
    const half = () => {
      const wiggle = smooth(length, width, random);
      return Array.from({ length }, (_, k) => of(k / length / stretch) + Math.SQRT2 * noise * wiggle[k]!);
    };
    const halves: Curve['halves'] = [half(), half()];
    return { start: 0, width: 0.05, whole: halves[0].map((value, k) => (value + halves[1][k]!) / 2), halves };
  };
  const bump = (x: number, at: number) => Math.exp(-(((x - at) / 0.05) ** 2) / 2);
  const warmth = [0, 1].map(() => temperature + halfScatter * random.normal());
  return {
    arm,
    seed,
    steps: 1000,
    every: { positions: 10, velocities: 2 },
    temperature: { mean: (warmth[0]! + warmth[1]!) / 2, halves: [warmth[0]!, warmth[1]!] },
    radialDistribution: [{ pair: 'Si-Si', curve: curve(120, (x) => bump(x, 0.3) + 0.7 * bump(x, 0.6)) }],
    velocityAutocorrelation: curve(200, (x) => Math.exp(-3 * x) * Math.cos(20 * x)),
    spectrum: curve(100, (x) => bump(x, 0.2) + bump(x, 0.7)),
  };
}

/** Unit variance, correlated over about `width` entries: a running mean. */
function smooth(length: number, width: number, random: Random): number[] {
  const sums = [0];
  for (let k = 0; k < length + width; k++) sums.push(sums[k]! + random.normal() / Math.sqrt(width));
  return Array.from({ length }, (_, k) => sums[k + width]! - sums[k]!);
}

export function plantedExamination(change: Partial<Examination> = {}): Examination {
  const planted = () => [plantedFrames({ source: 'baseline', seed: 2 }), plantedFrames()];
  return {
    id: 'si64',
    baseline: 'silicon-teacher',
    candidate: 'silicon-student',
    observables: [],
    failure: null,
    ...change,
    frames: change.frames ?? planted(),
  };
}
