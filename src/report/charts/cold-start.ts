// What is paid once: session, first call, calls 2 to 10, beside the steady force call. ms on a logarithmic scale.

import type { TopLevelSpec } from 'vega-lite';
import { quantity } from '../format.js';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import { type Chart, type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink, logAxis } from './style.js';

const words = chartWords['cold-start'];

export const coldStart: Chart = {
  id: 'cold-start',
  title: words.title,
  widths: ['width'],
  margin: 170,
  readout: null,
  spec: specOf,
  content: contentOf,
};

function contentOf(view: CaseView): ChartContent | null {
  const colds = view.trajectories.map(({ cold }) => cold);
  const median = view.result.metrics['force-call-p50']?.value ?? null;
  const rows = [
    ...colds.map((cold) => ({ ms: cold.sessionCreate, stage: words.session })),
    ...colds.map((cold) => ({ ms: cold.firstCall, stage: words.first })),
    ...colds.flatMap((cold) => cold.earlyCalls.map((ms) => ({ ms, stage: words.early }))),
    ...(median === null ? [] : [{ ms: median, stage: words.steady }]),
  ].filter((row) => row.ms > 0);
  if (rows.length === 0) return null;
  return {
    variant: 'log',
    tables: {
      cold: {
        ms: rows.map((row) => rounded(row.ms)),
        stage: rows.map((row) => row.stage),
        label: rows.map((row) => quantity(row.ms, 'ms')),
      },
    },
    legend: [],
    summary: rows.map((row) => `${row.stage} ${quantity(row.ms, 'ms')}`).join(', '),
    caption: words.caption(colds.length),
  };
}

function specOf(): TopLevelSpec {
  return {
    width: plotWidth - 100,
    height: { step: 28 },
    data: { name: 'cold' },
    mark: { type: 'point', filled: true, size: 70, opacity: 0.75, color: ink.step },
    encoding: {
      x: {
        field: 'ms',
        type: 'quantitative',
        title: words.x,
        scale: { type: 'log', nice: true },
        axis: { ...logAxis, grid: true },
      },
      y: {
        field: 'stage',
        type: 'nominal',
        title: null,
        sort: [words.session, words.first, words.early, words.steady],
        scale: { domain: [words.session, words.first, words.early, words.steady] },
        axis: { minExtent: 146, maxExtent: 146, labelColor: ink.text, labelLimit: 140, grid: false },
      },
    },
  };
}
