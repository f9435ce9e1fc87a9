// How much times scatter here, and where: between processes, between sessions of one, between blocks of one session.

import type { PairProgress } from './measure/index.js';
import type { PairedCampaign } from './result/index.js';
import { type PlannedContest, pilotContests, planContests, runContests } from './run-pairs.js';
import { planSubjects, refuseSharedClient } from './run-subjects.js';
import type { PlanOptions } from './spec/index.js';
import {
  blockEffects,
  optimalRepetitions,
  pairEffect,
  smallestDetectable,
  standardDeviation,
  varianceComponents,
} from './stats/index.js';

export interface NoiseOptions {
  readonly forceFields: PlanOptions['forceFields'];
  readonly systems?: PlanOptions['systems'] | undefined;
  readonly dynamics?: PlanOptions['dynamics'];
  /** ms for each force field; a minute by default. */
  readonly timeBudget?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly patience?: number | undefined;
  readonly onPairs?: ((progress: PairProgress) => void) | undefined;
}

/** Of one force field on one system, the same on both sides. Standard deviations of effects, as shares. */
export interface Noise {
  readonly label: string;
  readonly system: string;
  /** ms */
  readonly stepTime: number;
  readonly pairs: number;
  /** NaN where there was no time to repeat a level. */
  readonly components: { readonly process: number; readonly session: number; readonly block: number };
  /** Of pair effects as they are measured by default. */
  readonly spread: number;
  /** Smallest slowdown that so many pairs find, as a share. */
  readonly detectable: readonly { readonly pairs: number; readonly slowdown: number }[];
  /** ms of one pair as it is measured by default. */
  readonly pairTime: number;
  /** Sessions a process and blocks a session that would tell most in a given time; infinite: the more the better. */
  readonly best: { readonly sessions: number; readonly blocks: number };
  readonly failure: PairedCampaign['failure'];
}

const minute = 60_000;
const rule = { tolerance: 0.03, alpha: 0.002 };
const metric = 'step-time-p50';

/** @throws MdbenchError for misuse; `measurement-failed` when a pilot cannot be measured; `aborted` */
export async function measureNoise(options: NoiseOptions): Promise<readonly Noise[]> {
  const { signal, patience, dynamics, systems = [] } = options;
  const contests = options.forceFields.flatMap((forceField) => {
    refuseSharedClient(forceField.name, forceField.name);
    const forceFields = [forceField, forceField];
    return planSubjects({ forceFields, systems, dynamics, sameNames: true }).contests;
  });
  const found: Noise[] = [];
  for (const contest of contests) {
    const paired = { signal, patience, onProgress: options.onPairs };
    const budget = options.timeBudget ?? minute;
    const tried = await pilotContests([contest], budget, paired);
    const asked = { budget, tolerance: rule.tolerance, seed: dynamics?.seed ?? 1 };
    const [plan] = planContests(tried, asked);
    await runContests(
      [plan],
      { ...asked, left: budget - plan.pilot.elapsed },
      {
        ...paired,
        enough: () => false,
        onCampaign: (campaign) => found.push(noiseOf(plan, campaign)),
      },
    );
    if (signal?.aborted) break;
  }
  return found;
}

function noiseOf({ contest, pilot, design }: PlannedContest, { id, pairs, failure }: PairedCampaign): Noise {
  const effects = pairs.flatMap(({ segments }, pair) =>
    [...new Set(segments.session)].flatMap((session) => {
      const of = <T>(column: readonly T[]) => column.filter((_, k) => segments.session[k] === session);
      const values = blockEffects(of(segments.arm), of(segments.block), of(segments.metrics[metric]));
      return values.map((value) => ({ pair, session, value }));
    }),
  );
  const spread = standardDeviation(
    pairs.map(({ segments: { arm, session, block, metrics } }) =>
      pairEffect(arm, session, block, metrics[metric]),
    ),
  );
  const components = varianceComponents(effects);
  const { startTime, sessionTime, blockTime } = pilot;
  const costs = { process: startTime, session: sessionTime, block: blockTime };
  return {
    label: contest.arms.baseline.label,
    system: id,
    stepTime: pilot.stepTimes.baseline,
    pairs: pairs.length,
    components,
    spread,
    detectable: [4, 8, 12].map((count) => ({
      pairs: count,
      slowdown: smallestDetectable(spread, count, rule),
    })),
    pairTime: startTime + design.sessions * (sessionTime + design.blocks * blockTime),
    best: optimalRepetitions(components, costs),
    failure,
  };
}
