// Force fields that another process computes: what the way to it costs, what it says of itself, what it uses.

import type { CaseResult, Warning } from '../result/document.js';
import { mean } from '../stats/index.js';

/** Notes in place of numbers of their own: they say how the force calls of this case are made up. */
export function externalNotes({ recording, system }: CaseResult): Warning[] {
  const sides = recording.trajectories.flatMap(({ external }) => external ?? []);
  if (sides.length === 0) return [];
  const roundTrip = mean(sides.map((side) => side.roundTrip));
  const own = sides.flatMap(({ clientTime }) => clientTime ?? []);
  const seen = sides.flatMap(({ processes }) => processes ?? []);
  return [
    { code: 'external-round-trip', values: { roundTrip, atoms: system?.atoms ?? null } },
    own.length > 0
      ? { code: 'external-client-time', values: clientValues(own) }
      : { code: 'external-client-silent', values: {} },
    seen.length > 0
      ? { code: 'external-processes', values: processValues(seen) }
      : { code: 'external-processes-unseen', values: {} },
  ];
}

function clientValues(own: readonly { mean: number; median: number; calls: number }[]): Warning['values'] {
  return {
    mean: mean(own.map((one) => one.mean)),
    median: mean(own.map((one) => one.median)),
    calls: own.reduce((sum, { calls }) => sum + calls, 0),
  };
}

type Processes = { step: number[]; count: number[]; memory: number[]; cpuTime: number[] };

function processValues(seen: readonly Processes[]): Warning['values'] {
  const last = seen.filter(({ step }) => step.length > 1 && step.at(-1)! > step[0]!);
  const perStep = last.map(
    ({ step, cpuTime }) => (cpuTime.at(-1)! - cpuTime[0]!) / (step.at(-1)! - step[0]!),
  );
  return {
    processes: Math.max(...seen.flatMap(({ count }) => count)),
    memory: Math.max(...seen.flatMap(({ memory }) => memory)),
    ...(perStep.length > 0 ? { perStep: mean(perStep) } : {}),
  };
}
