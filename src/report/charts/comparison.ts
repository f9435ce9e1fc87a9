// All cases of a report on one axis: steps per second with its interval.

import type { TopLevelSpec } from 'vega-lite';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import { withInterval } from '../words/measured.js';
import { type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink, logAxis } from './style.js';

const words = chartWords.comparison;

export const comparison = {
  id: 'comparison',
  title: words.title,
  widths: ['width'],
  margin: 44,
  readout: null,
  spec: specOf,
} as const;

/** Null for fewer than two cases with a speed. */
export function comparisonContent(views: readonly CaseView[]): ChartContent | null {
  const rows = views.flatMap(({ name, result }) => {
    const metric = result.metrics['steps-per-second'];
    return metric && metric.value !== null && metric.value > 0 ? [{ name, metric, value: metric.value }] : [];
  });
  if (rows.length < 2) return null;
  return {
    variant: 'log',
    tables: {
      speeds: {
        name: rows.map((row) => row.name),
        value: rows.map((row) => rounded(row.value)),
        low: rows.map((row) => rounded(row.metric.low ?? row.value)),
        high: rows.map((row) => rounded(row.metric.high ?? row.value)),
      },
    },
    legend: [],
    summary: rows.map((row) => `${row.name}: ${withInterval(row.metric)}`).join('; '),
    caption: words.caption,
  };
}

function specOf(): TopLevelSpec {
  const y = {
    field: 'name',
    type: 'nominal' as const,
    title: null,
    sort: null,
    axis: {
      minExtent: 0,
      labelColor: ink.text,
      labelAlign: 'left' as const,
      labelBaseline: 'bottom' as const,
      labelPadding: 0,
      labelOffset: -6,
      labelLimit: 320,
      grid: true,
    },
  };
  return {
    width: plotWidth + 20,
    height: { step: 42 },
    data: { name: 'speeds' },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, color: ink.step },
        encoding: {
          x: {
            field: 'low',
            type: 'quantitative',
            title: words.x,
            scale: { type: 'log', nice: true },
            axis: logAxis,
          },
          x2: { field: 'high' },
          y,
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, color: ink.step },
        encoding: { x: { field: 'value', type: 'quantitative' }, y },
      },
    ],
  };
}
