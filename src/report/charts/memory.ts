// Memory of the worker at its checkpoints, as the change since the first one, MiB, against the measured step.

import type { TopLevelSpec } from 'vega-lite';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import { memoryNames } from '../words/headings.js';
import { type Chart, type ChartContent, type Detail, plotWidth } from './chart.js';
import { extremeIndices, rounded } from './series.js';
import { grouped, ink } from './style.js';

const words = chartWords.memory;
const names = memoryNames;
const kinds = ['rss', 'pss', 'heapUsed', 'external', 'arrayBuffers'] as const;
const colors = [ink.step, ink.fourth, ink.call, ink.list, ink.fifth];

export const memory: Chart = {
  id: 'memory',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: {
    table: 'memory',
    x: 'step',
    xLabel: 'step',
    y: 'mib',
    unit: 'MiB',
    series: 'series',
    scale: 'x',
  },
  spec: specOf,
  content: contentOf,
};

function contentOf(view: CaseView, detail: Detail): ChartContent | null {
  const trajectory = view.trajectories[0];
  if (!trajectory || trajectory.memory.step.length < 2) return null;
  const checkpoints = trajectory.memory;
  const bins = Math.max(20, Math.floor(detail.bins / 8));
  const rows = kinds.flatMap((kind) => {
    const sizes = Float64Array.from(checkpoints[kind]);
    return extremeIndices(sizes, bins).map((k) => ({
      step: checkpoints.step[k]!,
      mib: rounded((sizes[k]! - sizes[0]!) / 1024 ** 2),
      series: names[kind],
    }));
  });
  return {
    variant: 'linear',
    tables: {
      memory: {
        step: rows.map((row) => row.step),
        mib: rows.map((row) => row.mib),
        series: rows.map((row) => row.series),
      },
    },
    legend: kinds.flatMap((kind, k) =>
      checkpoints[kind].length > 0 ? [{ label: names[kind], color: colors[k]! }] : [],
    ),
    summary: words.title,
    caption: words.caption(checkpoints.step.length, trajectory.seed, view.trajectories.length),
  };
}

function specOf(): TopLevelSpec {
  const domain = kinds.map((kind) => names[kind]);
  return {
    width: plotWidth,
    height: 180,
    data: { name: 'memory' },
    mark: { type: 'line', strokeWidth: 1.5, point: { size: 22, filled: true } },
    encoding: {
      x: {
        field: 'step',
        type: 'quantitative',
        title: words.x,
        scale: { nice: false },
        axis: { tickCount: 8, ...grouped },
      },
      y: { field: 'mib', type: 'quantitative', title: words.y },
      color: {
        field: 'series',
        type: 'nominal',
        scale: { domain, range: colors },
      },
    },
  };
}
