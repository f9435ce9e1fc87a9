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
  driftBand: 'var(--drift-band)',
  tolerated: 'var(--tolerated)',
  surface: 'var(--surface)',
} as const;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const plainTick =
  'indexof([1, 2, 5], round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-6)))) >= 0';
const tickColor = { condition: { test: plainTick, value: ink.grid as string }, value: 'transparent' };

/** A logarithmic axis with lines and labels at 1, 2 and 5 times a power of ten. */
export const logAxis = {
  labelExpr: `${plainTick} ? replace(format(datum.value, ',~r'), regexp(',', 'g'), '\u202f') : ''`,
  gridColor: tickColor,
  tickColor,
  labelOverlap: 'greedy',
} as const;

/** Thinned series: the band of the extremes with the largest drawn as a line, so that a spike of one step is seen. */
export function extremesMark(color?: string, opacity = 0.28) {
  const fill = color === undefined ? {} : { color };
  const line = { strokeWidth: 0.6, opacity: Math.min(0.9, 3.2 * opacity), ...fill };
  return { type: 'area' as const, opacity, line, clip: true, ...fill };
}

/** Labels with the thin groups of the rest of the page. */
export const grouped = { labelExpr: "replace(datum.label, regexp(',', 'g'), '\u202f')" } as const;

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
