// The instantaneous pressure against ps, in ensembles with a bath.

import { chartWords } from '../words/charts.js';
import { levelChart } from './level-series.js';

const words = chartWords.pressure;

export const pressure = levelChart('pressure', words, (view) => {
  const values = view.samples[0]?.columns.pressure;
  if (values === undefined) return null;
  const asked = view.result.dynamics.pressure ?? null;
  const mean = view.result.metrics['pressure-mean']?.value ?? null;
  return { values, asked, mean, caption: words.caption(asked, mean, view.samples.length) };
});
