// The gates in the order in which a reader wants them: what stops a build first.

import type { GateResult } from '../../result/judgement.js';

const order = ['failed', 'error', 'inconclusive', 'skipped'] as const;

/** Those that can fail a build, then those that only warn: failed, in error, inconclusive, skipped; then what passed. */
export function gatesInOrder(gates: readonly GateResult[]): GateResult[] {
  const rank = ({ state, severity }: GateResult) =>
    state === 'passed'
      ? 2 * order.length
      : order.indexOf(state) + (severity === 'warn' && state !== 'error' ? order.length : 0);
  return [...gates].sort((a, b) => rank(a) - rank(b));
}
