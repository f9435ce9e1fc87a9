// Baseline against candidate, both measured now: plan, measure what the gates ask for, look after every few pairs, judge.

import { resolve } from 'node:path';
import { decideLook, isSpoiled, judgeGates } from './compare/index.js';
import { asMdbenchError, type MdbenchError } from './errors.js';
import { withClients } from './forcefield/index.js';
import { now, pendingCase } from './measure/index.js';
import type { CheckResult, ResultDocument } from './result/index.js';
import { beginDocument, closeDocument, keepDocument, measureCases, newDocument } from './run-cases.js';
import { type Beside, cutToFit, strictest, timeLeft } from './run-check-budget.js';
import {
  type CheckedSide,
  type CheckNeeds,
  contestsOf,
  defaultTolerance,
  needsOf,
  timeOf,
} from './run-check-plan.js';
import { examineContests, type FlowOptions } from './run-flow.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import {
  campaignOf,
  leastTime,
  type PairsAsked,
  type PlannedContest,
  pilotContests,
  planContests,
  refuseUnlikeArms,
  runContests,
} from './run-pairs.js';
import { type Contest, refuseSharedClient } from './run-subjects.js';
import { defaultGates, type Gate } from './spec/index.js';

export interface CheckOptions extends FlowOptions {
  readonly baseline: CheckedSide;
  readonly candidate: CheckedSide;
  /** What fails the check; the whole step of every system, by `maxRegression`, unless given. */
  readonly gates?: readonly Gate[] | undefined;
  /** Tolerated slowdown as a share, 0.03 by default; where no gates are given. */
  readonly maxRegression?: number | undefined;
  /** ms for everything from the pilot to the report, but ten seconds for every answer in the pilot; a minute by default. */
  readonly timeBudget?: number | undefined;
  /** Pairs of each campaign at most; as many as the time holds by default. */
  readonly pairs?: number | undefined;
  /** Share of its work that the candidate repeats on purpose, to see whether the check would notice. */
  readonly handicap?: number | undefined;
  readonly onInconclusive?: CheckResult['onInconclusive'] | undefined;
  /** Called with what will be measured, before it is. */
  readonly onPlan?: ((plan: CheckPlan) => void) | undefined;
}

export interface CheckPlan {
  readonly contests: readonly PlannedContest[];
  readonly gates: readonly Gate[];
  readonly needs: CheckNeeds;
  /** ms that cases and examinations will take, about. */
  readonly otherTime: number;
  /** Frames that an examination labels. */
  readonly frames: number;
  /** ms by which all of it is longer than the budget, although it was cut as far as it goes. */
  readonly beyond: number;
}

const minute = 60_000;
/** Of a case that a gate asks for: long enough to tell a drift from its scatter, fewer in less than a minute. */
const [defaultSteps, fewestSteps] = [5000, 1000];
const [defaultFrames, fewestFrames] = [50, 20];
/** ms to render and write the reports. */
const reportTime = 800;

/**
 * Checks a candidate against its baseline and writes one document and its reports.
 * What breaks in a worker is recorded and makes the verdict `error`.
 * @throws MdbenchError `incomparable` naming what differs; `gate-unmatched` for a gate that is about nothing; misuse;
 * `measurement-failed` when not even the pilot can be measured; `aborted` when stopped before that
 */
export function check(options: CheckOptions): Promise<RunOutcome> {
  return withBothClients(options, () => checkAll(options));
}

async function checkAll(options: CheckOptions): Promise<RunOutcome> {
  const begun = now();
  const { plan, asked } = await planned(options);
  const directory = resolve(options.out ?? 'reports/latest');
  const document = beginDocument(directory, options.command);
  options.onPlan?.(plan);

  const { needs } = plan;
  const { signal, patience, onStage } = options;
  document.cases = needs.cases.map(pendingCase);
  await measureCases(document, { ...options, directory });
  await examineContests(document, needs.examinations, plan.frames, { directory, signal, patience }, onStage);
  const left = timeLeft(asked.budget, now() - begun + reportTime);
  await runPairs(document, plan, { ...asked, left }, options, () => keepDocument(document, directory));
  onStage?.({ stage: 'report', id: null });
  closeDocument(document, signal);
  return writeReports(document, directory, judge(document, plan.gates, options));
}

/**
 * The same for gates on times alone, without a file.
 * @throws as `check` does
 */
export function checkTimes(options: CheckOptions): Promise<ResultDocument> {
  return withBothClients(options, () => checkPairs(options));
}

async function checkPairs(options: CheckOptions): Promise<ResultDocument> {
  const begun = now();
  const { plan, asked } = await planned(options);
  const document = newDocument(options.command);
  options.onPlan?.(plan);
  const left = timeLeft(asked.budget, now() - begun);
  await runPairs(document, plan, { ...asked, left }, options, () => {});
  closeDocument(document, options.signal);
  const [problem] = judge(document, plan.gates, options);
  if (problem) throw problem;
  return document;
}

/**
 * Everything up to the first measurement: pilots, what is unlike, what the gates are about.
 * @throws as `check` does
 */
export async function planCheck(options: CheckOptions): Promise<CheckPlan> {
  return (await withBothClients(options, () => planned(options))).plan;
}

/** Their clients are met before any time is counted. */
async function withBothClients<T>(options: CheckOptions, use: () => Promise<T>): Promise<T> {
  const { baseline, candidate } = options;
  const forceFields = [baseline, candidate].flatMap((side) =>
    'forceField' in side ? [side.forceField] : [],
  );
  if (forceFields.length === 2) refuseSharedClient(forceFields[0].name, forceFields[1].name);
  return withClients(forceFields, options, use);
}

async function planned(options: CheckOptions): Promise<{ plan: CheckPlan; asked: PairsAsked }> {
  const gates = options.gates ?? defaultGates(options.maxRegression ?? defaultTolerance);
  const budget = options.timeBudget ?? (options.pairs === undefined ? minute : null);
  const longest = options.dynamics?.steps ?? stepsWithin(budget);
  const dynamics = { ...options.dynamics, steps: longest };
  const systems = options.systems ?? [];
  const bare = contestsOf(options, { systems, dynamics, axis: options.axis });
  const contests = bare.map((contest) => handicapped(contest, options.handicap));
  const { signal, patience, onPairs, axis } = options;
  const tried = await pilotContests(contests, budget, { signal, patience, onProgress: onPairs });
  refuseUnlikeArms(tried, axis);
  const asked: PairsAsked = {
    budget,
    pairs: options.pairs,
    tolerance: strictest(gates) ?? options.maxRegression ?? defaultTolerance,
    seed: dynamics.seed ?? 1,
  };
  const empty = newDocument();
  const needed = (steps: number) => {
    const plans = ofSteps(planContests(tried, asked), steps);
    return { plans, needs: needsOf(gates, plans, empty) };
  };
  const timeFor = ({ steps, frames }: Beside) => {
    const { plans, needs } = needed(steps);
    return timeOf(needs, plans, frames);
  };
  const spent = tried.reduce((sum, { pilot }) => sum + pilot.elapsed, reportTime);
  const paired = needed(longest).needs.pairs ? leastTime(tried, options.pairs) : 0;
  const { steps, frames, beyond } = cutToFit(timeFor, timeLeft(budget, spent + paired), {
    most: { steps: longest, frames: defaultFrames },
    least: { steps: options.dynamics?.steps ?? fewestSteps, frames: fewestFrames },
  });
  const { needs } = needed(steps);
  const otherTime = timeFor({ steps, frames });
  const shared = { ...asked, alphaDivisor: needs.alphaDivisor };
  const left = timeLeft(budget, otherTime + reportTime);
  const final = planContests(ofSteps(tried, steps), { ...shared, budget: left });
  return {
    plan: { contests: final, gates, needs, otherTime, frames, beyond: otherTime > 0 ? beyond : 0 },
    asked: shared,
  };
}

/** Contests that no gate on a time is about are named in the document, without a pair. */
async function runPairs(
  document: ResultDocument,
  { contests, gates, needs }: CheckPlan,
  asked: PairsAsked & { readonly left: number | null },
  { signal, patience, onPairs }: CheckOptions,
  keep: () => void,
): Promise<void> {
  document.campaigns = needs.pairs ? [] : contests.map((one) => campaignOf(one, []));
  if (!needs.pairs) return;
  await runContests(contests, asked, {
    signal,
    patience,
    onProgress: onPairs,
    enough: (soFar) => decideLook(gates, soFar, contests.length),
    spoiled: (soFar) => isSpoiled(gates, soFar, contests.length),
    onCampaign(campaign) {
      document.campaigns?.push(campaign);
      keep();
    },
  });
}

/** Where it was stopped, gates on what was not measured cannot be judged; the document says that it was aborted. */
function judge(document: ResultDocument, gates: readonly Gate[], options: CheckOptions): MdbenchError[] {
  try {
    document.check = judgeGates(gates, document, { onInconclusive: options.onInconclusive ?? 'warn' });
    return [];
  } catch (error) {
    return document.status === 'aborted' ? [] : [asMdbenchError(error)];
  }
}

function stepsWithin(budget: number | null): number {
  const affordable = Math.floor((defaultSteps * (budget ?? minute)) / minute);
  return Math.min(defaultSteps, Math.max(fewestSteps, affordable));
}

function handicapped(contest: Contest, handicap: number | undefined): Contest {
  const { baseline, candidate } = contest.arms;
  return handicap ? { ...contest, arms: { baseline, candidate: { ...candidate, handicap } } } : contest;
}

/** Longer or shorter trajectories of the same arms. */
function ofSteps<T extends { readonly contest: Contest }>(plans: readonly T[], steps: number): T[] {
  const armOf = ({ spec, ...arm }: Contest['arms']['baseline']) => ({
    ...arm,
    spec: spec && { ...spec, dynamics: { ...spec.dynamics, steps } },
  });
  return plans.map((plan) => {
    const { id, arms } = plan.contest;
    return {
      ...plan,
      contest: { id, arms: { baseline: armOf(arms.baseline), candidate: armOf(arms.candidate) } },
    };
  });
}
