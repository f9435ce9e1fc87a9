// A paired campaign from its first pair to its last look. What happens in a worker is a record, never an exception.

import type { ArmName, CampaignDesign, CampaignFailure, Pair, PairedCampaign } from '../result/index.js';
import { mean } from '../stats/index.js';
import { byArm, type CampaignArm, firstSeed, type PairedOptions } from './campaign-arm.js';
import { pairTime } from './campaign-plan.js';
import { now } from './clock.js';
import { createControl } from './control.js';
import { watchMachine } from './machine-counters.js';
import { gradeMachine } from './machine-state.js';
import { type Blocks, runBlocks } from './pair-blocks.js';
import { firstArms } from './pair-order.js';
import { campaignProgress } from './pair-progress.js';
import { type PairUse, usePair } from './pair-workers.js';
import type { Pilot } from './pilot.js';
import { columnsOf } from './segment-columns.js';
import { segmentSteps } from './segment-length.js';

export interface PairedCampaignOptions extends PairedOptions {
  /** Called with all pairs so far after each look of the design, and at the end; true: enough. */
  readonly onLook?: ((pairs: readonly Pair[]) => boolean) | undefined;
  /** The one declared rerun of a campaign that was contaminated. */
  readonly rerun?: boolean | undefined;
}

/** How far a pair in progress may go beyond the budget, as a share of it, before it is given up. */
const overrun = 0.05;
/** One answer of a worker while it starts takes about this share of what starting and ending both takes. */
const answerShare = 0.25;
const longestTimer = 2 ** 31 - 1;

/**
 * Complete pairs are kept, with the failure that ended the campaign. The budget counts from the beginning of the
 * pilot: a pair that would not fit is not begun, not even the first, and one that turns out too slow is dropped.
 * A worker that is silent for much longer than it should when the time is over has failed.
 */
export async function runPairedCampaign(
  id: string,
  arms: Readonly<Record<ArmName, CampaignArm>>,
  pilot: Pilot,
  design: CampaignDesign,
  options: PairedCampaignOptions,
): Promise<PairedCampaign> {
  const begun = now();
  const elapsed = () => pilot.elapsed + now() - begun;
  const limit = design.budget ?? Number.POSITIVE_INFINITY;
  const steps = byArm((arm) => segmentSteps(pilot.stepTimes[arm], design.segment));
  const watch = watchMachine();
  const { stepTimes, metrics } = pilot;
  const first = firstArms(design.seed, design.pairs);
  const progress = campaignProgress(id, design, metrics, elapsed, options.onProgress);
  const blocks = { shape: design, steps, stepTimes, metrics, control: createControl(), begun };
  const deadline = stopAt((1 + overrun) * limit - elapsed(), options.signal);
  const pairs: Pair[] = [];
  const times: number[] = [];
  let failure: CampaignFailure | null = null;
  let looked = 0;

  const isEnough = () => {
    looked = pairs.length;
    return options.onLook?.(pairs) ?? false;
  };
  for (let k = 0; k < design.pairs && !options.signal?.aborted; k++) {
    const expected = times.length > 0 ? mean(times) : pairTime(pilot, design);
    if (elapsed() + expected > limit) break;
    const pairBegun = now();
    progress.start(k, pairs);
    const seed = firstSeed(arms.baseline) + k;
    const used = await usePair(
      { arms, first: first[k], seed },
      { patience: options.patience, signal: deadline.signal, usual: answerShare * pilot.startTime },
      ({ processes }) =>
        runBlocks(processes, {
          ...blocks,
          first: first[k],
          onBlock: (block) => progress.block(k, block, pairs),
        }),
    );
    const pair = pairOf(used, seed, metrics);
    if (pair) pairs.push(pair);
    if (used.failure && used.failure.cause !== 'aborted' && !options.signal?.aborted)
      failure = { ...used.failure, pair: k };
    if (!pair || failure) break;
    times.push(now() - pairBegun);
    if (design.looks.includes(pairs.length) && isEnough()) break;
  }
  deadline.release();
  const aborted = options.signal?.aborted ?? false;
  if (!failure && !aborted && pairs.length > looked) isEnough();

  const armOf = (name: ArmName) => {
    const { label, spec, command } = arms[name];
    const workload = { ...pilot.workloads[name] };
    return { label, spec, command: command && [...command], workload, segmentSteps: steps[name] };
  };
  return {
    id,
    arms: byArm(armOf),
    design,
    machine: gradeMachine({ ...pilot.machine, ...watch.read() }),
    pairs,
    status: failure ? 'failed' : aborted ? 'aborted' : 'complete',
    failure,
    elapsed: elapsed(),
    rerun: options.rerun ?? false,
  };
}

/** Null when it is not complete: a worker failed before its last segment, or there was no time left. */
function pairOf({ result, workers }: PairUse<Blocks>, seed: number, metrics: readonly string[]): Pair | null {
  if (!result || !workers) return null;
  const { processes } = workers;
  const records = byArm((arm) => processes[arm].record());
  return { seed, workers: records, segments: columnsOf(result.rows, metrics), control: result.control };
}

/** A signal that comes after so many ms, or when the other one does. */
function stopAt(milliseconds: number, other: AbortSignal | undefined) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = milliseconds < longestTimer ? setTimeout(stop, milliseconds) : undefined;
  if (other?.aborted) stop();
  other?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      other?.removeEventListener('abort', stop);
    },
  };
}
