// A measured series against ps under its mean and what was asked for: the drawing that temperature, pressure and volume share.

import type { TopLevelSpec } from 'vega-lite';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import { type Chart, type ChartContent, type Detail, plotWidth } from './chart.js';
import { extremeColumns, rounded, roundedTo, spreadOf, thinned } from './series.js';
import { extremesMark, ink } from './style.js';
import { picoseconds, timeEncoding } from './time-axis.js';

const { asked: askedLabel, mean: meanLabel } = chartWords.temperature;

/** What one of these charts draws of a case. */
export interface LevelSeries {
  readonly values: Float64Array;
  /** Null: nothing was asked for. */
  readonly asked: number | null;
  /** Null: not measured. */
  readonly mean: number | null;
  readonly caption: string;
}

/** @param read null where the case has no such series */
export function levelChart(
  id: string,
  words: { readonly title: string; readonly y: string },
  read: (view: CaseView) => LevelSeries | null,
): Chart {
  return {
    id,
    title: words.title,
    widths: ['width'],
    margin: 70,
    readout: { table: 'series', x: 'ps', xLabel: 'ps', y: 'value', unit: words.y, scale: 'x' },
    spec: () => specOf(words.y),
    content: (view, detail) => contentOf(view, detail, words.y, read(view)),
  };
}

function contentOf(
  view: CaseView,
  detail: Detail,
  unit: string,
  series: LevelSeries | null,
): ChartContent | null {
  if (!series?.values.some(Number.isFinite)) return null;
  const { values, asked, mean, caption } = series;
  const spread = spreadOf(values);
  const shown = (value: number) => roundedTo(value, spread);
  const places = thinned(values, detail.bins);
  const levels = [
    { value: asked, label: askedLabel, color: ink.muted, mark: 'dashed' as const },
    { value: mean, label: meanLabel, color: ink.call },
  ].filter((level) => level.value !== null);
  return {
    variant: 'linear',
    tables: {
      series: {
        ps: places.map(({ index }) => picoseconds(view, index)),
        value: places.map(({ middle }) => shown(middle)),
        ...extremeColumns(places, values.length, shown),
      },
      levels: { value: levels.map(({ value }) => shown(value!)), series: levels.map(({ label }) => label) },
    },
    legend: levels.map(({ value: _, ...entry }) => entry),
    summary: levels.map(({ label, value }) => `${label} ${rounded(value!)} ${unit}`).join(', '),
    caption,
  };
}

function specOf(title: string): TopLevelSpec {
  const scale = { domain: [askedLabel, meanLabel] };
  return {
    width: plotWidth,
    height: 160,
    layer: [
      {
        data: { name: 'series' },
        mark: extremesMark(ink.step),
        encoding: {
          x: timeEncoding,
          y: { field: 'high', type: 'quantitative', title, scale: { zero: false } },
          y2: { field: 'low' },
        },
      },
      {
        data: { name: 'series' },
        mark: { type: 'line', strokeWidth: 1, color: ink.step, opacity: 0.85 },
        encoding: {
          x: timeEncoding,
          y: { field: 'value', type: 'quantitative', title, scale: { zero: false } },
        },
      },
      {
        data: { name: 'levels' },
        mark: { type: 'rule', strokeWidth: 1.75 },
        encoding: {
          y: { field: 'value', type: 'quantitative' },
          color: { field: 'series', type: 'nominal', scale: { ...scale, range: [ink.muted, ink.call] } },
          strokeDash: {
            field: 'series',
            type: 'nominal',
            legend: null,
            scale: {
              ...scale,
              range: [
                [5, 4],
                [1, 0],
              ],
            },
          },
        },
      },
    ],
  };
}
