// Curves of both arms over each other, with the band between the two halves of the baseline's run as their noise.

import type { TopLevelSpec } from 'vega-lite';
import type { Curve } from '../../result/examination.js';
import { compareChartWords } from '../words/compare-charts.js';
import { armColor, armInk, type Roles } from './arm-ink.js';
import { type ChartContent, type Detail, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { grouped, ink } from './style.js';

const words = compareChartWords.curves;

export type CurveName = 'radial-distribution' | 'velocity-autocorrelation' | 'spectrum';

/** @param pair of elements, where the quantity has one curve for each */
export function curveOverlay(id: CurveName, roles: Roles, pair: string | null = null) {
  const { title, x, y } = compareChartWords[id];
  return {
    id,
    title: pair === null ? title : `${title}, ${pair}`,
    widths: ['width'],
    margin: 70,
    readout: {
      table: 'curves',
      x: 'x',
      xLabel: x,
      y: 'value',
      unit: '',
      series: 'label',
      scale: 'x',
    },
    spec: () => specOf(x, y, roles.map(words.arm)),
  };
}

export function curveOverlayContent(
  curves: { readonly baseline: Curve | null; readonly candidate: Curve | null },
  roles: Roles,
  detail: Detail,
): ChartContent | null {
  const there = (['baseline', 'candidate'] as const).flatMap((arm, k) => {
    const curve = curves[arm];
    return curve && curve.whole.length > 1 ? [{ arm, curve, label: words.arm(roles[k]!) }] : [];
  });
  if (there.length === 0) return null;
  const rows = there.flatMap(({ curve, label }) =>
    places(curve, detail).map((k) => ({
      x: abscissa(curve, k),
      value: rounded(curve.whole[k]!),
      label,
    })),
  );
  const noisy = curves.baseline;
  const [first, second] = noisy?.halves ?? [[], []];
  const band = noisy ? places(noisy, detail).filter((k) => k < first.length && k < second.length) : [];
  return {
    variant: roles.join('-'),
    tables: {
      curves: {
        x: rows.map((row) => row.x),
        value: rows.map((row) => row.value),
        label: rows.map((row) => row.label),
      },
      band: {
        x: band.map((k) => abscissa(noisy!, k)),
        low: band.map((k) => rounded(Math.min(first[k]!, second[k]!))),
        high: band.map((k) => rounded(Math.max(first[k]!, second[k]!))),
      },
    },
    legend: [
      ...there.map(({ arm, label }) => ({ label, color: armInk[arm] })),
      ...(band.length > 0 ? [{ label: words.band(roles[0]), color: ink.band, mark: 'area' as const }] : []),
    ],
    summary: there.map(({ label }) => label).join(', '),
    caption: band.length > 0 ? words.caption(roles[0]) : '',
  };
}

/** As many points as bins, and none beyond the last that is a hundredth of the largest. */
function places({ whole }: Curve, { bins }: Detail): number[] {
  const top = Math.max(...whole.filter(Number.isFinite).map(Math.abs));
  const end = whole.findLastIndex((value) => Math.abs(value) > top / 100);
  const begin = Math.abs(whole[0]!) > 0 ? 0 : whole.findIndex((value) => Math.abs(value) > top / 1000);
  const every = Math.max(1, Math.ceil((end + 1 - begin) / Math.max(240, bins)));
  return [...whole.keys()].filter(
    (k) => k >= begin - 3 && k <= Math.min(whole.length - 1, end + 2) && (k - begin) % every === 0,
  );
}

function abscissa({ start, width }: Curve, k: number): number | null {
  return rounded(start + width * k);
}

function specOf(xTitle: string, yTitle: string, labels: readonly string[]): TopLevelSpec {
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    title: xTitle,
    scale: { nice: false, zero: false },
    axis: { tickCount: 8, ...grouped },
  };
  return {
    width: plotWidth,
    height: 180,
    layer: [
      {
        data: { name: 'band' },
        mark: { type: 'area', color: ink.band },
        encoding: { x, y: { field: 'low', type: 'quantitative', title: yTitle }, y2: { field: 'high' } },
      },
      {
        data: { name: 'curves' },
        mark: { type: 'line', strokeWidth: 1.25 },
        encoding: {
          x,
          y: { field: 'value', type: 'quantitative', title: yTitle },
          color: armColor('label', labels),
        },
      },
    ],
  };
}
