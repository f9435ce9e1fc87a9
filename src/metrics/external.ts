// Force fields that another process computes: what the way to it costs, what it says of itself, what it uses. ms, bytes.

import type { CaseResult, External, Warning } from '../result/document.js';
import { mean } from '../stats/index.js';
import { warning } from './metric.js';

type Processes = NonNullable<External['processes']>;
type ClientTime = NonNullable<External['clientTime']>;

/** Notes on how the force calls of a case are made up; none where its forces are computed here. */
export function externalNotes({ recording, system }: CaseResult): Warning[] {
  const sides = recording.trajectories.flatMap(({ external }) => external ?? []);
  if (sides.length === 0) return [];
  const roundTrip = mean(sides.map((side) => side.roundTrip));
  const own = sides.flatMap(({ clientTime }) => clientTime ?? []);
  const seen = sides.flatMap(({ processes }) => processes ?? []);
  const resting = Math.max(...sides.map(({ restingAtoms = 0 }) => restingAtoms));
  const busy = processorsAtOnce(own, seen);
  return [
    ...(busy > severalProcessors ? [warning('external-several-threads', { processors: busy })] : []),
    ...(resting > 0 ? [warning('external-resting-atoms', { resting, atoms: system?.atoms ?? null })] : []),
    warning('external-round-trip', { roundTrip, atoms: system?.atoms ?? null }),
    own.length > 0 ? clientNote(own) : warning('external-client-silent'),
    seen.length > 0 ? processNote(seen) : warning('external-processes-unseen'),
  ];
}

/** Halfway from one thread to two. */
const severalProcessors = 1.5;
/** ms; beside shorter calls, what the client does between them is no longer small. */
const longCall = 1;

/** Processor time of the client's processes over the time of its own calls; 0 where it cannot be told. */
function processorsAtOnce(own: readonly ClientTime[], seen: readonly Processes[]): number {
  const call = mean(own.map((one) => one.mean));
  const ratio = mean(seen.flatMap((one) => timePerStep(one) ?? [])) / call;
  return call >= longCall && Number.isFinite(ratio) ? ratio : 0;
}

function clientNote(own: readonly ClientTime[]): Warning {
  const calls = own.reduce((sum, one) => sum + one.calls, 0);
  const [average, middle] = [mean(own.map((one) => one.mean)), mean(own.map((one) => one.median))];
  return warning('external-client-time', { mean: average, median: middle, calls });
}

function processNote(seen: readonly Processes[]): Warning {
  const processes = Math.max(...seen.flatMap(({ count }) => count));
  const memory = Math.max(...seen.flatMap((one) => one.memory));
  const perStep = mean(seen.flatMap((one) => timePerStep(one) ?? []));
  return Number.isFinite(perStep)
    ? warning('external-processes', { processes, memory, perStep })
    : warning('external-processes', { processes, memory });
}

/** ms of processor time: the kernel counts it in ticks of 10 ms, of which fewer than ten tell nothing. */
const leastTime = 100;

/** ms of processor time; null where it was looked at only once, or was too little to be told. */
function timePerStep({ step, cpuTime }: Processes): number | null {
  const last = step.length - 1;
  const spent = cpuTime[last] - cpuTime[0];
  return step[last] > step[0] && spent >= leastTime ? spent / (step[last] - step[0]) : null;
}
