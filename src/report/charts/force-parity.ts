// Force components of the candidate against those of the baseline, eV/Å, on the frames of both trajectories.

import type { TopLevelSpec } from 'vega-lite';
import type { Examination } from '../../result/examination.js';
import { compareChartWords } from '../words/compare-charts.js';
import { armColor, armInk, type Roles } from './arm-ink.js';
import { type ChartContent, type Detail, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink } from './style.js';

const words = compareChartWords['force-parity'];

export function forceParity(roles: Roles) {
  return {
    id: 'force-parity',
    title: words.title,
    widths: ['width'],
    margin: 70,
    readout: null,
    spec: () => specOf(roles),
  };
}

export function forceParityContent(
  { frames }: Examination,
  roles: Roles,
  detail: Detail,
): ChartContent | null {
  const drawn = Math.max(60, Math.min(400, detail.bins));
  const parts = frames.map(({ source, parity }) => {
    const every = Math.max(1, Math.ceil(parity.baseline.length / drawn));
    const kept = [...parity.baseline.keys()].filter((k) => k % every === 0);
    return {
      source,
      truth: kept.map((k) => rounded(parity.baseline[k]!)),
      answer: kept.map((k) => rounded(parity.candidate[k]!)),
    };
  });
  const truth = parts.flatMap((part) => part.truth);
  if (truth.length === 0) return null;
  const finite = truth.filter((value) => value !== null);
  const ends = [Math.min(...finite), Math.max(...finite)];
  const all = frames.reduce((sum, { parity }) => sum + parity.baseline.length, 0);
  return {
    variant: roles.join('-'),
    tables: {
      components: {
        truth,
        answer: parts.flatMap((part) => part.answer),
        source: parts.flatMap(({ source, truth: column }) => column.map(() => source)),
      },
      equal: { truth: ends, answer: ends },
    },
    legend: [
      ...frames.map(({ source }) => ({
        label: compareChartWords.curves.framesOf(roles[source === 'baseline' ? 0 : 1]),
        color: armInk[source],
        mark: 'dot' as const,
      })),
      { label: words.line, color: ink.text, mark: 'dashed' as const },
    ],
    summary: words.caption(truth.length, all),
    caption: words.caption(truth.length, all),
  };
}

function specOf([baseline, candidate]: Roles): TopLevelSpec {
  const x = {
    field: 'truth',
    type: 'quantitative' as const,
    title: words.x(baseline),
    scale: { zero: false },
    axis: { grid: true, tickCount: 8 },
  };
  const y = {
    field: 'answer',
    type: 'quantitative' as const,
    title: words.y(candidate),
    scale: { zero: false },
  };
  return {
    width: plotWidth,
    height: 320,
    layer: [
      {
        data: { name: 'components' },
        mark: { type: 'point', filled: true, size: 14, opacity: 0.5 },
        encoding: { x, y, color: armColor('source', ['baseline', 'candidate']) },
      },
      {
        data: { name: 'equal' },
        mark: { type: 'line', color: ink.text, strokeWidth: 1, strokeDash: [5, 4] },
        encoding: { x, y },
      },
    ],
  };
}
