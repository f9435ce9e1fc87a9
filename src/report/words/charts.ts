// Titles, axis titles and captions of the charts.

import { count, counted, significantDigits } from '../format.js';
import { sentenceCase } from './measured.js';

export const chartWords = {
  'latency-over-steps': {
    title: 'Latency over steps',
    y: 'ms',
    x: 'measured step',
    hint: 'Drag over the strip to zoom in; double-click it to see everything.',
    median: 'median of the steady state',
    warmUp: 'before the steady state',
    rebuild: 'list rebuilt',
    caption: (o: { shown: string; log: boolean }) => `${o.shown}${o.log ? ' The scale is logarithmic.' : ''}`,
  },
  'latency-distribution': {
    title: 'Latency distribution',
    x: 'ms',
    caption: (o: { steps: number; log: boolean }) =>
      `Share of ${counted(o.steps, 'step')} of the steady state; the lines are percentiles of the samples.${o.log ? ' The scale is logarithmic.' : ''}`,
  },
  energy: {
    title: 'Conserved quantity',
    x: 'ps',
    y: 'meV/atom from the start',
    line: (alone: boolean) => (alone ? 'potential + kinetic' : 'energy less what the baths gave'),
    drift: 'drift',
    band: 'its interval',
    caption: (several: boolean) =>
      `${several ? 'One line a trajectory; the drift is the mean of their slopes. ' : ''}The band spans the slopes of the drift’s interval.`,
  },
  'energy-parts': { title: 'Kinetic and potential energy', x: 'ps', y: 'meV/atom from their means' },
  temperature: {
    title: 'Temperature',
    x: 'ps',
    y: 'K',
    asked: 'asked',
    mean: 'measured mean',
    caption: (asked: number, measured: number | null, trajectories: number) => {
      const mean = measured === null ? 'not measured' : `${significantDigits(measured, 4)} K`;
      return `Asked ${significantDigits(asked, 4)} K, measured mean ${mean}.${firstOf(trajectories)}`;
    },
  },
  pressure: {
    title: 'Pressure',
    y: 'GPa',
    caption: (asked: number | null, measured: number | null, trajectories: number) => {
      const target = asked === null ? '' : `Asked ${significantDigits(asked, 4)} GPa, `;
      const mean = measured === null ? 'not measured' : `${significantDigits(measured, 4)} GPa`;
      return `${sentenceCase(`${target}measured mean ${mean}.`)} Instantaneous values, from velocities and virial.${firstOf(trajectories)}`;
    },
  },
  volume: {
    title: 'Volume',
    y: 'Å³',
    caption: (measured: number | null, trajectories: number) =>
      `Measured mean ${measured === null ? 'not known' : `${significantDigits(measured, 5)} Å³`}.${firstOf(trajectories)}`,
  },
  memory: {
    title: 'Memory since the first checkpoint',
    x: 'measured step',
    y: 'MiB',
    caption: (checkpoints: number, seed: number, trajectories: number) =>
      `${counted(checkpoints, 'checkpoint')}, each after a forced collection${trajectories > 1 ? `; seed ${seed}, the first of ${trajectories} trajectories` : ''}.`,
  },
  'cold-start': {
    title: 'Cold start',
    x: 'ms, logarithmic',
    session: 'session create',
    first: 'first call',
    early: 'calls 2 to 10',
    steady: 'steady force call, p50',
    caption: (trajectories: number) =>
      trajectories > 1
        ? `What is paid once: one dot a process and call, ${trajectories} processes.`
        : 'What is paid once, beside what every step pays.',
  },
  comparison: {
    title: 'Speed of the cases',
    x: 'steps per second, logarithmic',
    caption: 'Whole steps; the bars are the intervals.',
  },
  operators: {
    title: 'Time by operator type',
    x: '% of a force call',
    others: (n: number) => `${n} other types`,
    caption: (hostLaunch: boolean, calls: number) =>
      `${hostLaunch ? 'Host launch times' : 'Means'} of ${counted(calls, 'force call')} in ONNX Runtime’s own profile.`,
  },
  spikes: {
    title: 'Spikes over the steps',
    x: 'step of the profiling pass',
    y: 'ms',
    median: 'median step',
    threshold: 'limit',
    caption: (shown: number, all: number, log: boolean) =>
      `${shown < all ? `The ${count(shown)} largest of ${counted(all, 'spike')}` : counted(all, 'spike')}, by first cause; steps below the limit are not drawn.${log ? ' The scale is logarithmic.' : ''}`,
  },
  series: {
    step: 'whole step',
    call: 'force call',
    list: 'neighbor list',
    kinetic: 'kinetic',
    potential: 'potential',
  },
} as const;

function firstOf(trajectories: number): string {
  return trajectories > 1 ? ` The line is the first of ${trajectories} trajectories.` : '';
}

/** In the place of charts whose samples are not there. */
export function describeMissing(titles: readonly string[], reason: string): string {
  const names = titles.map((title) => `“${title}”`).join(' and ');
  return `${names} cannot be drawn: the raw samples of this case are missing (${reason.replace(/\.$/, '')}). The numbers were computed from them before and stand.`;
}

/** `All 1000 steps of seed 1.`, or how a longer series was thinned. */
export function shownSteps(steps: number, bins: number, seed: number, seeds: number): string {
  const of = seeds > 1 ? `seed ${seed}, the first of ${seeds}` : `seed ${seed}`;
  if (bins >= steps) return steps === 1 ? `The only step of ${of}.` : `All ${count(steps)} steps of ${of}.`;
  return `${count(steps)} steps of ${of}, in ${count(bins)} bins: the band keeps the smallest and the largest value of each, the line is its median.`;
}
