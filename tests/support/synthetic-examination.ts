// An examination of two silicon force fields: forces that differ by a known error, curves with a known shift.

import { createRandom, type Random } from '../../src/random.js';
import type { ArmName } from '../../src/result/campaign.js';
import type { Curve, Examination, LabelledFrames, Observables } from '../../src/result/examination.js';

export interface ExaminationOptions {
  readonly id: string;
  readonly labels: Record<ArmName, string>;
  readonly atoms: number;
  /** eV/Å, of one component. */
  readonly error: number;
  readonly frames?: number;
  readonly failed?: boolean;
}

const forceSize = 0.71;

export function syntheticExamination(options: ExaminationOptions): Examination {
  const { id, labels, atoms, failed = false } = options;
  const random = createRandom(atoms + Math.round(1000 * options.error));
  return {
    id,
    baseline: labels.baseline,
    candidate: labels.candidate,
    frames: failed
      ? []
      : (['baseline', 'candidate'] as const).map((source) => labelled(source, options, random)),
    observables: failed
      ? []
      : (['baseline', 'candidate'] as const).map((arm) => observed(arm, options, random)),
    failure: failed
      ? {
          cause: 'no-progress',
          message: 'The teacher answered nothing for ten minutes.',
          hint: 'Take fewer frames with --frames.',
        }
      : null,
  };
}

function labelled(source: ArmName, options: ExaminationOptions, random: Random): LabelledFrames {
  const { atoms, frames = 50 } = options;
  const error = options.error * (source === 'candidate' ? 1.12 : 1);
  const normals = (sigma: number) => Array.from({ length: 3 * atoms }, () => sigma * random.normal());
  const columns = {
    squared: [],
    absolute: [],
    largest: [],
    cosine: [],
    angle: [],
    counted: [],
    size: [],
  } as Record<string, number[]>;
  const out: LabelledFrames = {
    source,
    step: Array.from({ length: frames }, (_, k) => 20 * (k + 1)),
    energy: { baseline: [], candidate: [] },
    elements: [],
    worstAtom: [],
    worstError: [],
    parity: { baseline: [], candidate: [] },
    worstFile: source === 'baseline' ? 'frames/si-teacher-worst.xyz' : 'frames/si-student-worst.xyz',
  };
  for (let frame = 0; frame < frames; frame++) {
    const truth = normals(forceSize);
    const off = normals(error * (1 + 0.25 * Math.sin(frame / 6)));
    const norms = Array.from({ length: atoms }, (_, a) => Math.hypot(...off.slice(3 * a, 3 * a + 3)));
    const largest = Math.max(...norms);
    const sum = (values: readonly number[], f: (x: number) => number) => values.reduce((s, x) => s + f(x), 0);
    columns.squared!.push(sum(off, (x) => x * x));
    columns.absolute!.push(sum(off, Math.abs));
    columns.largest!.push(largest);
    columns.cosine!.push(0.993 * atoms);
    columns.angle!.push(6.1 * atoms);
    columns.counted!.push(atoms);
    columns.size!.push(sum(truth, (x) => x * x));
    out.worstAtom.push(norms.indexOf(largest));
    out.worstError.push(largest);
    out.energy.baseline.push(-4.6 * atoms + 0.05 * random.normal());
    out.energy.candidate.push(out.energy.baseline[frame]! + atoms * (0.0021 + 0.0008 * random.normal()));
    for (let k = 0; k < 40; k++) {
      const at = Math.floor(random.uniform() * truth.length);
      out.parity.baseline.push(truth[at]!);
      out.parity.candidate.push(truth[at]! + off[at]!);
    }
  }
  return { ...out, elements: [{ number: 14, atoms, ...columns } as LabelledFrames['elements'][number]] };
}

function observed(arm: ArmName, { error }: ExaminationOptions, random: Random): Observables {
  const shift = arm === 'candidate' ? 1 + 0.15 * error : 1;
  return {
    arm,
    seed: 1,
    steps: 1000,
    every: { positions: 10, velocities: 2 },
    temperature: { mean: arm === 'candidate' ? 297.1 : 294.6, halves: [293.2, 296] },
    radialDistribution: [
      { pair: 'Si-Si', curve: curve(0, 0.05, 120, 0.06, random, (r) => (r < 1.9 ? 0 : pairs(r / shift))) },
    ],
    velocityAutocorrelation: curve(
      0,
      2,
      250,
      0.02,
      random,
      (t) =>
        Math.exp(-t / 180) * Math.cos((t * shift) / 11) * 0.6 + 0.4 * Math.exp(-t / 90) * Math.cos(t / 24),
    ),
    spectrum: curve(
      0,
      0.2,
      100,
      0.004,
      random,
      (f) => bump(f * shift, 14.5, 1.1, 0.2) + bump(f, 6.5, 2, 0.1),
    ),
  };
}

function pairs(r: number): number {
  return (
    bump(r, 2.35, 0.09, 5.2) +
    bump(r, 3.84, 0.16, 3.4) +
    bump(r, 4.5, 0.18, 2) +
    bump(r, 5.43, 0.2, 1.2) +
    0.6 / (1 + Math.exp(-6 * (r - 4.6)))
  );
}

function bump(x: number, center: number, width: number, height: number): number {
  return height * Math.exp(-(((x - center) / width) ** 2) / 2);
}

/** Two halves that scatter about the truth, and their mean. */
function curve(
  start: number,
  width: number,
  length: number,
  noise: number,
  random: Random,
  of: (x: number) => number,
): Curve {
  const half = () =>
    Array.from({ length }, (_, k) => of(start + width * (k + 0.5)) * (1 + noise * random.normal()));
  const halves: Curve['halves'] = [half(), half()];
  return { start, width, whole: halves[0].map((value, k) => (value + halves[1][k]!) / 2), halves };
}
