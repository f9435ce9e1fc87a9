// One look for all charts. Colors are CSS variables, so that a page turns light or dark without drawing again.

import type { Config } from 'vega-lite';

/** After Okabe and Ito: told apart by color-blind readers, in light and dark. */
export const ink = {
  step: 'var(--series-1)',
  call: 'var(--series-2)',
  list: 'var(--series-3)',
  fourth: 'var(--series-4)',
  fifth: 'var(--series-5)',
  text: 'var(--text)',
  muted: 'var(--muted)',
  grid: 'var(--grid)',
  rule: 'var(--rule)',
  band: 'var(--band)',
  surface: 'var(--surface)',
} as const;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export const chartConfig: Config = {
  aria: false,
  background: 'transparent',
  font,
  padding: { left: 4, right: 14, top: 6, bottom: 4 },
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    grid: true,
    gridColor: ink.grid,
    labelColor: ink.muted,
    labelFontSize: 12,
    labelPadding: 6,
    titleColor: ink.muted,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  axisX: {
    grid: false,
    ticks: true,
    tickColor: ink.grid,
    tickSize: 4,
    domain: true,
    domainColor: ink.rule,
    titlePadding: 6,
    labelFlush: true,
  },
  axisY: {
    minExtent: 46,
    maxExtent: 46,
    titleAngle: 0,
    titleAlign: 'left',
    titleBaseline: 'bottom',
    titleX: -46,
    titleY: -10,
    tickCount: 5,
  },
  legend: { disable: true },
  line: { strokeWidth: 1.25, strokeJoin: 'round' },
  text: { color: ink.muted, fontSize: 12 },
  rule: { color: ink.rule },
};
