// The temperature against ps, with the one that was asked for and the mean that was measured.

import type { TopLevelSpec } from 'vega-lite';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import { type Chart, type ChartContent, type Detail, plotWidth } from './chart.js';
import { extremeColumns, rounded, thinned } from './series.js';
import { extremesMark, ink } from './style.js';
import { picoseconds, timeEncoding } from './time-axis.js';

const words = chartWords.temperature;

export const temperature: Chart = {
  id: 'temperature',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: { table: 'temperature', x: 'ps', xLabel: 'ps', y: 'kelvin', unit: 'K', scale: 'x' },
  spec: specOf,
  content: contentOf,
};

function contentOf(view: CaseView, detail: Detail): ChartContent | null {
  const samples = view.samples[0];
  if (!samples) return null;
  const values = samples.columns.temperature;
  const places = thinned(values, detail.bins);
  const asked = view.result.dynamics.temperature;
  const measured = view.result.metrics['temperature-mean']?.value ?? null;
  const lines = [
    { value: asked, label: words.asked },
    ...(measured === null ? [] : [{ value: measured, label: words.mean }]),
  ];
  return {
    variant: 'linear',
    tables: {
      temperature: {
        ps: places.map(({ index }) => picoseconds(view, index)),
        kelvin: places.map(({ middle }) => rounded(middle)),
        ...extremeColumns(places, values.length, rounded),
      },
      levels: { value: lines.map((line) => rounded(line.value)), series: lines.map((line) => line.label) },
    },
    legend: [
      { label: words.asked, color: ink.muted, mark: 'dashed' },
      ...(measured === null ? [] : [{ label: words.mean, color: ink.call }]),
    ],
    summary: lines.map((line) => `${line.label} ${rounded(line.value)} K`).join(', '),
    caption: words.caption(asked, measured, view.samples.length),
  };
}

function specOf(): TopLevelSpec {
  return {
    width: plotWidth,
    height: 160,
    layer: [
      {
        data: { name: 'temperature' },
        mark: extremesMark(ink.step),
        encoding: {
          x: timeEncoding,
          y: { field: 'high', type: 'quantitative', title: words.y, scale: { zero: false } },
          y2: { field: 'low' },
        },
      },
      {
        data: { name: 'temperature' },
        mark: { type: 'line', strokeWidth: 1, color: ink.step, opacity: 0.85 },
        encoding: {
          x: timeEncoding,
          y: { field: 'kelvin', type: 'quantitative', title: words.y, scale: { zero: false } },
        },
      },
      {
        data: { name: 'levels' },
        mark: { type: 'rule', strokeWidth: 1.75 },
        encoding: {
          y: { field: 'value', type: 'quantitative' },
          color: {
            field: 'series',
            type: 'nominal',
            scale: { domain: [words.asked, words.mean], range: [ink.muted, ink.call] },
          },
          strokeDash: {
            field: 'series',
            type: 'nominal',
            legend: null,
            scale: {
              domain: [words.asked, words.mean],
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
