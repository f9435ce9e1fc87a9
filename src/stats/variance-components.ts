// Where the variance of block effects sits: nested random effects, block in session in process pair, by the analysis of
// variance for unequal numbers (Searle, Casella & McCulloch, Variance Components (1992), ch. 5).

import { mean } from './moments.js';

/** One block: its pair, its session within the pair, its effect. */
interface BlockEffect {
  readonly pair: number;
  readonly session: number;
  readonly value: number;
}

/** Standard deviations of effects, or times of starting one more of each: any common unit. */
interface Levels {
  readonly process: number;
  readonly session: number;
  readonly block: number;
}

/**
 * Standard deviations in the unit of the values, 0 where the estimate of the variance is negative. NaN where a level
 * is never repeated; its variance is then part of the level above.
 */
export function varianceComponents(effects: readonly BlockEffect[]): Levels {
  const pairs = grouped(effects, ({ pair }) => pair).map((pair) => grouped(pair, ({ session }) => session));
  const sessions = pairs.flat();
  const wholePairs = pairs.map((pair) => pair.flat());
  const n = effects.length;
  const sessionsInPairs = sum(pairs.map((pair) => sumOfSquaredSizes(pair) / pair.flat().length));

  const block = sum(sessions.map((session) => scatter(session.map((one) => [one]))));
  const blockVariance = ratio(block, n - sessions.length);

  const sessionDegrees = sessions.length - pairs.length;
  const session = sum(pairs.map(scatter)) - sessionDegrees * (blockVariance ?? 0);
  const sessionVariance = sessionDegrees > 0 ? ratio(session, n - sessionsInPairs) : null;

  const processDegrees = pairs.length - 1;
  const process =
    scatter(wholePairs) -
    processDegrees * (blockVariance ?? 0) -
    (sessionsInPairs - sumOfSquaredSizes(sessions) / n) * (sessionVariance ?? 0);
  const processVariance = processDegrees > 0 ? ratio(process, n - sumOfSquaredSizes(wholePairs) / n) : null;

  return {
    process: deviation(processVariance),
    session: deviation(sessionVariance),
    block: deviation(blockVariance),
  };
}

/**
 * How many sessions a process and blocks a session give the least variance of the campaign in a given time: square
 * roots of cost over variance (Kalibera & Jones, Rigorous benchmarking in reasonable time, ISMM 2013), at least 1;
 * infinite where the level above does not vary.
 * @param costs time to start one more process, one more session, and to run one more block
 */
export function optimalRepetitions(
  components: Levels,
  costs: Levels,
): { readonly sessions: number; readonly blocks: number } {
  const repetitions = (costAbove: number, cost: number, above: number, own: number) =>
    Math.max(1, Math.round(Math.sqrt((costAbove / cost) * (own / above) ** 2)));
  return {
    sessions: repetitions(costs.process, costs.session, components.process, components.session),
    blocks: repetitions(costs.session, costs.block, components.session, components.block),
  };
}

function grouped(effects: readonly BlockEffect[], keyOf: (effect: BlockEffect) => number): BlockEffect[][] {
  const groups = new Map<number, BlockEffect[]>();
  for (const effect of effects) {
    const group = groups.get(keyOf(effect));
    if (group) group.push(effect);
    else groups.set(keyOf(effect), [effect]);
  }
  return [...groups.values()];
}

/** Squared distances of the groups' means from their common mean, weighted by the groups' sizes. */
function scatter(groups: readonly (readonly BlockEffect[])[]): number {
  const center = meanEffect(groups.flat());
  return sum(groups.map((group) => group.length * (meanEffect(group) - center) ** 2));
}

function meanEffect(effects: readonly BlockEffect[]): number {
  return mean(effects.map(({ value }) => value));
}

function sumOfSquaredSizes(groups: readonly (readonly BlockEffect[])[]): number {
  return sum(groups.map(({ length }) => length ** 2));
}

/** Never negative; null where nothing repeats. */
function ratio(squares: number, count: number): number | null {
  return count > 0 ? Math.max(squares / count, 0) : null;
}

function deviation(variance: number | null): number {
  return variance === null ? Number.NaN : Math.sqrt(variance);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
