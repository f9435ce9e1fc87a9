// One trajectory of one case in this process: prepare, equilibrate, measure. Runs inside a worker.

import type { Failure, Trajectory } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import { drawVelocities } from '../system/index.js';
import { createBathRecorder } from './bath-recorder.js';
import { type ColdCalls, createColdCalls } from './cold-calls.js';
import { type EquilibrationOptions, equilibrate } from './equilibration.js';
import { createExternalSide } from './external-side.js';
import { createMeasuredStage } from './measured-stage.js';
import { peakResidentSet } from './memory.js';
import { type Preparation, prepareCase } from './preparation.js';
import type { Prepared } from './protocol.js';
import { createRecorder } from './recorder.js';
import { storeRecording } from './recording.js';

export interface TrajectoryOptions extends EquilibrationOptions {
  /** Folder of the result document, for recordings that are too long to stand in it. */
  readonly directory: string;
  /** Steps up to which the recording goes into the document itself. */
  readonly inlineLimit: number;
  readonly onPrepared: (prepared: Prepared) => void;
}

export interface TrajectoryOutcome {
  readonly trajectory: Trajectory;
  readonly failure: Failure | null;
  readonly aborted: boolean;
}

export async function measureTrajectory(
  spec: CaseSpec,
  options: TrajectoryOptions,
): Promise<TrajectoryOutcome> {
  const cold = createColdCalls();
  const prepared = await prepareCase(spec, cold);
  options.onPrepared(prepared.records);
  if (prepared.drawsVelocities) drawVelocities(prepared.system, spec.dynamics.temperature, options.seed);
  const equilibration = await equilibrate(spec, prepared, cold, options);
  const measured = await measure(spec, prepared, cold, options, equilibration.stopped);
  await prepared.forceField.dispose();
  const { recorder, bath, memory, pause, list, external } = measured;
  const stored = storeRecording({ ...recorder.columns(), ...bath?.columns() }, spec.id, options);
  return {
    failure: equilibration.failure ?? pause.failure(options.seed) ?? stored.failure,
    aborted: equilibration.aborted || pause.aborted,
    trajectory: {
      seed: options.seed,
      steps: stored.steps,
      columns: stored.columns,
      cold: {
        sessionCreate: prepared.sessionCreate,
        firstCall: cold.times[0],
        earlyCalls: cold.times.slice(1),
      },
      equilibration: { steps: equilibration.steps, temperatureMean: equilibration.temperatureMean },
      integrateTotal: recorder.integrateTotal(stored.steps),
      neighbors: list,
      momentumMax: recorder.momentumMax,
      memory,
      peakRss: peakResidentSet(),
      ...(external ? { external } : {}),
    },
  };
}

async function measure(
  spec: CaseSpec,
  prepared: Preparation,
  cold: ColdCalls,
  options: TrajectoryOptions,
  stopped: boolean,
) {
  const { steps } = spec.dynamics;
  const { list, roundTrip } = prepared;
  const side = createExternalSide(prepared.forceField, steps);
  const stage = createMeasuredStage(spec, prepared, { ...options, steps }, (step) => side?.sample(step));
  const afterStep: typeof stage.afterStep = (step, state) => {
    side?.noteCall();
    return stage.afterStep(step, state);
  };
  const recorder = createRecorder(stopped ? 0 : steps, cold, side ? afterStep : stage.afterStep);
  const bath = createBathRecorder(spec.dynamics.ensemble, recorder, stopped ? 0 : steps);
  if (!stopped) {
    side?.sample(0);
    await stage.run(bath ?? recorder);
    side?.sample(recorder.steps);
  }
  return {
    external: side?.record(roundTrip ?? Number.NaN, prepared.output.forces),
    recorder,
    bath,
    pause: stage.pause,
    memory: stage.memory.checkpoints,
    list: list
      ? {
          rebuilds: list.rebuilds,
          dangerousBuilds: list.dangerousBuilds,
          pairs: list.pairs.count,
          rebuildSteps: [...recorder.rebuildSteps],
        }
      : null,
  };
}

/** K: twenty times the asked temperature and 10 000 K on top is no thermal motion any more. */
export function explosionTemperature(temperature: number): number {
  return 20 * temperature + 10_000;
}
