// The gates in the order in which a reader wants them: what stops a build first.

import type { GateResult } from '../../result/judgement.js';

const order = ['failed', 'error', 'inconclusive', 'skipped', 'passed'] as const;

/** Failed, in error, inconclusive, skipped, passed; among equals those that can fail a build, then as in the gate file. */
export function gatesInOrder(gates: readonly GateResult[]): GateResult[] {
  const rank = (gate: GateResult) => 2 * order.indexOf(gate.state) + (gate.severity === 'warn' ? 1 : 0);
  return [...gates].sort((a, b) => rank(a) - rank(b));
}
