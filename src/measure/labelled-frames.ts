// The frames of one trajectory as both force fields see them, with lists built alike. Runs inside a worker.

import { computeForces } from '../dynamics/index.js';
import { asMdbenchError, MdbenchError } from '../errors.js';
import { type ArmName, armNames } from '../result/index.js';
import { temperatureOf } from '../system/index.js';
import { now } from './clock.js';
import { createColdCalls } from './cold-calls.js';
import type { ExaminationRequest, Labelled, Trouble } from './examination-protocol.js';
import { createForceErrors } from './force-errors.js';
import { countFrames, type Frame, readFrames } from './frame-file.js';
import { createParityDraw } from './parity-draw.js';
import { type Preparation, prepareCase } from './preparation.js';
import type { Progress } from './protocol.js';
import { createWorstFrames } from './worst-frames.js';

/** ms between two breaths of the event loop. */
const breath = 200;

export interface LabelOptions extends Omit<Extract<ExaminationRequest, { type: 'label' }>, 'type'> {
  readonly onProgress: (progress: Progress) => void;
  readonly isAborted: () => boolean;
}

type Prepared = Readonly<Record<ArmName, Preparation>>;

/** Stops between two frames when asked to. @throws MdbenchError when a force field cannot be prepared */
export async function labelFrames(options: LabelOptions): Promise<Labelled> {
  const { arms, source, file, isAborted } = options;
  const prepared = {
    baseline: await prepareCase(arms.baseline, createColdCalls()),
    candidate: await prepareCase(arms.candidate, createColdCalls()),
  };
  checkSameSystem(prepared);
  const atoms = prepared.baseline.system.numbers.length;
  const total = countFrames(file, atoms);
  const labels = createLabels(prepared, total, arms[source].dynamics.seed);
  const pass = { begun: now(), breathed: now(), seen: 0, aborted: false };
  for (const frame of readFrames(file, atoms)) {
    await labels.add(pass.seen++, frame);
    const time = now();
    if (time - pass.breathed < breath) continue;
    pass.breathed = time;
    const temperature = temperatureOf(prepared.baseline.system);
    const where = { step: pass.seen, steps: total, elapsed: time - pass.begun };
    options.onProgress({ stage: 'measure', ...where, temperature, drift: null });
    await new Promise((resolve) => setImmediate(resolve));
    pass.aborted = isAborted();
    if (pass.aborted) break;
  }
  for (const arm of armNames) await prepared[arm].forceField.dispose();
  const { frames, missing, worst } = labels;
  const isEmpty = frames.step.length === 0;
  const unwritten = isEmpty ? null : troubleOf(() => worst.write(options.worst, source));
  return {
    frames: isEmpty ? null : frames,
    worstWritten: !isEmpty && unwritten === null,
    failure: unlabelled(missing, pass.seen) ?? unwritten,
    aborted: pass.aborted,
  };
}

function createLabels(prepared: Prepared, total: number, seed: number) {
  const { system } = prepared.baseline;
  const errors = createForceErrors(system.numbers);
  const draw = createParityDraw(total, system.positions.length, seed);
  const worst = createWorstFrames();
  const missing: string[] = [];
  const { elements, worstAtom, worstError } = errors;
  const frames: NonNullable<Labelled['frames']> = {
    step: [],
    energy: { baseline: [], candidate: [] },
    elements,
    worstAtom,
    worstError,
    parity: draw.parity,
  };
  const labels = { baseline: prepared.baseline.output, candidate: prepared.candidate.output };
  const { baseline, candidate } = labels;
  return {
    frames,
    missing,
    worst,
    async add(index: number, frame: Frame): Promise<void> {
      const trouble = await label(prepared, frame);
      if (trouble) {
        missing.push(trouble);
        return;
      }
      errors.add(baseline.forces, candidate.forces);
      draw.add(index, baseline.forces, candidate.forces);
      frames.step.push(frame.step);
      for (const arm of armNames) frames.energy[arm].push(labels[arm].energy);
      const [atom, error] = [worstAtom.at(-1)!, worstError.at(-1)!];
      worst.add({ step: frame.step, atom, error, errors: errors.errors, labels }, system);
    },
  };
}

/** Fills both outputs. @returns what went wrong, if anything did */
async function label(prepared: Prepared, frame: Frame): Promise<string | null> {
  for (const arm of armNames) {
    const { system, forceField, list, output } = prepared[arm];
    system.positions.set(frame.positions);
    system.velocities.set(frame.velocities);
    const where = `${forceField.description.id} at step ${frame.step}`;
    try {
      await computeForces(system, forceField, list, output);
    } catch (error) {
      return `${where}: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (!Number.isFinite(output.energy) || !output.forces.every(Number.isFinite)) {
      return `${where}: its energy or forces are not finite.`;
    }
  }
  return null;
}

function troubleOf(act: () => void): Trouble | null {
  try {
    act();
    return null;
  } catch (error) {
    const { code, message, hint = null } = asMdbenchError(error);
    return { cause: code, message, hint };
  }
}

function unlabelled(missing: readonly string[], seen: number): Trouble | null {
  if (missing.length === 0) return null;
  return {
    cause: 'frames-unlabelled',
    message: `${missing.length} of ${seen} frames could not be labelled; the first by ${missing[0]}`,
    hint: 'The errors are those of the other frames, and so too small.',
  };
}

function checkSameSystem({ baseline, candidate }: Prepared): void {
  const [one, other] = [baseline.system, candidate.system];
  const isSame =
    one.numbers.length === other.numbers.length &&
    one.numbers.every((number, atom) => number === other.numbers[atom]) &&
    one.cell.every((component, k) => component === other.cell[k]) &&
    one.pbc.every((periodic, d) => periodic === other.pbc[d]);
  if (isSame) return;
  throw new MdbenchError(
    'incomparable',
    `The two force fields are to be compared on the same atoms, and the systems ${one.name} and ${other.name} differ.`,
  );
}
