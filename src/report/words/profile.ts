// Names of sections, phases, causes and columns of a profile, and what is said of phases and spikes.

import type { CaseResult } from '../../result/document.js';
import type { PhaseTable, ProfilePhase, SpikeCause, Spikes } from '../../result/profile.js';
import { count, counted, decimalsOf, fixed, formatMetric, quantity, significantDigits } from '../format.js';

export const profileHeadings = {
  phases: 'Where a step’s time goes',
  operators: 'Operators',
  nodes: 'Nodes of the graph',
  spikes: 'Latency spikes',
  counters: 'Processor',
  cuda: 'CUDA',
  kernels: 'CUDA kernels',
  copies: 'Copies and memory',
  calls: 'CUDA calls',
  gaps: 'Busy and idle device',
  ranges: 'Marked phases',
  devices: 'Devices',
  timeline: 'Timeline',
} as const;

/** Shorter, for the bar at the top. */
export const profileNavigation: Partial<Record<keyof typeof profileHeadings, string>> = {
  phases: 'Phases',
  nodes: 'Nodes',
  spikes: 'Spikes',
  kernels: 'Kernels',
  copies: 'Copies',
  calls: 'Calls',
  gaps: 'Gaps',
  ranges: 'Ranges',
};

export const phaseWords: Record<ProfilePhase, string> = {
  neighbors: 'neighbor list',
  feeds: 'feeds',
  forces: 'force call',
  outputs: 'outputs',
  integrate: 'integrator',
  observe: 'bookkeeping',
  'garbage-collection': 'garbage collection',
  unattributed: 'unattributed',
};

export const causeWords: Record<SpikeCause, string> = {
  'garbage-collection': 'garbage collection',
  'list-rebuild': 'neighbor list rebuilt',
  'context-switch': 'taken off the processor',
  checkpoint: 'after a look at the memory',
  unknown: 'nothing was seen',
};

export const profileHeads = {
  phase: 'phase',
  share: 'share',
  plain: 'µs a step',
  profiled: 'µs profiled',
  whole: 'whole step',
  cause: 'happened in the step',
  spikes: 'steps',
  excess: 'beyond the median',
  excessShare: 'of that',
  step: 'step',
  time: 'time',
  times: 'of the median',
  collection: 'collection',
  switches: 'switches',
  profile: 'profile',
  atoms: 'atoms',
  stepTime: 'step, median',
  largest: 'largest phase',
  longest: 'longest operator',
  slowdown: 'profiling pass',
} as const;

export const pageOf = (subject: string) => `Profile of ${subject}`;
export const profilesTitle = (n: number) => counted(n, 'profile');
export const timingHeading = 'The timing pass';
export const timingLink = 'Timing';
export const timingNote =
  'Measured with nothing else running and nothing looking inside: the times to quote are these.';

/** The numbers of the timing pass in one line. */
export function describeTiming(result: CaseResult): string {
  const told = (id: string, name: string, unit?: string) => {
    const metric = result.metrics[id];
    if (!metric || metric.value === null) return [];
    const { value, unit: own, interval } = formatMetric(metric);
    return [`${name}${value} ${unit ?? own}${interval === '' ? '' : ` (${interval})`}`];
  };
  const numbers = [
    ...told('step-time-p50', 'median step '),
    ...told('steps-per-second', '', 'steps/s'),
    ...told('ns-per-day', ''),
  ];
  return numbers.length === 0
    ? 'The timing pass has no numbers.'
    : `To quote, from the timing pass: ${numbers.join(', ')}.`;
}

/** `94 %`, `3.4 %`, `< 0.1 %`: the digits of running text. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.05) return '< 0.1\u202f%';
  return `${fixed(share, share >= 9.95 || share === 0 ? 0 : 1)}\u202f%`;
}

/** Of a table, in which shares are to sum. */
export function tableShare(share: number, decimals = 1): string {
  return `${fixed(share, decimals)}\u202f%`;
}

/** `1.02×` */
export function timesWords(ratio: number): string {
  return `${fixed(ratio, Math.max(2, Math.min(3, decimalsOf(ratio, 3))))}×`;
}

export function describeShares(table: PhaseTable): string {
  const sum = table.rows.reduce((total, { share }) => total + share, 0);
  return `Shares of the plain step, the mean over ${counted(table.plainSteps, 'steady step')} of the timing pass; they sum to ${fixed(sum, 1)}\u202f%. How the parts divide was seen in a pass of its own (${counted(table.profiledSteps, 'step')}).`;
}

export function describeSlowdown({ slowdown: { ratio, spread } }: PhaseTable): string {
  const differ =
    spread === null
      ? 'what plain ones differ by was not measured'
      : `plain ones differ by ${significantDigits(100 * (spread - 1), 2)}\u202f%`;
  return `A step of the profiling pass takes ${timesWords(ratio)} the plain one (medians of the fastest process of each kind; ${differ}). Headline numbers never come from the profiling pass.`;
}

export function describeSpikes({ causes, median, threshold, steps }: Spikes): string {
  const n = causes.reduce((sum, one) => sum + one.count, 0);
  const limit = `${quantity(threshold, 'ms')} (median ${quantity(median, 'ms')})`;
  if (n === 0) return `None of ${counted(steps, 'step')} of the profiling pass took more than ${limit}.`;
  const excess = causes.reduce((sum, one) => sum + one.excess, 0);
  return `${count(n)} of ${counted(steps, 'step')} of the profiling pass took more than ${limit}: together ${quantity(excess, 'ms')} beyond the median, ${shareWords((100 * excess) / (steps * median + excess))} of the time.`;
}

export const spikesNote =
  'A spike is counted under its first cause, the likeliest; other causes happened in the same step.';

/** Spikes that are only counted; null where all are listed. */
export function describeUnlisted(n: number): string | null {
  if (n <= 0) return null;
  return `${counted(n, 'smaller spike')} ${n === 1 ? 'is' : 'are'} counted and not listed.`;
}

export function describeMore(left: number, noun: string): string {
  return `${counted(left, `more ${noun}`)}: in the document (result.json).`;
}

export function describeTimeline({ file, steps, of }: { file: string; steps: number; of: number }): string {
  const extent =
    of === 0
      ? ''
      : steps < of
        ? ` (the first ${count(steps)} of ${counted(of, 'step')})`
        : ` (${counted(of, 'step')})`;
  return `${file}${extent}: open it at ui.perfetto.dev, which reads it in the browser and sends it nowhere.`;
}
