// Which two things a check is about, from what was typed: two force fields, or two commands.

import { MdbenchError } from '../errors.js';
import type { CheckedSide } from '../index.js';
import { type CaseFlags, placeOf } from './case-options.js';

interface SideFlags extends CaseFlags {
  readonly baseline?: string;
  readonly candidate?: string;
  readonly baselineCommand?: string;
  readonly candidateCommand?: string;
}

type Arm = 'baseline' | 'candidate';

/** @throws MdbenchError(usage) where one is missing or named twice */
export function checkedSides(flags: SideFlags): Readonly<Record<Arm, CheckedSide>> {
  const [baseline, candidate] = [sideOf(flags, 'baseline'), sideOf(flags, 'candidate')];
  if (baseline && candidate) return { baseline, candidate };
  const missing = [...(baseline ? [] : ['baseline']), ...(candidate ? [] : ['candidate'])];
  throw new MdbenchError(
    'usage',
    `A check needs a baseline and a candidate; there is no ${missing.join(' and no ')}.`,
    'Give --baseline and --candidate (force fields), --baseline-command and --candidate-command, or --against NAME.',
  );
}

/** Against a stored baseline: what it was made of unless something is named. @throws MdbenchError(usage) */
export function candidateOf(flags: SideFlags): CheckedSide | undefined {
  return sideOf(flags, 'candidate') ?? undefined;
}

function sideOf(flags: SideFlags, arm: Arm): CheckedSide | null {
  const [forceField, command] = [flags[arm], flags[`${arm}Command`]];
  if (forceField !== undefined && command !== undefined) {
    throw new MdbenchError(
      'usage',
      `The ${arm} is either a force field or a command, not both (received --${arm} ${forceField} and --${arm}-command).`,
    );
  }
  if (forceField !== undefined) return { forceField: { name: forceField, ...placeOf(flags) } };
  return command === undefined ? null : { command };
}
