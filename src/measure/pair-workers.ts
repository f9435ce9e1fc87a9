// The two processes of a pair: started together, prepared and warmed up one after another, used, and ended whatever happens.

import { type ArmName, armNames, type Workload } from '../result/index.js';
import type { CampaignArm } from './campaign-arm.js';
import { now } from './clock.js';
import { otherArm } from './pair-order.js';
import { type PairProcess, type ProcessOptions, startPairProcess } from './pair-process.js';
import { failureOf, type WorkerFailure } from './worker-failure.js';

export interface PairWorkers {
  readonly processes: Readonly<Record<ArmName, PairProcess>>;
  readonly workloads: Readonly<Record<ArmName, Workload>>;
  /** ms a step, at the end of the warm-up. */
  readonly stepTimes: Readonly<Record<ArmName, number>>;
}

export interface PairStart {
  readonly arms: Readonly<Record<ArmName, CampaignArm>>;
  readonly first: ArmName;
  readonly seed: number;
}

export interface PairUse<T> {
  /** What was made of the pair; there even if a worker then died at its very end. */
  readonly result: T | null;
  /** Null when they did not come as far as the end of their warm-up. */
  readonly workers: PairWorkers | null;
  readonly failure: WorkerFailure | null;
  /** ms to start and to end both. */
  readonly overhead: number;
}

/** Never throws for what a worker does, and leaves no process running. */
export async function usePair<T>(
  { arms, first, seed }: PairStart,
  options: ProcessOptions,
  use: (workers: PairWorkers) => Promise<T>,
): Promise<PairUse<T>> {
  const begun = now();
  const order = [first, otherArm(first)];
  const processes = {} as Record<ArmName, PairProcess>;
  const workloads = {} as Record<ArmName, Workload>;
  const stepTimes = {} as Record<ArmName, number>;
  let workers: PairWorkers | null = null;
  let result: T | null = null;
  let failure: WorkerFailure | null = null;
  let used = 0;
  const stop = new AbortController();
  const forward = () => stop.abort();
  if (options.signal?.aborted) forward();
  options.signal?.addEventListener('abort', forward);
  try {
    await startBoth(processes, arms, options, stop);
    for (const arm of order) workloads[arm] = (await processes[arm].prepare(seed)).workload;
    for (const arm of order) stepTimes[arm] = (await processes[arm].warmUp()).stepTime;
    workers = { processes, workloads, stepTimes };
    const ready = now();
    result = await use(workers);
    used = now() - ready;
    for (const arm of order) await processes[arm].end();
  } catch (error) {
    failure = failureOf(error);
  } finally {
    await Promise.all(armNames.map((arm) => processes[arm]?.kill()));
    options.signal?.removeEventListener('abort', forward);
  }
  return { result, workers, failure, overhead: now() - begun - used };
}

/** At the same time, because nothing is timed yet. @throws what the first that failed threw; the other is ended at once */
async function startBoth(
  processes: Record<ArmName, PairProcess>,
  arms: PairStart['arms'],
  options: ProcessOptions,
  stop: AbortController,
): Promise<void> {
  const errors: unknown[] = [];
  await Promise.all(
    armNames.map(async (arm) => {
      try {
        processes[arm] = await startPairProcess(arm, arms[arm], { ...options, signal: stop.signal });
      } catch (error) {
        errors.push(error);
        stop.abort();
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
}
