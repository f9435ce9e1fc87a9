// The spec of one histogram row: bars from recorded counts, percentile lines with their labels on the side that has room.

import { plotWidth } from './chart.js';
import { ink, logAxis } from './style.js';

export interface HistogramRow {
  /** Value of the column `series` whose rows are drawn; its title too. */
  readonly label: string;
  readonly color: string;
  readonly log: boolean;
  /** Of the x axis; null for a row above another. */
  readonly title: string | null;
}

const percentAxis = {
  format: '.0%',
  tickCount: 3,
  labelExpr: "replace(datum.label, '%', '\u202f%')",
} as const;

/** Tables: `bars` (from, to, share, series) and `percentiles` (ms, label, at, side, series). */
export function histogramRow({ label, color, log, title }: HistogramRow) {
  const scale = log ? { type: 'log' as const, nice: false } : { zero: false, nice: false };
  const own = `datum.series === '${label}'`;
  return {
    width: plotWidth,
    height: 96,
    title: {
      text: label,
      anchor: 'start' as const,
      frame: 'group' as const,
      color: ink.text,
      fontSize: 12,
      fontWeight: 'normal' as const,
      offset: 6,
    },
    layer: [
      {
        data: { name: 'bars' },
        transform: [{ filter: own }],
        mark: { type: 'rect' as const, color, stroke: ink.surface, strokeWidth: 0.5 },
        encoding: {
          x: {
            field: 'from',
            type: 'quantitative' as const,
            title,
            scale,
            axis: log ? logAxis : { tickCount: 8 },
          },
          x2: { field: 'to' },
          y: { field: 'share', type: 'quantitative' as const, title: null, axis: percentAxis },
          y2: { datum: 0 },
        },
      },
      {
        data: { name: 'percentiles' },
        transform: [{ filter: own }],
        mark: { type: 'rule' as const, color: ink.text, strokeWidth: 1 },
        encoding: { x: { field: 'ms', type: 'quantitative' as const } },
      },
      ...(['left', 'right'] as const).flatMap((side) => {
        const filter = `${own} && datum.side === '${side}'`;
        return [
          labels(filter, side, { color: ink.surface, stroke: ink.surface, strokeWidth: 4 }),
          labels(filter, side, { color: ink.text }),
        ];
      }),
    ],
  };
}

/** Drawn twice: a halo first, so that lines behind the text do not cross it. */
function labels(
  filter: string,
  side: 'left' | 'right',
  look: { color: string; stroke?: string; strokeWidth?: number },
) {
  return {
    data: { name: 'percentiles' },
    transform: [{ filter }],
    mark: {
      type: 'text' as const,
      align: side,
      baseline: 'middle' as const,
      dx: side === 'left' ? 5 : -5,
      ...look,
      fontSize: 11,
    },
    encoding: {
      x: { field: 'ms', type: 'quantitative' as const },
      y: { field: 'at', type: 'quantitative' as const },
      text: { field: 'label' },
    },
  };
}
