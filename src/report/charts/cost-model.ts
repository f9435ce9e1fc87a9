// Time of a step against the number of atoms: measured sizes, the line through them, and where two lines cross.

import type { TopLevelSpec } from 'vega-lite';
import type { ComparisonReport, CostModel } from '../../result/judgement.js';
import { compareChartWords } from '../words/compare-charts.js';
import { fieldInk } from './arm-ink.js';
import { type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink, logAxis } from './style.js';

const words = compareChartWords['cost-model'];
const lineSteps = 24;
/** How far beyond the sizes a crossing is still drawn. */
const reach = 10;

export const costModel = {
  id: 'cost-model',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: null,
  spec: specOf,
} as const;

/** Null without two sizes of any force field. */
export function costModelContent({ costModels, crossovers }: ComparisonReport): ChartContent | null {
  const models = costModels.filter(({ points }) => points.length > 1).slice(0, fieldInk.length);
  if (models.length === 0) return null;
  const sizes = models.flatMap(({ points }) => points.map(({ atoms }) => atoms));
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const crossings = crossovers.flatMap(({ atoms }) =>
    atoms !== null && atoms > smallest / reach && atoms < largest * reach ? [atoms] : [],
  );
  const from = Math.min(smallest, ...crossings) / 1.15;
  const to = Math.max(largest, ...crossings) * 1.15;
  const lines = models.flatMap((model, k) =>
    lineOf(model, from, to).map((at) => ({ ...at, field: `f${k}` })),
  );
  const points = models.flatMap((model, k) => model.points.map((at) => ({ ...at, field: `f${k}` })));
  return {
    variant: 'log',
    tables: {
      lines: columnsOf(lines),
      points: columnsOf(points),
      crossings: { atoms: crossings.map(rounded) },
    },
    legend: [
      ...models.map(({ label }, k) => ({ label, color: fieldInk[k]! })),
      ...(crossings.length > 0 ? [{ label: words.crossing, color: ink.text, mark: 'dashed' as const }] : []),
    ],
    summary: models.map(({ label }) => label).join(', '),
    caption: words.caption,
  };
}

function lineOf({ fixed, perAtom }: CostModel, from: number, to: number) {
  return Array.from({ length: lineSteps + 1 }, (_, k) => {
    const atoms = from * (to / from) ** (k / lineSteps);
    return { atoms, time: fixed.value + perAtom.value * atoms };
  }).filter(({ time }) => time > 0);
}

function columnsOf(rows: readonly { atoms: number; time: number; field: string }[]) {
  return {
    atoms: rows.map(({ atoms }) => rounded(atoms)),
    time: rows.map(({ time }) => rounded(time)),
    field: rows.map(({ field }) => field),
  };
}

function specOf(): TopLevelSpec {
  const x = {
    field: 'atoms',
    type: 'quantitative' as const,
    title: words.x,
    scale: { type: 'log' as const, nice: false },
    axis: { ...logAxis, grid: true },
  };
  const y = {
    field: 'time',
    type: 'quantitative' as const,
    title: words.y,
    scale: { type: 'log' as const, nice: false, padding: 10 },
    axis: logAxis,
  };
  const color = {
    field: 'field',
    type: 'nominal' as const,
    scale: { domain: fieldInk.map((_, k) => `f${k}`), range: [...fieldInk] },
  };
  return {
    width: plotWidth,
    height: 260,
    layer: [
      {
        data: { name: 'crossings' },
        mark: { type: 'rule', color: ink.text, strokeDash: [5, 4] },
        encoding: { x },
      },
      { data: { name: 'lines' }, mark: { type: 'line' }, encoding: { x, y, color } },
      {
        data: { name: 'points' },
        mark: { type: 'point', filled: true, size: 60 },
        encoding: { x, y, color },
      },
    ],
  };
}
