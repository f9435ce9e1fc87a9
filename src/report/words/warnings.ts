// Every warning in a sentence, with its advice. A code without one is shown as it is, never dropped.

import type { Warning } from '../../result/document.js';
import { count, counted } from '../format.js';
import { campaignCautions } from './campaign-warnings.js';
import { cudaCautions, cudaNotes } from './cuda-warnings.js';
import { externalCautions, externalNoteWords } from './external-notes.js';
import { modelCautions } from './model-warnings.js';
import { operatorCautions } from './operator-warnings.js';
import { profileCautions, profileNotes } from './profile-warnings.js';
import { reader, type Sentence, type Values } from './warning-values.js';

export interface WarningWords {
  readonly text: string;
  readonly advice: string | null;
  /** `note`: how a number was made. `caution`: something to look into before using it. */
  readonly level: 'note' | 'caution';
}

const moreSeeds = 'Run with --seeds 8 for an interval over independent processes.';

const notes: Record<string, Sentence> = {
  'warm-up-excluded': (v) => [
    `The first ${v.number('steps')} of ${v.counted('of', 'step')} were still warming up and are left out of the times.`,
  ],
  'interval-within-run': () => [
    'The interval covers the scatter within this run, not what changes from process to process.',
    moreSeeds,
  ],
  'interval-needs-samples': (v) => [
    `No interval: ${v.counted('effective', 'independent sample')}, of the ${v.number('needed')} that it needs.`,
    'Run more steps or more seeds.',
  ],
  'single-trajectory': (v) => [
    `One trajectory: the interval is estimated from parts of it, conservatively; ${v.number('needed')} seeds would give one over independent runs.`,
    moreSeeds,
  ],
  'few-seeds': (v) => [
    `${v.counted('seeds', 'seed')}: the interval is wide; it is made for ${v.number('needed')} and more.`,
    moreSeeds,
  ],
  'few-trajectories': (v) => [
    `Measured in ${v.number('trajectories')} of the ${v.number('needed')} processes that an interval needs.`,
    moreSeeds,
  ],
  'percentile-needs-samples': (v) => [
    `p${v.text('percentile')} has no interval: ${v.number('effective')} of the ${v.number('needed')} independent samples that it needs.`,
    'Run more steps or more seeds.',
  ],
  'memory-indicative': (v) => [
    `Indicative only: ${v.counted('steps', 'step')}; a trend of memory is judged from ${v.number('needed')} steps on.`,
    'Run with --steps 10000 or more.',
  ],
  'no-neighbor-list': () => ['This force field finds its own neighbors: there is no list to count.'],
  'frames-written': (v) => [`Frames written to ${v.text('file')}: ${v.number('frames')}.`],
  'velocities-from-structure': () => ['Velocities of the structure file were kept; none were drawn.'],
  'velocities-replaced': () => [
    'The velocities of the structure file were replaced by ones drawn at the asked temperature.',
    'One seed with --equilibrate 0 keeps them.',
  ],
  'physics-unasked': () => [
    'The physics of this force field was not examined: it is another program’s, whose calls may be slow. Ask for it: mdbench validate.',
  ],
  ...profileNotes,
  ...cudaNotes,
  ...externalNoteWords,
};

const cautions: Record<string, Sentence> = {
  ...modelCautions,
  slowdown: (v) => [
    `Steps became slower in the course of the run (${v.number('trajectories')} of ${v.counted('of', 'trajectory')}).`,
    'Look for throttling, other load on the machine, or memory that grows.',
  ],
  'no-steady-state': (v) => [
    `No steady state was found (${v.number('trajectories')} of ${v.counted('of', 'trajectory')}): the times still change at the end, so that all of them are used.`,
    'Run more steps, on a machine with nothing else to do.',
  ],
  'spread-exceeds-mean': (v) => [spreadText([v]), 'Look at the distribution before quoting a number.'],
  'uneven-times': (v) => [
    unevenText([v]),
    'Measure again on a machine with nothing else to do, or look at the distribution before quoting a number.',
  ],
  'no-samples': () => ['Not measured: no step was completed.'],
  'not-finite': () => ['Not measured: the samples gave no finite number.'],
  'too-few-steps': (v) => [
    `Not measured: ${v.counted('steps', 'step')}, of the ${v.number('needed')} that a trend needs.`,
    'Run more steps.',
  ],
  'too-few-checkpoints': (v) => [
    `Not measured: ${v.counted('checkpoints', 'memory checkpoint')}, too few for a trend.`,
    'Run more steps.',
  ],
  'incomplete-run': () => ['The run broke off: a drift of the part before says nothing about conservation.'],
  'energy-constant': () => ['The energy did not change at all in any step: nothing was tested.'],
  'trajectories-left-out': (v) => [
    `${v.number('left')} of ${v.counted('of', 'trajectory')} left out: broken off too early.`,
  ],
  'memory-leak': (v) => [
    `Memory grew by ${v.size('growth', 'B')} over the last half of ${v.counted('steps', 'step')}.`,
    'Compare the resident set with the JavaScript heap below: growth of the first alone is native memory.',
  ],
  'temperature-off-target': (v) => [
    `The mean temperature is ${v.number('measured')} K, ${v.number('asked')} K were asked for.`,
    'Equilibrate longer (--equilibrate), or start from positions near the minimum.',
  ],
  'force-not-finite': (v) => [
    `The force on atom ${v.number('atom')} of the starting positions is not finite.`,
    'Look for overlapping atoms, or elements that the force field does not know.',
  ],
  'force-large': (v) => [
    `The starting positions have a force of ${v.number('force')} eV/Å (atom ${v.number('atom')}; expected below ${v.number('limit')}).`,
    'Relax the structure first, or check its units.',
  ],
  'atoms-close': (v) => [
    `${v.text('first')} and ${v.text('second')} start only ${v.number('distance')} Å apart.`,
    'Check the structure and its units.',
  ],
  'density-implausible': (v) => [
    `The density is ${v.number('density')} g/cm³, outside ${v.number('low')} to ${v.number('high')}.`,
    'Check the cell and its units.',
  ],
  'cell-thinner-than-cutoff': (v) => [
    `The cell is ${v.number('spacing')} Å thin, less than the cutoff of ${v.number('cutoff')} Å: atoms feel their own images.`,
    'Take a larger system for physics; for speed this is a regular case.',
  ],
  'physics-not-examined': (v) => [`The physics of the force field was not examined: ${v.sentence('reason')}`],
  'frames-not-written': (v) => [`No frames were written to ${v.text('file')}: ${v.sentence('reason')}`],
  'recording-missing': (v) => [
    `The raw samples of ${v.text('case')} are missing, so that its charts of latency, energy and temperature are not drawn; its numbers are whole: ${v.sentence('reason')}`,
  ],
  'frames-incomplete': (v) => [
    `Only ${v.counted('frames', 'frame')} went to ${v.text('file')}: the run was stopped while they were written.`,
  ],
  ...campaignCautions,
  ...externalCautions,
  ...operatorCautions,
  ...profileCautions,
  ...cudaCautions,
};

/** The codes that have a sentence. */
export const warningCodes: readonly string[] = [...Object.keys(notes), ...Object.keys(cautions)];

export function describeWarning(warning: Warning): WarningWords {
  const level = Object.hasOwn(notes, warning.code) ? 'note' : 'caution';
  const table = level === 'note' ? notes : cautions;
  if (!Object.hasOwn(table, warning.code)) return { text: unknown(warning), advice: null, level };
  const [text, advice] = table[warning.code](reader(warning.values));
  return { text, advice: advice ?? null, level };
}

/** Codes of which one sentence tells all regions, instead of the same one for each. */
const joined: Readonly<Record<string, (regions: readonly Values[]) => string>> = {
  'spread-exceeds-mean': spreadText,
  'uneven-times': unevenText,
};
export const joinedCodes: readonly string[] = Object.keys(joined);

/** @param warnings at least one, all of one of the `joinedCodes` */
export function describeJoined(warnings: readonly Warning[]): WarningWords {
  const [first] = warnings;
  const text = joined[first!.code]!(warnings.map(({ values }) => reader(values)));
  return { ...describeWarning(first!), text };
}

function spreadText(regions: readonly Values[]): string {
  const measured = regions.map(
    (v) => `${regionOf(v)}${v.size('standardDeviation', 'ms')} about ${v.size('mean', 'ms')}`,
  );
  return `The times scatter by more than their mean (${measured.join('; ')}): often a cache, or two kinds of call.`;
}

function unevenText(regions: readonly Values[]): string {
  const measured = regions.map(
    (v) => `${regionOf(v)}${v.size('share', '%')}, p50 ${v.size('p50', 'ms')}, p90 ${v.size('p90', 'ms')}`,
  );
  return `The times are uneven: 5\u202f% or more of them are beyond 1.5 times the median (${measured.join('; ')}).`;
}

function regionOf(values: Values): string {
  return values.has('region') ? `${values.text('region')}: ` : '';
}

/** After the last of several alike that is told. */
export function describeAlike(more: number): string {
  return `The same is true of ${more === 1 ? 'one more' : `${count(more)} more`}.`;
}

/** Notes in one line: how many, and what would answer most of them. */
export function describeNotes(notes: readonly WarningWords[]): string {
  const advice = [...new Set(notes.flatMap((note) => note.advice ?? []))];
  const what = notes.length === 1 ? 'One note' : counted(notes.length, 'note');
  return [`${what} on how these numbers were made: see the report.`, ...advice].join(' ');
}

function unknown({ code, values }: Warning): string {
  const details = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return details.length === 0 ? `Warning ${code}.` : `Warning ${code}: ${details.join(', ')}.`;
}
