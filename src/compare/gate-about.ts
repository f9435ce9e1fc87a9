// Which numbers a gate is about: one rule for the plan of a check and for its judgement.

import { type Gate, matches } from '../spec/index.js';
import type { GateMetric } from './gate-metric.js';

/**
 * `maxRegression`, and a pattern that leaves the force field open with a `*`, are about the candidate alone: what the
 * baseline does is not the candidate's fault. A pattern that names an arm or a force field outright is about that one.
 */
export function isAbout(
  { pattern, rule }: Pick<Gate, 'pattern' | 'rule'>,
  { path, alias, arm }: Pick<GateMetric, 'path' | 'alias' | 'arm'>,
): boolean {
  if (rule === 'maxRegression' && arm !== 'candidate') return false;
  if (arm === 'baseline' && isOpen(pattern)) return false;
  return [path, ...(alias ? [alias] : [])].some((name) => matches(pattern, name, arm ?? undefined));
}

function isOpen(pattern: string): boolean {
  return pattern.slice(0, pattern.indexOf('/')).includes('*');
}
