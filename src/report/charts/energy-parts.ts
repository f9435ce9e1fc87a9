// Kinetic and potential energy per atom from their means, meV, against ps: what the conserved quantity is the sum of.

import type { TopLevelSpec } from 'vega-lite';
import { mean } from '../../stats/index.js';
import type { CaseView } from '../input.js';
import { chartWords, shownSteps } from '../words/charts.js';
import { type Chart, type ChartContent, type Detail, plotWidth } from './chart.js';
import { extremeColumns, roundedTo, spreadOf, stacked, thinned } from './series.js';
import { extremesMark, ink } from './style.js';
import { picoseconds, timeEncoding } from './time-axis.js';

const words = chartWords['energy-parts'];
const names = chartWords.series;

export const energyParts: Chart = {
  id: 'energy-parts',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: {
    table: 'parts',
    x: 'ps',
    xLabel: 'ps',
    y: 'mev',
    unit: 'meV/atom',
    series: 'series',
    scale: 'x',
  },
  spec: specOf,
  content: contentOf,
};

function contentOf(view: CaseView, detail: Detail): ChartContent | null {
  const samples = view.samples[0];
  const atoms = view.result.system?.atoms;
  if (!samples || !atoms) return null;
  const series = [
    { label: names.kinetic, values: perAtom(samples.columns.kineticEnergy, atoms) },
    { label: names.potential, values: perAtom(samples.columns.potentialEnergy, atoms) },
  ];
  const bins = detail.bins;
  const parts = series.map(({ label, values }) => {
    const places = thinned(values, bins);
    const spread = spreadOf(values);
    const shown = (value: number) => roundedTo(value, spread);
    return {
      ps: places.map(({ index }) => picoseconds(view, index)),
      mev: places.map(({ middle }) => shown(middle)),
      ...extremeColumns(places, values.length, shown),
      series: places.map(() => label),
    };
  });
  const n = samples.columns.stepTime.length;
  return {
    variant: 'linear',
    tables: { parts: stacked(parts) },
    legend: [
      { label: names.kinetic, color: ink.call },
      { label: names.potential, color: ink.list },
    ],
    summary: words.title,
    caption: shownSteps(n, n <= 2 * bins ? n : bins, samples.trajectory.seed, view.samples.length),
  };
}

function perAtom(values: Float64Array, atoms: number): Float64Array {
  const center = mean(values);
  return values.map((value) => (1000 * (value - center)) / atoms);
}

function specOf(): TopLevelSpec {
  const color = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: [names.kinetic, names.potential], range: [ink.call, ink.list] },
  };
  return {
    width: plotWidth,
    height: 180,
    data: { name: 'parts' },
    layer: [
      {
        mark: extremesMark(),
        encoding: {
          x: timeEncoding,
          y: { field: 'high', type: 'quantitative', title: words.y },
          y2: { field: 'low' },
          color,
        },
      },
      {
        mark: { type: 'line', strokeWidth: 1 },
        encoding: { x: timeEncoding, y: { field: 'mev', type: 'quantitative', title: words.y }, color },
      },
    ],
  };
}
