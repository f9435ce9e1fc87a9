// Operators of a model file by type: a bar each, % of a force call, with its time beside it.

import type { TopLevelSpec } from 'vega-lite';
import type { OperatorProfile } from '../../result/profile.js';
import { fixed, quantity } from '../format.js';
import { chartWords } from '../words/charts.js';
import { type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink } from './style.js';

const words = chartWords.operators;
const mostBars = 10;

export const operators = {
  id: 'operators',
  title: words.title,
  widths: ['width'],
  margin: 170,
  readout: null,
  spec: specOf,
} as const;

/** Null for fewer than two types: their table says all. */
export function operatorsContent({ types, hostLaunch, calls }: OperatorProfile): ChartContent | null {
  if (types.length < 2) return null;
  const cut = types.length > mostBars + 1 ? mostBars : types.length;
  const others = types.slice(cut);
  const sum = (key: 'share' | 'time') => others.reduce((total, one) => total + one[key], 0);
  const rows = [
    ...types.slice(0, cut).map(({ operator, share, time }) => ({ name: operator, share, time })),
    ...(others.length > 0
      ? [{ name: words.others(others.length), share: sum('share'), time: sum('time') }]
      : []),
  ].map((row, k) => ({ ...row, order: k }));
  const label = (share: number, time: number) => `${fixed(share, 1)}\u202f% · ${quantity(time, 'ms')}`;
  return {
    variant: 'linear',
    tables: {
      types: {
        order: rows.map(({ order }) => order),
        name: rows.map(({ name }) => name),
        share: rows.map(({ share }) => rounded(share)),
        label: rows.map(({ share, time }) => label(share, time)),
      },
    },
    legend: [],
    summary: rows.map(({ name, share, time }) => `${name} ${label(share, time)}`).join(', '),
    caption: words.caption(hostLaunch, calls),
  };
}

function specOf(): TopLevelSpec {
  const y = {
    field: 'name',
    type: 'nominal' as const,
    title: null,
    sort: { field: 'order', op: 'min' as const },
    axis: { minExtent: 146, maxExtent: 146, labelColor: ink.text, labelLimit: 140, grid: false },
  };
  const x = {
    field: 'share',
    type: 'quantitative' as const,
    title: words.x,
    scale: { domainMin: 0, nice: true },
    axis: { tickCount: 6, grid: true },
  };
  return {
    width: plotWidth - 100,
    height: { step: 26 },
    data: { name: 'types' },
    layer: [
      { mark: { type: 'bar', color: ink.call, height: { band: 0.7 } }, encoding: { x, y } },
      ...[
        { test: 'datum.share > 50', mark: { align: 'right' as const, dx: -6, color: ink.surface } },
        { test: 'datum.share <= 50', mark: { align: 'left' as const, dx: 6, color: ink.text } },
      ].map(({ test, mark }) => ({
        transform: [{ filter: test }],
        mark: { type: 'text' as const, fontSize: 11.5, baseline: 'middle' as const, ...mark },
        encoding: { x, y, text: { field: 'label' } },
      })),
    ],
  };
}
