// Paired campaigns: a pilot of each, one budget of time shared among them, each on the disk when it ends. Times in ms.

import { differences, refuseUnlike } from './compare/index.js';
import { asMdbenchError, type MdbenchError } from './errors.js';
import { awaitedAddress } from './forcefield/index.js';
import {
  type CampaignArm,
  now,
  type PairedOptions,
  type Pilot,
  pilotCampaign,
  planCampaign,
  runPairedCampaign,
} from './measure/index.js';
import type { ArmName, CampaignDesign, Pair, PairedCampaign } from './result/index.js';
import { type Axis, type Contest, labelsOf } from './run-subjects.js';

interface TriedContest {
  readonly contest: Contest;
  readonly pilot: Pilot;
}

export interface PlannedContest extends TriedContest {
  readonly design: CampaignDesign;
}

export interface PairsAsked {
  /** ms for all pilots and campaigns together; null: as long as the pairs need. */
  readonly budget: number | null;
  /** Of each campaign; as many as the budget holds when not given. */
  readonly pairs?: number | undefined;
  /** Tolerated slowdown as a share. */
  readonly tolerance: number;
  /** Gated times that share the error of a look among them; 1 unless told. */
  readonly alphaDivisor?: number | undefined;
  readonly seed: number;
}

export interface ContestOptions extends PairedOptions {
  /** Whether a campaign may stop at a look. */
  readonly enough: (soFar: PairedCampaign) => boolean;
  /** Whether the machine spoiled it, so that it is measured once more if there is time: the one declared rerun. */
  readonly spoiled?: ((soFar: PairedCampaign) => boolean) | undefined;
  readonly onCampaign: (campaign: PairedCampaign) => void;
}

/** One-sided error of each look; five of them make 1 % a metric. */
const alpha = 0.002;
/** Below this many pairs no verdict is passed. */
export const fewestPairs = 4;

/**
 * @param time ms for all of them; each answer of a worker has ten seconds all the same. Null: as long as it takes
 * @param broken told of a contest whose worker died or went astray; it is left out then, and otherwise throws
 * @throws MdbenchError as the first pilot that cannot run; `aborted`
 */
export async function pilotContests(
  contests: readonly Contest[],
  time: number | null,
  options: PairedOptions,
  broken?: (contest: Contest, error: MdbenchError) => void,
): Promise<TriedContest[]> {
  const begun = now();
  const tried: TriedContest[] = [];
  for (const contest of contests) {
    const pilotTime = time === null ? undefined : time - (now() - begun);
    try {
      tried.push({ contest, pilot: await pilotCampaign(contest.arms, { ...options, pilotTime }) });
    } catch (cause) {
      const error = asMdbenchError(cause);
      if (!broken || !(error.code === 'measurement-failed' || lostClient(contest, error))) throw error;
      broken(contest, error);
    }
  }
  return tried;
}

/** A client that somebody else started may not compute every system. */
function lostClient({ arms }: Contest, { code }: MdbenchError): boolean {
  const names = [arms.baseline, arms.candidate].map(({ spec }) => spec?.forceField.name ?? '');
  return code === 'external-failed' && names.some((name) => awaitedAddress(name) !== null);
}

/** @throws MdbenchError(incomparable) naming every difference that is not the axis */
export function refuseUnlikeArms(tried: readonly TriedContest[], axis: Axis | undefined): void {
  for (const { contest, pilot } of tried) {
    const { baseline, candidate } = pilot.workloads;
    refuseUnlike(differences(baseline, candidate, axis?.key ?? null), labelsOf(contest.arms));
  }
}

/** What is left of the budget after the pilots goes to the contests by what a pair of each costs: as many pairs for all. */
export function planContests(tried: readonly TriedContest[], asked: PairsAsked): PlannedContest[] {
  const pilots = tried.map(({ pilot }) => pilot);
  const spent = pilots.reduce((sum, { elapsed }) => sum + elapsed, 0);
  const left = asked.budget === null ? null : Math.max(0, asked.budget - spent);
  return tried.map(({ contest, pilot }) => ({
    contest,
    pilot,
    design: designOf(pilot, pilots, left, asked),
  }));
}

/**
 * Runs the campaigns one after another; what one leaves of its time goes to the others.
 * Never throws for what happens in a worker.
 * @param left ms that all of them may take from now on; null: as they were planned
 */
export async function runContests(
  plans: readonly PlannedContest[],
  asked: PairsAsked & { readonly left: number | null },
  options: ContestOptions,
): Promise<void> {
  const begun = now();
  const pilots = plans.map(({ pilot }) => pilot);
  const leftNow = () => (asked.left === null ? null : Math.max(0, asked.left - (now() - begun)));
  for (const [k, plan] of plans.entries()) {
    if (options.signal?.aborted) return;
    const design = designOf(plan.pilot, pilots.slice(k), leftNow(), asked);
    const again = () => timeForMore(pilots.slice(k), leftNow());
    const first = await runContest({ ...plan, design }, options, again);
    options.onCampaign(first);
    if (first.status !== 'complete' || !options.spoiled?.(first) || !again()) continue;
    const rest = designOf(plan.pilot, pilots.slice(k), leftNow(), asked);
    options.onCampaign(await runContest({ ...plan, design: rest }, options, null));
  }
}

/** @param again whether there is time for a rerun; null: this is the rerun */
async function runContest(
  { contest, pilot, design }: PlannedContest,
  options: ContestOptions,
  again: (() => boolean) | null,
): Promise<PairedCampaign> {
  const { signal, patience, onProgress, enough, spoiled } = options;
  return runPairedCampaign(contest.id, contest.arms, pilot, design, {
    signal,
    patience,
    onProgress,
    rerun: again === null,
    onLook(pairs) {
      const soFar = campaignOf({ contest, pilot, design }, pairs);
      return (again?.() && spoiled?.(soFar)) || enough(soFar);
    },
  });
}

/** A campaign as it would stand in the document, with the pairs that are there. */
export function campaignOf(
  { contest, pilot, design }: PlannedContest,
  pairs: readonly Pair[],
): PairedCampaign {
  const armOf = (name: ArmName) => {
    const { label, spec, command }: CampaignArm = contest.arms[name];
    const { workloads, steps } = pilot;
    return {
      label,
      spec,
      command: command && [...command],
      workload: { ...workloads[name] },
      segmentSteps: steps[name],
    };
  };
  return {
    id: contest.id,
    arms: { baseline: armOf('baseline'), candidate: armOf('candidate') },
    design,
    machine: pilot.machine,
    pairs: [...pairs],
    status: 'complete',
    failure: null,
    elapsed: 0,
    rerun: false,
  };
}

/** @param sharing pilots of all campaigns that share `left`, this one among them */
function designOf(
  pilot: Pilot,
  sharing: readonly Pilot[],
  left: number | null,
  { pairs, tolerance, alphaDivisor, seed }: PairsAsked,
): CampaignDesign {
  const budget = left === null ? null : pilot.elapsed + left * shareOf(pilot, sharing);
  return planCampaign(pilot, { budget, pairs, tolerance, alpha, alphaDivisor, seed });
}

/** Whether each of those that share `left` could have four pairs of the smallest shape. */
function timeForMore(sharing: readonly Pilot[], left: number | null): boolean {
  if (left === null) return true;
  return sharing.every((pilot) => left * shareOf(pilot, sharing) > fewestPairs * smallestPair(pilot));
}

/** Of the time that pilots share, by what a pair of each costs. */
function shareOf(pilot: Pilot, sharing: readonly Pilot[]): number {
  return pairTime(pilot) / sharing.reduce((sum, one) => sum + pairTime(one), 0);
}

/** ms of as few and as small pairs as a verdict needs, or as were asked for. */
export function leastTime(tried: readonly TriedContest[], pairs = fewestPairs): number {
  return tried.reduce((sum, { pilot }) => sum + Math.min(pairs, fewestPairs) * smallestPair(pilot), 0);
}

function smallestPair({ startTime, sessionTime, blockTime }: Pilot): number {
  return startTime + sessionTime + blockTime;
}

/** Of two sessions with two blocks each. */
function pairTime({ startTime, sessionTime, blockTime }: Pilot): number {
  return startTime + sessionTime + 4 * blockTime;
}
