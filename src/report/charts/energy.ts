// The conserved quantity per atom from its start, meV, against ps: every trajectory, the drift line and its interval.

import type { TopLevelSpec } from 'vega-lite';
import type { Samples } from '../../result/samples.js';
import { mean } from '../../stats/index.js';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import { driftMetric, driftSubjects } from '../words/drift.js';
import { describeVerdicts } from '../words/verdicts.js';
import { type Chart, type ChartContent, type Detail, plotWidth, type Table } from './chart.js';
import { extremeColumns, roundedTo, spreadOf, stacked, thinned } from './series.js';
import { extremesMark, ink } from './style.js';
import { picoseconds, sharedBins, timeEncoding } from './time-axis.js';

const words = chartWords.energy;
/** Trajectories drawn; the drift is the mean over all of them. */
const drawn = 8;

export const energy: Chart = {
  id: 'energy',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: { table: 'energy', x: 'ps', xLabel: 'ps', y: 'mev', unit: 'meV/atom', series: 'seed', scale: 'x' },
  spec: specOf,
  content: contentOf,
};

function contentOf(view: CaseView, detail: Detail): ChartContent | null {
  const atoms = view.result.system?.atoms;
  if (view.samples.length === 0 || !atoms) return null;
  const shown = view.samples.slice(0, drawn);
  const bins = sharedBins(shown, detail.bins);
  const parts = shown.map((samples) => trajectoryTable(view, samples, atoms, bins));
  const more =
    view.samples.length > drawn
      ? ` The first ${drawn} of ${view.samples.length} trajectories are drawn.`
      : '';
  return {
    variant: shown.length > 1 ? 'several' : 'linear',
    tables: {
      energy: stacked(parts),
      drift: driftTable(view, atoms),
    },
    legend: [
      { label: words.line(view.result.dynamics.ensemble === 'nve'), color: ink.step },
      { label: words.drift, color: ink.call },
      { label: words.band, color: ink.driftBand, mark: 'area' },
    ],
    summary:
      describeVerdicts(view.result).find(({ subject }) => driftSubjects.includes(subject))?.text ??
      words.title,
    caption: words.caption(view.samples.length > 1) + more,
  };
}

function trajectoryTable(view: CaseView, samples: Samples, atoms: number, bins: number): Table {
  const perAtom = fromStart(samples.columns.conserved, atoms);
  const spread = spreadOf(perAtom);
  const places = thinned(perAtom, bins);
  const shown = (value: number) => roundedTo(value, spread);
  return {
    ps: places.map(({ index }) => picoseconds(view, index)),
    mev: places.map(({ middle }) => shown(middle)),
    ...extremeColumns(places, perAtom.length, shown),
    seed: places.map(() => `seed ${samples.trajectory.seed}`),
  };
}

function fromStart(conserved: Float64Array, atoms: number): Float64Array {
  return conserved.map((value) => (1000 * (value - conserved[0])) / atoms);
}

/** Line and band of the metric through the middle of what is drawn: their slopes are the metric, nothing is fitted here. */
function driftTable(view: CaseView, atoms: number): Table {
  const metric = driftMetric(view.result);
  const longest = view.samples.reduce((a, b) =>
    b.columns.conserved.length > a.columns.conserved.length ? b : a,
  );
  const n = longest.columns.conserved.length;
  if (!metric || metric.value === null || n < 2) return { ps: [], mev: [], low: [], high: [] };
  const ends = [picoseconds(view, 0), picoseconds(view, n - 1)];
  const middle = (ends[0]! + ends[1]!) / 2;
  const level = mean(view.samples.map(({ columns }) => mean(fromStart(columns.conserved, atoms))));
  const at = (slope: number) => [ends[0]!, middle, ends[1]!].map((ps) => level + slope * (ps - middle));
  const low = at(metric.low ?? metric.value);
  const high = at(metric.high ?? metric.value);
  return {
    ps: [ends[0]!, middle, ends[1]!],
    mev: at(metric.value),
    low: low.map((value, k) => Math.min(value, high[k]!)),
    high: high.map((value, k) => Math.max(value, low[k]!)),
  };
}

/** Several bands lie over each other: fainter ones. */
function specOf(variant: string): TopLevelSpec {
  const band = extremesMark(ink.step, variant === 'several' ? 0.08 : 0.28);
  const x = timeEncoding;
  return {
    width: plotWidth,
    height: 220,
    data: { name: 'energy' },
    layer: [
      {
        mark: band,
        encoding: {
          x,
          y: { field: 'high', type: 'quantitative', title: words.y, scale: { zero: false } },
          y2: { field: 'low' },
          detail: { field: 'seed' },
        },
      },
      {
        mark: { type: 'line', strokeWidth: 1, opacity: 0.85, color: ink.step },
        encoding: {
          x,
          y: { field: 'mev', type: 'quantitative', title: words.y, scale: { zero: false } },
          detail: { field: 'seed' },
        },
      },
      {
        data: { name: 'drift' },
        mark: { type: 'area', color: ink.driftBand, clip: true },
        encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
      {
        data: { name: 'drift' },
        mark: { type: 'line', strokeWidth: 2, color: ink.call },
        encoding: { x, y: { field: 'mev', type: 'quantitative' } },
      },
    ],
  };
}
