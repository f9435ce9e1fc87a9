// What a model file's preparation has to say of every number that is measured with it.

import type { ForceFieldDescription } from '../forcefield/index.js';
import type { Warning } from '../result/index.js';

export function modelWarnings({ preparation }: ForceFieldDescription, atoms: number): Warning[] {
  if (!preparation) return [];
  const { forces, rejected } = preparation;
  const warnings: Warning[] = [];
  if (forces === 'finite-difference')
    warnings.push({ code: 'finite-difference-forces', values: { calls: 6 * atoms + 1 } });
  for (const { pass } of rejected) warnings.push({ code: 'repair-rejected', values: { pass } });
  return warnings;
}
