// Every candidate on one picture: whole-step speed-up against force error, the drift verdict as color and shape.

import type { TopLevelSpec } from 'vega-lite';
import { compareChartWords } from '../words/compare-charts.js';
import { type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink, logAxis } from './style.js';

const words = compareChartWords.pareto;

export type DriftState = keyof typeof words.states;

export interface ParetoPoint {
  readonly label: string;
  /** eV/Å */
  readonly error: number;
  readonly speed: number;
  readonly low: number;
  readonly high: number;
  readonly drift: DriftState;
}

export const pareto = {
  id: 'pareto',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: null,
  spec: specOf,
} as const;

const states: readonly DriftState[] = ['pass', 'warn', 'inconclusive', 'fail', 'none'];
const colors = states.map((state) => `var(--${state})`);
const shapes = ['circle', 'square', 'diamond', 'cross', 'triangle-up'];

/** Null without a candidate. @param points the baseline first: no error, once as fast */
export function paretoContent(points: readonly ParetoPoint[]): ChartContent | null {
  if (points.length < 2) return null;
  const widest = Math.max(...points.map(({ error }) => error));
  return {
    variant: 'log',
    tables: {
      points: {
        label: points.map(({ label }) => label),
        error: points.map(({ error }) => rounded(error)),
        speed: points.map(({ speed }) => rounded(speed)),
        low: points.map(({ low }) => rounded(low)),
        high: points.map(({ high }) => rounded(high)),
        drift: points.map(({ drift }) => drift),
        side: points.map(({ error }) => (error > 0.6 * widest && widest > 0 ? 'right' : 'left')),
      },
    },
    legend: states
      .filter((state) => points.some(({ drift }) => drift === state))
      .map((state) => ({ label: words.states[state], color: `var(--${state})`, mark: 'area' as const })),
    summary: points
      .map(({ label, speed, error }) => `${label}: ${rounded(speed)}×, ${rounded(error)} eV/Å`)
      .join('; '),
    caption: words.caption,
  };
}

function specOf(): TopLevelSpec {
  const x = {
    field: 'error',
    type: 'quantitative' as const,
    title: words.x,
    scale: { zero: true, nice: true },
    axis: { tickCount: 8, grid: true },
  };
  const scale = { type: 'log' as const, nice: false, padding: 22 };
  const y = { type: 'quantitative' as const, title: words.y, scale, axis: logAxis };
  const drift = { field: 'drift', type: 'nominal' as const };
  const color = { ...drift, scale: { domain: [...states], range: colors } };
  return {
    width: plotWidth,
    height: 280,
    data: { name: 'points' },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 130, opacity: 1 },
        encoding: {
          x,
          y: { field: 'speed', ...y },
          color,
          shape: { ...drift, scale: { domain: [...states], range: shapes } },
        },
      },
      ...(['left', 'right'] as const).map((align) => ({
        transform: [{ filter: `datum.side === '${align}'` }],
        mark: {
          type: 'text' as const,
          align,
          baseline: 'middle' as const,
          dx: align === 'left' ? 12 : -12,
          color: ink.text,
        },
        encoding: { x, y: { field: 'speed', ...y }, text: { field: 'label' } },
      })),
    ],
  };
}
