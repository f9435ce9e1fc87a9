// What a check may spend: what is left of its time, and how long cases and frames may be beside the pairs. Times in ms.

import type { Gate } from './spec/index.js';

/** Length of the trajectories of cases and examinations, and frames that both force fields label. */
export interface Beside {
  readonly steps: number;
  readonly frames: number;
}

/** Never below 0; null where there is no budget. */
export function timeLeft(budget: number | null, spent: number): number | null {
  return budget === null ? null : Math.max(0, budget - spent);
}

/**
 * As much as fits, between the least and the most.
 * @param timeOf ms that it takes, linear in both
 * @param available ms; null: no bound
 * @returns also by how many ms even the least is too long
 */
export function cutToFit(
  timeOf: (beside: Beside) => number,
  available: number | null,
  { least, most }: Readonly<Record<'least' | 'most', Beside>>,
): Beside & { readonly beyond: number } {
  const [shortest, longest] = [timeOf(least), timeOf(most)];
  if (available === null || longest <= available) return { ...most, beyond: 0 };
  if (shortest >= available) return { ...least, beyond: shortest - available };
  const share = (available - shortest) / (longest - shortest);
  const between = (key: keyof Beside) => Math.floor(least[key] + share * (most[key] - least[key]));
  return { steps: between('steps'), frames: between('frames'), beyond: 0 };
}

/** The smallest slowdown that any gate forbids, as a share. */
export function strictest(gates: readonly Gate[]): number | undefined {
  const limits = gates.filter(({ rule }) => rule === 'maxRegression').map(({ limit }) => limit);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}
