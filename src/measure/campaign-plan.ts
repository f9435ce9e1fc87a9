// From a pilot to the design of a campaign: how many pairs, sessions and blocks, how long, and what it will see.
// A pair effect varies by process² + session²/sessions + block²/(sessions·blocks) (Kalibera & Jones, ISMM 2013).

import { armNames, type CampaignDesign } from '../result/index.js';
import { lookSchedule, smallestDetectable } from '../stats/index.js';
import { byArm } from './campaign-arm.js';
import type { Pilot } from './pilot.js';
import { defaultSegment, segmentSteps, segmentsLength } from './segment-length.js';

export interface PlanAsked {
  readonly pairs?: number | undefined;
  /** ms for the pilot and the campaign together; null: as long as the pairs need. */
  readonly budget?: number | null | undefined;
  /** Tolerated slowdown as a share, and the one-sided error of each look. */
  readonly tolerance: number;
  readonly alpha: number;
  /** Gated times that share alpha among them; 1 unless told. */
  readonly alphaDivisor?: number | undefined;
  readonly seed: number;
  readonly sessions?: number | undefined;
  /** Blocks a session. */
  readonly blocks?: number | undefined;
  /** ms */
  readonly segment?: number | undefined;
}

/**
 * Standard deviations of effects of the same code on both sides, by the length of a step in ms: medians of segments of
 * 100 ms in ABBA blocks on a quiet virtual machine with two processors; of two graphs the more variable one.
 */
const expectedComponents = [
  { below: 0.1, process: 0.014, session: 0.002, block: 0.006 },
  { below: 0.6, process: 0.004, session: 0.008, block: 0.007 },
  { below: Number.POSITIVE_INFINITY, process: 0.009, session: 0.012, block: 0.017 },
];

const pairsWithoutBudget = 8;
const bounds = { fewest: 4, most: 24, least: 2 };
/** ms for the spinning threads of the other worker to fall asleep. */
const handoverOfThreads = 20;

interface Shape {
  readonly sessions: number;
  readonly blocks: number;
}

/**
 * Where the pairs that were asked for, or four, do not fit into the budget, each pair becomes smaller, down to one
 * block; then there are fewer, but two at least, and `expectedTime` beyond the budget says that it will not hold them.
 */
export function planCampaign(pilot: Pilot, asked: PlanAsked): CampaignDesign {
  const { budget = null, segment = defaultSegment, tolerance, alpha, alphaDivisor = 1, seed } = asked;
  const handover = usesThreads(pilot) ? handoverOfThreads : 0;
  const costOf = (shape: Shape) => pairTime(pilot, { ...shape, segment, handover });
  const { shape, pairs } = choose(shapesOf(pilot, asked), asked.pairs, costOf, availableTime(pilot, budget));
  const expectedSpread = spreadOf(pilot, shape);
  const rule = { tolerance, alpha: alpha / alphaDivisor };
  const detectable = smallestDetectable(expectedSpread, pairs, rule);
  return {
    pairs,
    looks: lookSchedule(pairs),
    ...shape,
    segment,
    budget,
    tolerance,
    alpha,
    ...(alphaDivisor === 1 ? {} : { alphaDivisor }),
    seed,
    handover,
    expectedSpread,
    expectedDetectable: Number.isFinite(detectable) ? detectable : null,
    expectedTime: pilot.elapsed + pairs * costOf(shape),
  };
}

function availableTime(pilot: Pilot, budget: number | null): number {
  return budget === null ? Number.POSITIVE_INFINITY : Math.max(0, budget - pilot.elapsed);
}

/** From the wanted shape of a pair to the smallest that will do. What was asked for stays as it is. */
function shapesOf({ freshSessions }: Pilot, asked: PlanAsked): Shape[] {
  const sessions = freshSessions ? (asked.sessions ?? 2) : 1;
  const blocks = asked.blocks ?? (freshSessions ? 2 : 4);
  const shapes: Shape[] = [{ sessions, blocks }];
  if (asked.blocks === undefined) shapes.push({ sessions, blocks: 1 });
  if (asked.sessions === undefined) shapes.push({ sessions: 1, blocks: asked.blocks ?? 1 });
  return shapes;
}

function choose(
  shapes: readonly Shape[],
  wanted: number | undefined,
  costOf: (shape: Shape) => number,
  available: number,
): { shape: Shape; pairs: number } {
  if (available === Number.POSITIVE_INFINITY)
    return { shape: shapes[0], pairs: wanted ?? pairsWithoutBudget };
  const most = wanted ?? bounds.most;
  const fewest = wanted ?? bounds.fewest;
  const fits = (shape: Shape) => Math.floor(available / costOf(shape));
  const shape = shapes.find((candidate) => fits(candidate) >= fewest) ?? (shapes.at(-1) as Shape);
  return { shape, pairs: Math.min(most, Math.max(bounds.least, fits(shape))) };
}

/** ms of one pair. */
export function pairTime(
  { stepTimes, steps, startTime, sessionTime, blockTime }: Pilot,
  { sessions, blocks, segment, handover }: Shape & Pick<CampaignDesign, 'segment' | 'handover'>,
): number {
  const asked = byArm((arm) => segmentSteps(stepTimes[arm], segment));
  const scale = segmentsLength(asked, stepTimes) / segmentsLength(steps, stepTimes);
  const block = scale * blockTime + 3 * handover;
  return startTime + sessions * (sessionTime + 2 * handover + blocks * block);
}

/** The pilot knows the blocks of this machine, the table knows sessions and processes, which one pair cannot tell. */
function spreadOf({ stepTimes, spread }: Pilot, { sessions, blocks }: Shape): number {
  const variances = armNames.map((arm) => {
    const expected = expectedComponents.find(({ below }) => stepTimes[arm] < below) ?? expectedComponents[2];
    const block = Math.max(expected.block, spread);
    return expected.process ** 2 + expected.session ** 2 / sessions + block ** 2 / (sessions * blocks);
  });
  return Math.sqrt((variances[0] + variances[1]) / 2);
}

function usesThreads({ workloads }: Pilot): boolean {
  return armNames.some((arm) => Number(workloads[arm].threads ?? 1) > 1);
}
