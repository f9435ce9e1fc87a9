// Headings and labels of the page, and the sentences under them.

import { count } from '../format.js';

export const headings = {
  overview: 'Overview',
  latency: 'Latency',
  phases: 'Where the time goes',
  energy: 'Energy',
  temperature: 'Temperature',
  memory: 'Memory',
  cold: 'Cold start',
  numbers: 'All numbers',
  setup: 'Force field and system',
  notices: 'Warnings and notes',
  environment: 'Environment',
  raw: 'Raw data',
} as const;

/** Shorter, for the bar at the top. */
export const navigationNames: Partial<Record<keyof typeof headings, string>> = {
  phases: 'Phases',
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

/** Where charts had to be left out of a large grid. */
export function describeLeftOut(drawn: number, of: number): string {
  return `To keep this page small, charts are drawn for the first ${count(drawn)} of ${count(of)} cases; every number of every case is here. Render a single document for the other charts.`;
}

/** Beside the download button. */
export function describeRaw(complete: boolean): string {
  return complete
    ? 'The whole result document with every recorded sample (little-endian Float64 in base64).'
    : 'The result document without the columns of samples, which would make this page too large; result.json beside the report has them.';
}
