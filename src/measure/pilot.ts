// The pilot of a campaign: one worker an arm, long enough to know what a pair will cost and how much a block varies.

import { MdbenchError } from '../errors.js';
import { type ArmName, armNames, type MachineState, type Workload } from '../result/index.js';
import { quantile, standardDeviation } from '../stats/index.js';
import { byArm, type CampaignArm, firstSeed, type PairedOptions } from './campaign-arm.js';
import { now } from './clock.js';
import { createControl } from './control.js';
import { beginMachineState } from './machine-state.js';
import { runBlocks } from './pair-blocks.js';
import { leastPatience } from './pair-process.js';
import { judgedMetric } from './pair-progress.js';
import { type PairWorkers, usePair } from './pair-workers.js';
import type { SegmentRow } from './segment-columns.js';
import { defaultSegment, droppedSteps, segmentSteps, segmentsLength } from './segment-length.js';
import { misuseOf, type WorkerFailure } from './worker-failure.js';

/** Times in ms. */
export interface Pilot {
  /** Steps of one segment of the default length. */
  readonly steps: Readonly<Record<ArmName, number>>;
  readonly stepTimes: Readonly<Record<ArmName, number>>;
  /** To start, prepare, warm up and end the two workers of a pair. */
  readonly startTime: number;
  /** Two fresh sessions with their dropped segments. */
  readonly sessionTime: number;
  /** One block of four default segments, with all that lies between them. */
  readonly blockTime: number;
  /** Standard deviation of block effects, from the segments of the pilot; 0 when steps are too long to tell. */
  readonly spread: number;
  /** Whether both arms can make a fresh session in the same process. */
  readonly freshSessions: boolean;
  readonly workloads: Readonly<Record<ArmName, Workload>>;
  /** Ids that both arms measure. */
  readonly metrics: readonly string[];
  readonly machine: MachineState;
  /** What the pilot itself took. */
  readonly elapsed: number;
}

type Trial = Pick<
  Pilot,
  'steps' | 'stepTimes' | 'sessionTime' | 'blockTime' | 'spread' | 'freshSessions' | 'metrics'
>;

/** ms of two segments, one an arm, beyond which the pilot measures one block instead of two, or none. */
const longSegments = { oneBlock: 1000, none: 3000 };

/**
 * @throws MdbenchError with the worker's own code for misuse, `measurement-failed` when a worker dies or has nothing to
 * say for as long as there is time, `aborted`
 */
export async function pilotCampaign(
  arms: Readonly<Record<ArmName, CampaignArm>>,
  options: PairedOptions,
): Promise<Pilot> {
  const begun = now();
  const machine = beginMachineState();
  tellPilot(options, begun);
  const pair = { arms, first: 'baseline', seed: firstSeed(arms.baseline) } as const;
  const { signal, patience, pilotTime } = options;
  const left = pilotTime === undefined ? undefined : () => pilotTime - (now() - begun);
  const limits = { signal, patience, left };
  const { result, workers, failure, overhead } = await usePair(pair, limits, (given) => tryOut(given));
  if (failure) throw pilotFailure(failure, arms[failure.arm].label);
  const trial = result as Trial;
  const { workloads } = workers as PairWorkers;
  if (trial.metrics.length === 0) {
    throw new MdbenchError('measurement-failed', 'The two workers have no metric in common.');
  }
  return {
    ...trial,
    workloads,
    startTime: overhead,
    machine: machine.finish(),
    elapsed: now() - begun,
  };
}

function pilotFailure(failure: WorkerFailure, label: string): MdbenchError {
  if (failure.cause !== 'no-progress') return misuseOf(failure, label);
  return new MdbenchError(
    'measurement-failed',
    `The ${failure.arm} did not come through its pilot (${label}): ${failure.message}`,
    `A worker has ${leastPatience / 1000} s for each answer, and more where the time budget leaves more: give it more time, or mend what hangs.`,
  );
}

/** What a fresh session costs, which metrics there are; then blocks, as many as do not take long. */
async function tryOut({ processes, stepTimes }: PairWorkers): Promise<Trial> {
  const begun = now();
  const steps = byArm((arm) => segmentSteps(stepTimes[arm], defaultSegment));
  const length = segmentsLength(steps, stepTimes);
  const known = new Map<ArmName, string[]>();
  let freshSessions = true;
  for (const arm of armNames) {
    freshSessions = (await processes[arm].session()) && freshSessions;
    const count = length > longSegments.none ? 1 : droppedSteps(steps[arm]);
    const { metrics } = await processes[arm].segment(count, count * stepTimes[arm]);
    known.set(arm, Object.keys(metrics));
  }
  const sessionTime = now() - begun;
  const metrics = (known.get('baseline') ?? []).filter((id) => known.get('candidate')?.includes(id));
  const trial = { steps, stepTimes, sessionTime, blockTime: 2 * length, spread: 0, freshSessions, metrics };
  if (length > longSegments.none) return trial;

  const blocks = length > longSegments.oneBlock ? 1 : 2;
  const blocksBegun = now();
  const { rows } = await runBlocks(processes, {
    first: 'baseline',
    shape: { sessions: 1, blocks, handover: 0 },
    steps,
    stepTimes,
    metrics,
    control: createControl(),
    begun: blocksBegun,
    onBlock: () => {},
  });
  const blockTime = (now() - blocksBegun - rows[0].at) / blocks;
  return { ...trial, ...timesOf(rows), blockTime, spread: blockSpread(rows, metrics) };
}

function timesOf(rows: readonly SegmentRow[]): Pick<Trial, 'steps' | 'stepTimes'> {
  const stepTimes = byArm((arm) =>
    quantile(
      rows.filter((row) => row.arm === arm).map(({ elapsed, steps }) => elapsed / steps),
      0.5,
    ),
  );
  return { stepTimes, steps: byArm((arm) => segmentSteps(stepTimes[arm], defaultSegment)) };
}

/** A block effect is the difference of two means of two segments each: half of both variances. */
function blockSpread(rows: readonly SegmentRow[], metrics: readonly string[]): number {
  const id = judgedMetric(metrics);
  const spreads = armNames.map((arm) =>
    standardDeviation(rows.filter((row) => row.arm === arm).map((row) => Math.log(row.metrics[id]))),
  );
  return Math.hypot(...spreads) / Math.SQRT2;
}

function tellPilot({ onProgress }: PairedOptions, begun: number): void {
  const unknown = { change: null, detectable: null, expected: 0 };
  const place = { campaign: 'pilot', stage: 'pilot', pair: 0, pairs: 0, block: 0, blocks: 0 } as const;
  onProgress?.({ ...place, ...unknown, elapsed: now() - begun, clock: now() });
}
