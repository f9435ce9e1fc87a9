// The control workload over the time of a campaign, ms against s.

import type { TopLevelSpec } from 'vega-lite';
import type { PairedCampaign } from '../../result/campaign.js';
import { compareChartWords } from '../words/compare-charts.js';
import { type ChartContent, type Detail, plotWidth } from './chart.js';
import { extremeIndices, rounded } from './series.js';
import { grouped, ink } from './style.js';

const words = compareChartWords.control;

export const control = {
  id: 'control',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: { table: 'control', x: 'at', xLabel: 's', y: 'ms', unit: 'ms', scale: 'x' },
  spec: specOf,
} as const;

export function controlContent({ pairs }: PairedCampaign, detail: Detail): ChartContent | null {
  const at = pairs.flatMap(({ control: { at: times } }) => times);
  const elapsed = Float64Array.from(pairs.flatMap((pair) => pair.control.elapsed));
  if (at.length === 0 || at.length !== elapsed.length) return null;
  const kept = extremeIndices(elapsed, Math.max(40, Math.floor(detail.bins / 2)));
  return {
    variant: 'linear',
    tables: {
      control: { at: kept.map((k) => rounded(at[k]! / 1000)), ms: kept.map((k) => rounded(elapsed[k]!)) },
    },
    legend: [],
    summary: words.caption,
    caption: words.caption,
  };
}

function specOf(): TopLevelSpec {
  return {
    width: plotWidth,
    height: 120,
    data: { name: 'control' },
    mark: { type: 'line', color: ink.step, strokeWidth: 1, point: { size: 14, filled: true } },
    encoding: {
      x: {
        field: 'at',
        type: 'quantitative',
        title: words.x,
        scale: { nice: false, zero: false },
        axis: { tickCount: 8, ...grouped },
      },
      y: { field: 'ms', type: 'quantitative', title: words.y, scale: { zero: false } },
    },
  };
}
