// A trajectory that is asked for in pieces: prepared and equilibrated once, continued by segments, moved into fresh sessions.

import { createHash } from 'node:crypto';
import { runVelocityVerlet } from '../dynamics/index.js';
import { MdbenchError } from '../errors.js';
import { createForceField, type ForceOutput } from '../forcefield/index.js';
import { createNeighborList, type NeighborList } from '../neighbors/index.js';
import type { Failure } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import { drawVelocities, type System } from '../system/index.js';
import { createColdCalls } from './cold-calls.js';
import { equilibrate } from './equilibration.js';
import { type HandicappedForceField, handicapForceField } from './handicap.js';
import { createPause } from './pause.js';
import { prepareCase } from './preparation.js';
import { createSegmentRecorder, type SegmentRecorder } from './segment-recorder.js';
import { explosionTemperature } from './trajectory.js';

export interface SegmentTrajectoryOptions {
  readonly seed: number;
  /** Share of each force call that is wasted on purpose; 0: none. */
  readonly handicap: number;
  /** Asked a few times a second: true stops after the current step. */
  readonly isAborted: () => boolean;
}

export interface SegmentTrajectory {
  readonly system: System;
  /** Of what it began from; see `fingerprint`. */
  readonly structure: string;
  readonly output: ForceOutput;
  /** Of the session that is there now. */
  readonly forceField: HandicappedForceField;
  readonly list: NeighborList | null;
  /** ms; `early` are the calls after the first. */
  readonly cold: {
    readonly sessionCreate: number;
    readonly first: number;
    readonly early: readonly number[];
  };
  /** What the last `run` recorded. */
  readonly recorder: SegmentRecorder;
  /** NVE steps so far, of all segments. */
  readonly steps: number;
  /** Why it cannot go on, in its equilibration or after it; null where all is well. */
  readonly failure: Failure | null;
  /** The next steps, fewer of them when the physics breaks down. @throws MdbenchError `aborted` */
  run(steps: number): Promise<void>;
  /** Force calls at the positions as they are: a new session and the caches after a collection are warm then. */
  callUntimed(calls: number): Promise<void>;
  /** False: another program computes, that somebody else started; it cannot be begun anew. */
  readonly isRenewable: boolean;
  /** Throws the force field and the list away and makes them anew. */
  renew(): Promise<void>;
  dispose(): Promise<void>;
}

/** @throws MdbenchError when the case cannot run, `aborted` */
export async function beginTrajectory(
  spec: CaseSpec,
  { seed, handicap, isAborted }: SegmentTrajectoryOptions,
): Promise<SegmentTrajectory> {
  const coldCalls = createColdCalls();
  const prepared = await prepareCase(spec, coldCalls);
  const { system, output } = prepared;
  const structure = fingerprint(system);
  const { temperature, timestep, skin } = spec.dynamics;
  const watch = { explosionTemperature: explosionTemperature(temperature), isAborted, onProgress() {} };
  if (prepared.drawsVelocities) drawVelocities(system, temperature, seed);
  const equilibration = await equilibrate(spec, prepared, coldCalls, { ...watch, seed });
  if (equilibration.aborted) throw aborted();
  let forceField = handicapForceField(prepared.forceField, handicap);
  let { list } = prepared;
  let done = 0;
  const unlimited = { stage: 'measure', steps: Number.POSITIVE_INFINITY } as const;
  const pause = createPause({ ...watch, ...unlimited, atoms: system.numbers.length });
  const recorder = createSegmentRecorder((step, state) => pause.afterStep(done + step, state));

  async function callUntimed(calls: number): Promise<void> {
    for (let k = 0; k < calls; k++) await forceField.compute(system, list?.pairs ?? null, output);
  }

  return {
    system,
    structure,
    output,
    get forceField() {
      return forceField;
    },
    get list() {
      return list;
    },
    get steps() {
      return done;
    },
    get failure() {
      return equilibration.failure ?? pause.failure(seed);
    },
    cold: {
      sessionCreate: prepared.sessionCreate,
      first: coldCalls.times[0],
      early: coldCalls.times.slice(1),
    },
    recorder,
    async run(steps) {
      recorder.reset(steps);
      pause.begin();
      await pause.guard(() =>
        runVelocityVerlet({ system, forceField, list, output, timestep, steps, observer: recorder }),
      );
      done += recorder.steps;
      if (pause.aborted) throw aborted();
    },
    callUntimed,
    isRenewable: prepared.forceField.external?.isLent !== true,
    async renew() {
      const { evaluations } = forceField;
      await forceField.dispose();
      forceField = handicapForceField(await createForceField(spec.forceField), handicap, evaluations);
      await forceField.prepare(system);
      list = forceField.neighbors ? createNeighborList({ ...forceField.neighbors, skin }) : null;
      list?.update(system);
    },
    dispose: async () => forceField.dispose(),
  };
}

function aborted(): MdbenchError {
  return new MdbenchError('aborted', 'The worker was told to stop.');
}

/** Twelve digits that differ between two structures: elements, boundaries, cell and positions to 1e-6 Å. */
function fingerprint({ numbers, pbc, cell, positions }: System): string {
  const coarse = (lengths: ArrayLike<number>) => Array.from(lengths, (length) => Math.round(1e6 * length));
  const text = JSON.stringify([Array.from(numbers), pbc, coarse(cell), coarse(positions)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
