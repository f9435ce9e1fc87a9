// The largest latency spikes over the steps of a profiling pass, ms, colored by their first cause.

import type { TopLevelSpec } from 'vega-lite';
import { type SpikeCause, type Spikes, spikeCauses } from '../../result/profile.js';
import { chartWords } from '../words/charts.js';
import { causeWords } from '../words/profile.js';
import { type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { grouped, ink, logAxis } from './style.js';

const words = chartWords.spikes;
const colors: Record<SpikeCause, string> = {
  'garbage-collection': ink.fourth,
  'list-rebuild': ink.list,
  'context-switch': ink.call,
  checkpoint: ink.fifth,
  unknown: ink.muted,
};

export const spikes = {
  id: 'spikes',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: null,
  spec: specOf,
} as const;

/** Null for fewer than three: their table says all. */
export function spikesContent({ largest, causes, median, threshold, steps }: Spikes): ChartContent | null {
  if (largest.length < 3) return null;
  const log = Math.max(...largest.map(({ time }) => time)) > 6 * median;
  const first = largest.map((one) => one.causes[0] ?? 'unknown');
  const all = causes.reduce((sum, one) => sum + one.count, 0);
  return {
    variant: log ? 'log' : 'linear',
    tables: {
      spikes: {
        step: largest.map(({ step }) => step),
        ms: largest.map(({ time }) => rounded(time)),
        cause: first.map((cause) => causeWords[cause]),
      },
      lines: {
        ms: [rounded(median), rounded(threshold)],
        dash: ['median', 'limit'],
      },
      extent: { from: [1], to: [Math.max(steps, ...largest.map(({ step }) => step))] },
    },
    legend: [
      ...spikeCauses
        .filter((cause) => first.includes(cause))
        .map((cause) => ({ label: causeWords[cause], color: colors[cause], mark: 'dot' as const })),
      { label: words.median, color: ink.text },
      { label: words.threshold, color: ink.text, mark: 'dashed' },
    ],
    summary: words.caption(largest.length, all, log),
    caption: words.caption(largest.length, all, log),
  };
}

function specOf(variant: string): TopLevelSpec {
  const scale = variant === 'log' ? { type: 'log' as const, nice: true } : { zero: true, nice: true };
  const y = {
    field: 'ms',
    type: 'quantitative' as const,
    title: words.y,
    scale,
    axis: variant === 'log' ? logAxis : { tickCount: 5 },
  };
  const x = {
    field: 'step',
    type: 'quantitative' as const,
    title: words.x,
    scale: { nice: false, zero: false },
    axis: { tickCount: 8, ...grouped },
  };
  return {
    width: plotWidth,
    height: 170,
    layer: [
      {
        data: { name: 'extent' },
        mark: { type: 'rule', opacity: 0 },
        encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
      },
      ...(['median', 'limit'] as const).map((name) => ({
        data: { name: 'lines' },
        transform: [{ filter: `datum.dash === '${name}'` }],
        mark: {
          type: 'rule' as const,
          color: ink.text,
          strokeWidth: 1,
          ...(name === 'limit' ? { strokeDash: [5, 4] } : {}),
        },
        encoding: { y },
      })),
      {
        data: { name: 'spikes' },
        mark: { type: 'point', filled: true, size: 60, opacity: 0.85 },
        encoding: {
          x,
          y,
          color: {
            field: 'cause',
            type: 'nominal',
            scale: {
              domain: spikeCauses.map((cause) => causeWords[cause]),
              range: spikeCauses.map((cause) => colors[cause]),
            },
          },
        },
      },
    ],
  };
}
