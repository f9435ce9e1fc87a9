// Force RMSE of every frame, eV/Å, against the step at which its trajectory passed it.

import type { TopLevelSpec } from 'vega-lite';
import type { Examination, LabelledFrames } from '../../result/examination.js';
import { compareChartWords } from '../words/compare-charts.js';
import { armColor, armInk, type Roles } from './arm-ink.js';
import { type ChartContent, type Detail, plotWidth } from './chart.js';
import { extremeIndices, rounded } from './series.js';
import { grouped } from './style.js';

const words = compareChartWords['frame-errors'];

export function frameErrors(roles: Roles) {
  return {
    id: 'frame-errors',
    title: words.title,
    widths: ['width'],
    margin: 70,
    readout: {
      table: 'errors',
      x: 'step',
      xLabel: 'step',
      y: 'rmse',
      unit: 'eV/Å',
      series: 'label',
      scale: 'x',
    },
    spec: () => specOf(roles.map(compareChartWords.curves.framesOf)),
  };
}

export function frameErrorsContent(
  { frames }: Examination,
  roles: Roles,
  detail: Detail,
): ChartContent | null {
  const name = (source: LabelledFrames['source']) =>
    compareChartWords.curves.framesOf(roles[source === 'baseline' ? 0 : 1]);
  const rows = frames.flatMap((one) => {
    const errors = errorsOf(one);
    return extremeIndices(errors, detail.bins).map((k) => ({
      step: one.step[k]!,
      rmse: rounded(errors[k]!),
      label: name(one.source),
    }));
  });
  if (rows.length === 0) return null;
  return {
    variant: roles.join('-'),
    tables: {
      errors: {
        step: rows.map((row) => row.step),
        rmse: rows.map((row) => row.rmse),
        label: rows.map((row) => row.label),
      },
    },
    legend: frames.map(({ source }) => ({ label: name(source), color: armInk[source] })),
    summary: words.caption,
    caption: words.caption,
  };
}

/** Root mean square over the components of all elements, frame by frame. */
function errorsOf({ step, elements }: LabelledFrames): Float64Array {
  const components = 3 * elements.reduce((sum, { atoms }) => sum + atoms, 0);
  return Float64Array.from(step, (_, k) =>
    Math.sqrt(elements.reduce((sum, { squared }) => sum + squared[k]!, 0) / components),
  );
}

function specOf(labels: readonly string[]): TopLevelSpec {
  return {
    width: plotWidth,
    height: 160,
    data: { name: 'errors' },
    mark: { type: 'line', strokeWidth: 1.25, point: { size: 16, filled: true } },
    encoding: {
      x: {
        field: 'step',
        type: 'quantitative',
        title: words.x,
        scale: { nice: false, zero: false },
        axis: { tickCount: 8, ...grouped },
      },
      y: { field: 'rmse', type: 'quantitative', title: words.y, scale: { zero: true } },
      color: armColor('label', labels),
    },
  };
}
