// Headings and labels of the page, and the sentences under them.

import { count } from '../format.js';

export const headings = {
  overview: 'Overview',
  latency: 'Latency',
  phases: 'Where the time goes',
  energy: 'Energy',
  temperature: 'Temperature',
  pressure: 'Pressure and volume',
  memory: 'Memory',
  cold: 'Cold start',
  validation: 'Examination of the physics',
  numbers: 'All numbers',
  setup: 'Force field and system',
  notices: 'Warnings and notes',
  environment: 'Environment',
  raw: 'Raw data',
} as const;

/** Shorter, for the bar at the top. */
export const navigationNames: Partial<Record<keyof typeof headings, string>> = {
  phases: 'Phases',
  validation: 'Physics',
  numbers: 'Numbers',
  setup: 'Setup',
  notices: 'Notes',
  raw: 'Data',
};

export const phaseNames: Record<string, string> = {
  'phase-share-forces': 'forces',
  'phase-share-neighbors': 'neighbor list',
  'phase-share-integrate': 'integrator',
  'phase-share-other': 'unattributed',
};

export const memoryNames = {
  rss: 'resident set',
  pss: 'proportional set',
  heapUsed: 'JavaScript heap',
  external: 'external',
  arrayBuffers: 'array buffers',
} as const;

export const noNumbers = 'This case has no numbers.';
export const noNotices = 'None.';

/** Under the table of phases. */
export function describePhases(sum: number): string {
  return `Shares of the plain whole step, with nothing else running; they sum to ${sum.toFixed(1)} %.`;
}

/** What had to be left out of a large grid. */
export function describeLeftOut(
  shown: { readonly drawn: number; readonly full: number },
  of: number,
): string[] {
  const because = 'To keep this page small,';
  return [
    shown.full < of
      ? `${because} only the first ${count(shown.full)} of ${count(of)} cases are shown in full; the overview and the document have all of them.`
      : '',
    shown.drawn < of
      ? `${because} charts are drawn for the first ${count(shown.drawn)} of ${count(of)} cases. Render fewer cases to see the others.`
      : '',
  ].filter(Boolean);
}

/** Beside the download button. */
export function describeRaw(kept: 'all' | 'summary' | 'nothing'): string {
  const elsewhere = 'which would make this page too large; result.json beside the report has';
  if (kept === 'nothing') return `The result document is not in this page, ${elsewhere} everything.`;
  return kept === 'all'
    ? 'The whole result document with every recorded sample (little-endian Float64 in base64).'
    : `The result document without the columns of samples, ${elsewhere} them.`;
}
