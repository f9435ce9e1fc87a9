// What a check will do, known before it does it: contests, pilots, which numbers each gate is about, what must be measured.

import { alphaDivisor, type GateMetric, gateMetrics, isAbout, refuseUnmatched } from './compare/index.js';
import { MdbenchError } from './errors.js';
import { type Pilot, pendingCase } from './measure/index.js';
import { metrics } from './metrics/index.js';
import type { ArmName, Examination, Pair, ResultDocument } from './result/index.js';
import { campaignOf, type PlannedContest } from './run-pairs.js';
import type { Axis } from './run-subjects.js';
import { type Contest, labelsOf, planSubjects } from './run-subjects.js';
import type { CaseSpec, Gate, PlanOptions } from './spec/index.js';

/** One side of a check: a force field, or a command that speaks the worker protocol. */
export type CheckedSide =
  | { readonly forceField: PlanOptions['forceFields'][number] }
  | { readonly command: string };

/** A gate and the numbers that it will be held against. */
export interface GateMatch {
  readonly gate: Gate;
  readonly paths: readonly string[];
}

/** What the gates ask to be measured. */
export interface CheckNeeds {
  readonly matches: readonly GateMatch[];
  /** Whether any number comes from pairs. */
  readonly pairs: boolean;
  /** What the error of a look is divided by among gated times and campaigns: of the campaign with most of them. */
  readonly alphaDivisor: number;
  readonly cases: readonly CaseSpec[];
  readonly examinations: readonly Contest[];
}

/** Slowdown as a share that a check lets pass unless told. */
export const defaultTolerance = 0.03;
/** ms of a process from its start to its first step. */
const processTime = 500;

/** @throws MdbenchError(usage | option-invalid) */
export function contestsOf(
  sides: Readonly<Record<ArmName, CheckedSide>>,
  options: Pick<PlanOptions, 'dynamics'> & {
    readonly systems: PlanOptions['systems'];
    readonly axis?: Axis | undefined;
  },
): readonly Contest[] {
  const { baseline, candidate } = sides;
  if ('forceField' in baseline && 'forceField' in candidate) {
    const forceFields = [baseline.forceField, candidate.forceField];
    return planSubjects({ ...options, forceFields, sameNames: true }).contests;
  }
  if ('forceField' in baseline || 'forceField' in candidate) {
    throw new MdbenchError(
      'usage',
      'A check takes two force fields or two commands, not one of each.',
      'For a force field of mdbench as a command: mdbench worker <force field>.',
    );
  }
  const armOf = ({ command }: { readonly command: string }) => ({
    label: command,
    spec: null,
    command: [command],
  });
  return [{ id: 'commands', arms: { baseline: armOf(baseline), candidate: armOf(candidate) } }];
}

/** @throws MdbenchError(gate-unmatched) for a pattern that no number can match */
export function needsOf(
  gates: readonly Gate[],
  plans: readonly PlannedContest[],
  empty: ResultDocument,
): CheckNeeds {
  const document = foreseen(plans, empty);
  refuseUnmatched(gates, document);
  const known = gateMetrics(document);
  const campaigns = document.campaigns ?? [];
  const timed = new Set(plans.flatMap(({ pilot }) => pilot.metrics));
  const found = gates.map((gate) => ({ gate, about: known.filter((metric) => isAbout(gate, metric)) }));
  const asked = found.flatMap(({ gate, about }) => about.map((metric) => ({ gate, metric })));
  const isTimed = (metric: GateMetric) => metric.campaign !== null || timed.has(metric.metric);
  const untimed = asked.filter(({ metric }) => !isTimed(metric));
  const ofCase = new Set(metrics.map(({ id }) => id));
  const needs = (plan: PlannedContest, arm: ArmName) =>
    untimed.some(
      ({ gate, metric }) =>
        ofCase.has(metric.metric) &&
        isOf(metric, plan) &&
        (metric.arm === arm || (gate.rule === 'maxRegression' && arm === 'baseline')),
    );
  const examined = untimed.filter(({ metric }) => !ofCase.has(metric.metric));
  const cases = plans.flatMap((plan) =>
    (['baseline', 'candidate'] as const).flatMap((arm) => {
      const { spec } = plan.contest.arms[arm];
      return spec && needs(plan, arm) ? [spec] : [];
    }),
  );
  return {
    matches: found.map(({ gate, about }) => ({ gate, paths: [...new Set(about.map(({ path }) => path))] })),
    pairs: untimed.length < asked.length,
    alphaDivisor: Math.max(1, ...campaigns.map((one) => alphaDivisor(gates, one, campaigns.length))),
    cases,
    examinations: plans
      .filter((plan) => examined.some(({ metric }) => isOf(metric, plan)))
      .map(({ contest }) => contest),
  };
}

/** ms that cases and examinations of so many frames will take, about. */
export function timeOf(needs: CheckNeeds, plans: readonly PlannedContest[], frames: number): number {
  const arms = plans.flatMap(({ contest, pilot }) =>
    (['baseline', 'candidate'] as const).map((arm) => ({
      contest,
      spec: contest.arms[arm].spec,
      stepTime: pilot.stepTimes[arm],
    })),
  );
  const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0);
  const trajectory = ({ spec, stepTime }: (typeof arms)[number]) =>
    spec ? processTime + stepTime * (spec.dynamics.equilibrate + spec.dynamics.steps) : 0;
  const cases = arms.filter(({ spec }) => needs.cases.some((one) => one === spec));
  const examined = arms.filter(({ contest }) => needs.examinations.includes(contest));
  return (
    sum(cases.map((arm) => trajectory(arm) * (arm.spec?.dynamics.seeds ?? 1))) +
    sum(examined.map((arm) => trajectory(arm) + processTime + 2 * frames * arm.stepTime))
  );
}

function isOf({ path }: GateMetric, { contest }: PlannedContest): boolean {
  return path.split('/').at(-2) === contest.id;
}

/** The document as it will be, without a number in it: what its paths are is known already. */
function foreseen(plans: readonly PlannedContest[], empty: ResultDocument): ResultDocument {
  const specs = plans.flatMap(({ contest: { arms } }) => [arms.baseline.spec, arms.candidate.spec]);
  return {
    ...empty,
    cases: specs.flatMap((spec) => (spec ? [pendingCase(spec)] : [])),
    campaigns: plans.map((plan) => campaignOf(plan, [foreseenPair(plan.pilot)])),
    examinations: plans.flatMap(({ contest }) =>
      contest.arms.baseline.spec ? [foreseenExamination(contest)] : [],
    ),
  };
}

function foreseenPair({ metrics: ids }: Pilot): Pair {
  const worker = {
    start: 0,
    sessionCreate: null,
    firstCall: null,
    earlyCalls: [],
    warmUp: { steps: 0, elapsed: 0, settled: true },
    peakRss: null,
  };
  return {
    seed: 0,
    workers: { baseline: worker, candidate: worker },
    segments: {
      arm: ['baseline', 'candidate'],
      session: [0, 0],
      block: [0, 0],
      at: [0, 0],
      steps: [1, 1],
      metrics: Object.fromEntries(ids.map((id) => [id, [1, 1]])),
      phases: {},
      parts: [],
    },
    control: { at: [], elapsed: [] },
  };
}

function foreseenExamination({ id, arms }: Contest): Examination {
  return { id, ...labelsOf(arms), frames: [], observables: [], failure: null };
}
