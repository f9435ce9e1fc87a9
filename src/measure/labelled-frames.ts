// The frames of one trajectory as both force fields see them, with the same neighbor lists. Runs inside a worker.

import { computeForces } from '../dynamics/index.js';
import { asMdbenchError, MdbenchError } from '../errors.js';
import { type ArmName, armNames, type LabelledFrames } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import { temperatureOf } from '../system/index.js';
import { now } from './clock.js';
import { createColdCalls } from './cold-calls.js';
import { createForceErrors } from './force-errors.js';
import { countFrames, type Frame, readFrames } from './frame-file.js';
import { createParityDraw } from './parity-draw.js';
import { type Preparation, prepareCase } from './preparation.js';
import type { Progress } from './protocol.js';
import { createWorstFrames } from './worst-frames.js';

/** ms between two breaths of the event loop. */
const breath = 200;

export interface LabelOptions {
  readonly arms: Readonly<Record<ArmName, CaseSpec>>;
  readonly source: ArmName;
  /** Of the frames; see frame-file.ts. */
  readonly file: string;
  /** Path of the extended-XYZ file for the worst frames. */
  readonly worst: string;
  readonly onProgress: (progress: Progress) => void;
  readonly isAborted: () => boolean;
}

interface Trouble {
  readonly cause: string;
  readonly message: string;
  readonly hint: string | null;
}

export interface Labelled {
  /** Null where no frame could be labelled. */
  readonly frames: Omit<LabelledFrames, 'source' | 'worstFile'> | null;
  /** Whether the file of the worst frames is there. */
  readonly worstWritten: boolean;
  readonly failure: Trouble | null;
  readonly aborted: boolean;
}

/** @throws MdbenchError when a force field cannot be prepared */
export async function labelFrames({ arms, source, ...options }: LabelOptions): Promise<Labelled> {
  const prepared = {
    baseline: await prepareCase(arms.baseline, createColdCalls()),
    candidate: await prepareCase(arms.candidate, createColdCalls()),
  };
  checkSameSystem(prepared);
  const { system } = prepared.baseline;
  const outputs = { baseline: prepared.baseline.output, candidate: prepared.candidate.output };
  const atoms = system.numbers.length;
  const total = countFrames(options.file, atoms);
  const errors = createForceErrors(system.numbers);
  const draw = createParityDraw(total, 3 * atoms, arms[source].dynamics.seed);
  const worst = createWorstFrames();
  const step: number[] = [];
  const energy: LabelledFrames['energy'] = { baseline: [], candidate: [] };
  const missing: string[] = [];
  const begun = now();
  let breathed = begun;
  let seen = 0;
  let aborted = false;
  for (const frame of readFrames(options.file, atoms)) {
    const trouble = await label(prepared, frame);
    if (trouble) missing.push(trouble);
    else {
      const { baseline, candidate } = outputs;
      errors.add(baseline.forces, candidate.forces);
      draw.add(seen, baseline.forces, candidate.forces);
      step.push(frame.step);
      energy.baseline.push(baseline.energy);
      energy.candidate.push(candidate.energy);
      const [atom, error] = [errors.worstAtom.at(-1)!, errors.worstError.at(-1)!];
      worst.add({ step: frame.step, atom, error, errors: errors.errors, labels: outputs }, system);
    }
    seen++;
    const time = now();
    if (time - breathed < breath) continue;
    breathed = time;
    const temperature = temperatureOf(system);
    const elapsed = time - begun;
    options.onProgress({ stage: 'measure', step: seen, steps: total, elapsed, temperature, drift: null });
    await new Promise((resolve) => setImmediate(resolve));
    aborted = options.isAborted();
    if (aborted) break;
  }
  const unwritten = step.length > 0 ? troubleOf(() => worst.write(options.worst, source)) : null;
  for (const arm of armNames) await prepared[arm].forceField.dispose();
  const { elements, worstAtom, worstError } = errors;
  const frames = { step, energy, elements, worstAtom, worstError, parity: draw.parity };
  return {
    frames: step.length > 0 ? frames : null,
    worstWritten: step.length > 0 && unwritten === null,
    failure: unlabelled(missing, seen) ?? unwritten,
    aborted,
  };
}

/** Fills both outputs. @returns what went wrong, if anything did */
async function label(prepared: Record<ArmName, Preparation>, frame: Frame): Promise<string | null> {
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

function checkSameSystem({ baseline, candidate }: Record<ArmName, Preparation>): void {
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
