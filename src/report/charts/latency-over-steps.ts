// Every step's time in order: whole step, force call and list, with the steady state and the list rebuilds marked.

import type { TopLevelSpec } from 'vega-lite';
import type { ColumnName } from '../../result/document.js';
import type { Samples } from '../../result/samples.js';
import { quantile } from '../../stats/index.js';
import { chartWords, shownSteps } from '../words/charts.js';
import { type Chart, type ChartContent, plotWidth, type Table } from './chart.js';
import { extremeIndices, rounded } from './series.js';
import { steadyStart } from './steady.js';
import { ink } from './style.js';

const words = chartWords['latency-over-steps'];
const names = chartWords.series;
const seriesColors = [
  { label: names.step, color: ink.step },
  { label: names.call, color: ink.call },
  { label: names.list, color: ink.list },
];

export const latencyOverSteps: Chart = {
  id: 'latency-over-steps',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: {
    table: 'steps',
    x: 'step',
    xLabel: 'step',
    y: 'ms',
    unit: 'ms',
    series: 'series',
    scale: 'concat_0_x',
  },
  spec: specOf,
  content(view, detail) {
    const samples = view.samples[0];
    if (!samples) return null;
    return contentOf(samples, detail.bins, view.samples.length);
  },
};

function contentOf(samples: Samples, bins: number, seeds: number): ChartContent {
  const { stepTime } = samples.columns;
  const n = stepTime.length;
  const start = steadyStart(samples);
  const median = quantile(stepTime.subarray(start), 0.5);
  const log = stepTime.reduce((a, b) => Math.max(a, b), 0) > 6 * median;
  const rebuilds = marked(samples.trajectory.neighbors?.rebuildSteps ?? []);
  const steps = seriesTable(samples, bins, log);
  return {
    variant: log ? 'log' : 'linear',
    tables: {
      steps,
      strip: pick(samples, 'stepTime', names.step, Math.min(bins, 200)),
      marks: { from: start > 0 ? [1] : [], to: start > 0 ? [start] : [] },
      rebuilds: { step: rebuilds },
      median: { value: [rounded(median)] },
    },
    legend: [
      ...seriesColors.filter(({ label }) => steps.series!.includes(label)),
      { label: words.median, color: ink.text, mark: 'dashed' },
      ...(start > 0 ? [{ label: words.warmUp, color: ink.band, mark: 'area' as const }] : []),
      ...(rebuilds.length > 0 ? [{ label: words.rebuild, color: ink.list, mark: 'dotted' as const }] : []),
    ],
    summary: `Time of each of ${n} steps; median ${rounded(median, 3)} ms.`,
    caption: words.caption({
      shown: shownSteps(n, n <= 2 * bins ? n : bins, samples.trajectory.seed, seeds),
      log,
    }),
  };
}

/** More marks than this would be a gray wall. */
function marked(rebuilds: readonly number[]): readonly number[] {
  return rebuilds.length > 200 ? [] : rebuilds;
}

function seriesTable(samples: Samples, bins: number, log: boolean): Table {
  const drawn: [ColumnName, string][] = [
    ['stepTime', names.step],
    ['forceCallTime', names.call],
    ['listTime', names.list],
  ];
  const parts = drawn
    .filter(([column]) => samples.columns[column].some((value) => value > 0))
    .map(([column, label]) => pick(samples, column, label, bins, log));
  const together = (key: string) => parts.flatMap((part) => [...(part[key] ?? [])]);
  return { step: together('step'), ms: together('ms'), series: together('series') };
}

function pick(samples: Samples, column: ColumnName, label: string, bins: number, log = false): Table {
  const values = samples.columns[column];
  const kept = extremeIndices(values, bins).filter((k) => !log || values[k] > 0);
  return {
    step: kept.map((k) => k + 1),
    ms: kept.map((k) => rounded(values[k])),
    series: kept.map(() => label),
  };
}

function specOf(variant: string): TopLevelSpec {
  const scale = variant === 'log' ? { type: 'log' as const, nice: false } : { zero: true, nice: true };
  const x = { field: 'step', type: 'quantitative' as const };
  const zoomed = { domain: { param: 'zoom', encoding: 'x' as const }, nice: false, zero: false };
  const series = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: seriesColors.map(({ label }) => label), range: seriesColors.map(({ color }) => color) },
  };
  return {
    data: { name: 'steps' },
    spacing: 12,
    vconcat: [
      {
        width: plotWidth,
        height: 250,
        layer: [
          {
            data: { name: 'marks' },
            mark: { type: 'rect', color: ink.band, clip: true },
            encoding: { x: { field: 'from', type: 'quantitative' }, x2: { field: 'to' } },
          },
          {
            data: { name: 'rebuilds' },
            mark: {
              type: 'rule',
              color: ink.list,
              strokeWidth: 1,
              strokeDash: [2, 3],
              opacity: 0.7,
              clip: true,
            },
            encoding: { x },
          },
          {
            mark: { type: 'line', clip: true, interpolate: 'linear' },
            encoding: {
              x: { ...x, title: null, scale: zoomed, axis: { tickCount: 8 } },
              y: { field: 'ms', type: 'quantitative', title: words.y, scale, axis: { tickCount: 5 } },
              color: series,
            },
          },
          {
            data: { name: 'median' },
            mark: { type: 'rule', color: ink.text, strokeWidth: 1, strokeDash: [5, 4], clip: true },
            encoding: { y: { field: 'value', type: 'quantitative' } },
          },
        ],
      },
      {
        width: plotWidth,
        height: 36,
        data: { name: 'strip' },
        params: [
          {
            name: 'zoom',
            select: {
              type: 'interval',
              encodings: ['x'],
              mark: { fill: ink.text, fillOpacity: 0.08, stroke: ink.muted },
            },
          },
        ],
        mark: { type: 'line', strokeWidth: 0.75, color: ink.step },
        encoding: {
          x: { ...x, title: words.x, scale: { nice: false, zero: false }, axis: { tickCount: 8 } },
          y: { field: 'ms', type: 'quantitative', title: null, axis: null, scale },
        },
      },
    ],
  };
}
