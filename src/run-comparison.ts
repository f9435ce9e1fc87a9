// Teacher against student: refuse unlike things, plan, measure each alone, label frames of both, time both in pairs, conclude.

import { resolve } from 'node:path';
import { compareCampaigns, ratiosOf } from './compare/index.js';
import { asMdbenchError, MdbenchError } from './errors.js';
import { withClients } from './forcefield/index.js';
import type { PairedCampaign, ResultDocument } from './result/index.js';
import {
  beginDocument,
  type CaseStage,
  closeDocument,
  keepDocument,
  measureCases,
  prepareCases,
} from './run-cases.js';
import { examineContests, type FlowOptions } from './run-flow.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import {
  fewestPairs,
  type PlannedContest,
  pilotContests,
  planContests,
  refuseUnlikeArms,
  runContests,
} from './run-pairs.js';
import { type Contest, labelsOf, planSubjects, refuseSharedClient, type Subjects } from './run-subjects.js';
import { examineForceFields } from './run-validation.js';
import type { PlanOptions } from './spec/index.js';

export interface CompareOptions extends FlowOptions {
  /** The teacher first, then its students; one alone with an axis that has values. */
  readonly forceFields: PlanOptions['forceFields'];
  /** Frames of each trajectory that both label; 100 by default, fewer in less than a minute. */
  readonly frames?: number | undefined;
  /** ms for the paired campaigns together; a minute by default, as long as it takes with `pairs`. */
  readonly timeBudget?: number | undefined;
  /** Of each campaign; as many as the time holds by default. */
  readonly pairs?: number | undefined;
  /** False: the physics of the force fields is not examined before they are timed. */
  readonly validate?: boolean | undefined;
  /** Called when it is known what will be measured in pairs, before it is. */
  readonly onPlan?: ((plan: ComparisonPlan) => void) | undefined;
}

export interface ComparisonPlan {
  readonly contests: readonly PlannedContest[];
  /** A campaign stops where the half widths of its speed-ups' intervals are at most this share of them. */
  readonly closeEnough: number;
}

interface Broken {
  readonly contest: Contest;
  readonly error: MdbenchError;
}

const minute = 60_000;
/** Long enough for a drift to be told from its scatter. */
const defaultSteps = 5000;
const [defaultFrames, fewestFrames] = [100, 20];
/** Slowdown that the looks of a comparison are planned for; nothing is judged by it. */
const tolerance = 0.03;
/** Half width of the speed-up's interval, as a share of it, that is close enough. */
const closeEnough = 0.01;

/**
 * Compares candidates with one baseline and writes one document and one report; it describes and judges nothing.
 * What breaks is recorded, the rest goes on; only misuse throws, before anything is written.
 * @throws MdbenchError; `incomparable` naming what differs; `aborted` when stopped before anything was measured
 */
export async function compare(options: CompareOptions): Promise<RunOutcome> {
  const dynamics = { steps: defaultSteps, ...options.dynamics };
  const subjects = planSubjects({ ...options, systems: options.systems ?? [], dynamics });
  const { cases, contests } = subjects;
  if (contests.length === 0) {
    throw new MdbenchError(
      'usage',
      'There is nothing to compare: one force field alone.',
      'Name a teacher and a student, or an axis: --axis threads=1,2.',
    );
  }
  const names = cases.map(({ forceField }) => forceField.name);
  for (const name of names.slice(contests.length)) refuseSharedClient(names[0], name);
  const forceFields = cases.map(({ forceField }) => forceField);
  return withClients(forceFields, options, () => compareSubjects(subjects, options));
}

async function compareSubjects({ cases, contests }: Subjects, options: CompareOptions): Promise<RunOutcome> {
  const { signal, patience } = options;
  const directory = resolve(options.out ?? 'reports/latest');
  const stage: CaseStage = { ...options, directory };
  const paired = { signal, patience, onProgress: options.onPairs };
  options.onStage?.({ stage: 'prepare', id: null });
  const pending = await prepareCases(cases, { directory, signal, patience });
  const broken: Broken[] = [];
  const budget = options.timeBudget ?? (options.pairs === undefined ? minute : null);
  const tried = await pilotContests(contests, budget, paired, (contest, error) =>
    broken.push({ contest, error }),
  );
  refuseUnlikeArms(tried, options.axis);
  const asked = { budget, pairs: options.pairs, tolerance, seed: cases[0].dynamics.seed };
  const plans = planContests(tried, asked);
  const document = beginDocument(directory, options.command);
  document.cases = pending;
  document.warnings = broken.map(({ contest: { id, arms }, error }) => ({
    code: 'pilot-failed',
    values: { campaign: id, ...labelsOf(arms), message: error.message },
  }));
  options.onPlan?.({ contests: plans, closeEnough });

  if (options.validate !== false) await examineForceFields(document, { signal, patience }, options.onStage);
  await measureCases(document, stage);
  await examineContests(document, contests, framesOf(options), stage, options.onStage);
  document.campaigns = [];
  const spent = tried.reduce((sum, { pilot }) => sum + pilot.elapsed, 0);
  await runContests(
    plans,
    { ...asked, left: budget === null ? null : budget - spent },
    {
      ...paired,
      enough: isCloseEnough,
      onCampaign(campaign) {
        document.campaigns?.push(campaign);
        keepDocument(document, directory);
      },
    },
  );
  options.onStage?.({ stage: 'report', id: null });
  closeDocument(document, signal);
  const problems = [...broken.map(({ error }) => error), ...conclude(document, options.axis?.key)];
  return writeReports(document, directory, problems);
}

/** What cannot be concluded costs nothing that was measured. */
function conclude(document: ResultDocument, axis: string | undefined): MdbenchError[] {
  try {
    document.comparison = compareCampaigns(document, axis);
    return [];
  } catch (error) {
    return [asMdbenchError(error)];
  }
}

function framesOf({ frames, timeBudget = minute }: CompareOptions): number {
  const affordable = Math.round((defaultFrames * timeBudget) / minute);
  return frames ?? Math.min(defaultFrames, Math.max(fewestFrames, affordable));
}

/** Nobody reads a third digit of a speed-up. */
function isCloseEnough(soFar: PairedCampaign): boolean {
  if (soFar.pairs.length < fewestPairs) return false;
  const ratios = ratiosOf(soFar).filter(({ metric }) => /^(step-time|force-call)-p50$/.test(metric));
  return ratios.every(({ speedUp: { value, low, high } }) => {
    return low !== null && high !== null && (high - low) / 2 <= closeEnough * value;
  });
}
