// Names of arms, sections, columns and rows of a report of comparisons.

import type { ArmName } from '../../result/campaign.js';
import type { ComparisonView } from '../compare/view.js';

/** Roles of the two arms: `compare` has a teacher and a student, `check` a baseline and a candidate. */
export function armName({ input }: Pick<ComparisonView, 'input'>, arm: ArmName): string {
  return armNameOf(input.document.check !== undefined, arm);
}

function armNameOf(checked: boolean, arm: ArmName): string {
  if (checked) return arm;
  return arm === 'baseline' ? 'teacher' : 'student';
}

export const compareHeadings = {
  all: 'All comparisons',
  speed: 'Speed-up',
  ratios: 'Speed-up over pairs and blocks',
  accuracy: 'Accuracy on the same frames',
  dynamics: 'What MD shows',
  memory: 'Memory of each',
  sizes: 'Sizes',
  pareto: 'Speed-up against force error',
  noise: 'Noise of the campaign and the machine',
  gates: 'Gates',
  changes: 'Change over pairs and blocks',
  runs: 'The runs themselves',
} as const;

/** Shorter, for the bar at the top. */
export const compareNavigation: Partial<Record<keyof typeof compareHeadings, string>> = {
  ratios: 'Pairs',
  changes: 'Pairs',
  accuracy: 'Accuracy',
  dynamics: 'MD',
  memory: 'Memory',
  pareto: 'Pareto',
  noise: 'Noise',
  runs: 'Runs',
};

export const rowTitles = {
  'force-call-p50': 'Force call',
  'step-time-p50': 'Whole step',
  'step-time-mean': 'Whole step, mean',
  'ns-per-day': 'Simulated per day',
  'force-rmse': (source: string) => `Force RMSE, ${source}’s frames`,
  'energy-rmse': (source: string) => `Energy RMSE, ${source}’s frames`,
  'energy-drift': 'Energy drift',
  'temperature-mean': 'Mean temperature',
  'peak-rss': 'Peak memory',
  agreement: 'Agreement of MD',
} as const;

export const phaseLabels = {
  forces: 'force field',
  neighbors: 'neighbor list',
  integrate: 'integrator',
  other: 'harness',
} as const;

export const tableHeads = {
  quantity: 'quantity',
  gain: 'gain (95 % interval)',
  faster: 'times as fast (95 % interval)',
  pairs: 'process pairs',
  phase: (whole: string) => `part of the ${whole}`,
  element: 'element',
  rmse: 'RMSE',
  mae: 'MAE',
  largest: 'largest',
  cosine: 'cosine',
  angle: 'angle',
  size: 'size of the forces',
  frames: 'frames',
  trajectory: 'trajectory',
  energy: 'energy RMSE',
  offset: 'constant offset',
  step: 'step',
  atom: 'atom (from 0)',
  error: 'force error',
  file: 'file',
  state: 'state',
  difference: 'difference',
  noise: 'noise of two halves',
  startNoise: 'of another start',
  memory: 'memory',
  ratio: 'ratio',
  forceField: 'force field',
  fixed: 'fixed cost of a step',
  perAtom: 'cost per atom',
  comparison: 'comparison',
  drift: 'energy drift',
  system: 'system',
  forceCall: 'force call',
  wholeStep: 'whole step',
  teacherError: 'force error, teacher’s frames',
  ownError: 'own frames',
  nothing: '–',
} as const;

export const memoryRows = {
  peak: 'peak resident set',
  worker: 'peak of a worker of the campaign',
  client: 'peak of the client with its children, beside mdbench',
  rss: 'growth of the resident set',
  heap: 'growth of the JavaScript heap',
} as const;

/** After the title of a chart. */
export const rerunMark = ' (rerun)';

/** Below the table of gates. */
export const gateNote =
  'Intervals are what the gates are decided by: of a slowdown, the one-sided 99.8 % bound below and 99 % bound above (stricter below where several metrics are gated); of other metrics, 95 %.';

export const gateHeads = {
  gate: 'gate',
  state: 'state',
  measured: 'measured (interval)',
  limit: 'limit',
  detectable: 'could see',
  why: 'why',
} as const;
