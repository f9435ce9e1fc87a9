// Every step's time in order: whole step, force call and list, with the steady state and the list rebuilds marked.

import type { TopLevelSpec } from 'vega-lite';
import type { ColumnName } from '../../result/column-names.js';
import type { Samples } from '../../result/samples.js';
import { quantile } from '../../stats/index.js';
import { quantity } from '../format.js';
import { chartWords, shownSteps } from '../words/charts.js';
import { type Chart, type ChartContent, plotWidth, type Table } from './chart.js';
import { extremeColumns, rounded, stacked, thinned } from './series.js';
import { steadyStart } from './steady.js';
import { extremesMark, grouped, ink, logAxis } from './style.js';

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
  hint: words.hint,
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
      marks: { from: start > 0 ? [0] : [], to: start > 0 ? [start] : [] },
      rebuilds: { step: rebuilds },
      median: { value: [rounded(median)] },
    },
    legend: [
      ...seriesColors.filter(({ label }) => steps.series!.includes(label)),
      { label: words.median, color: ink.text, mark: 'dashed' },
      ...(start > 0 ? [{ label: words.warmUp, color: ink.band, mark: 'area' as const }] : []),
      ...(rebuilds.length > 0 ? [{ label: words.rebuild, color: ink.list, mark: 'dotted' as const }] : []),
    ],
    summary: `Time of each of ${n} steps; median ${quantity(median, 'ms')}.`,
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

/** In the order of drawing: the force call, nearly as long as the step, lies on it. */
function seriesTable(samples: Samples, bins: number, log: boolean): Table {
  const drawn: [ColumnName, string][] = [
    ['stepTime', names.step],
    ['forceCallTime', names.call],
    ['listTime', names.list],
  ];
  const parts = drawn
    .filter(([column]) => samples.columns[column].some((value) => value > 0))
    .map(([column, label]) => pick(samples, column, label, bins, log));
  return stacked(parts);
}

function pick(samples: Samples, column: ColumnName, label: string, bins: number, log = false): Table {
  const values = samples.columns[column];
  const all = thinned(values, bins);
  const places = all.filter(({ low }) => !log || low > 0);
  const total = places.length < all.length && all.length === values.length ? places.length : values.length;
  return {
    step: places.map(({ index }) => index + 1),
    ms: places.map(({ middle }) => rounded(middle)),
    ...extremeColumns(places, total, rounded),
    series: places.map(() => label),
  };
}

function specOf(variant: string): TopLevelSpec {
  const scale = variant === 'log' ? { type: 'log' as const, nice: false } : { zero: true, nice: true };
  const stripScale = variant === 'log' ? scale : { zero: false, nice: false };
  const x = { field: 'step', type: 'quantitative' as const };
  const stripX = { ...x, title: null, scale: { nice: false, domainMin: 0 }, axis: null };
  const zoomed = { domain: { param: 'zoom', encoding: 'x' as const }, nice: false, domainMin: 0 };
  const yAxis = variant === 'log' ? logAxis : { tickCount: 5 };
  const below = `datum.series === '${names.step}'`;
  const series = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: seriesColors.map(({ label }) => label), range: seriesColors.map(({ color }) => color) },
  };
  return {
    data: { name: 'steps' },
    spacing: 8,
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
            mark: extremesMark(),
            encoding: {
              x: { ...x, title: words.x, scale: zoomed, axis: { tickCount: 8, ...grouped } },
              y: { field: 'high', type: 'quantitative', title: words.y, scale, axis: yAxis },
              y2: { field: 'low' },
              color: series,
            },
          },
          {
            mark: { type: 'line', clip: true },
            encoding: {
              x: { ...x, title: words.x, scale: zoomed, axis: { tickCount: 8, ...grouped } },
              y: { field: 'ms', type: 'quantitative', title: words.y, scale, axis: yAxis },
              color: series,
              size: { condition: { test: below, value: 3.5 }, value: 1 },
              opacity: { condition: { test: below, value: 0.5 }, value: 1 },
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
        view: { fill: ink.grid, fillOpacity: 0.45 },
        data: { name: 'strip' },
        layer: [
          {
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
              x: stripX,
              y: { field: 'ms', type: 'quantitative', title: null, axis: null, scale: stripScale },
            },
          },
          {
            mark: extremesMark(ink.step),
            encoding: { x: stripX, y: { field: 'high', type: 'quantitative' }, y2: { field: 'low' } },
          },
        ],
      },
    ],
  };
}
