// The volume of the cell against ps, at constant pressure.

import { chartWords } from '../words/charts.js';
import { levelChart } from './level-series.js';

const words = chartWords.volume;

export const volume = levelChart('volume', words, (view) => {
  const values = view.samples[0]?.columns.volume;
  if (values === undefined) return null;
  const mean = view.result.metrics['volume-mean']?.value ?? null;
  return { values, asked: null, mean, caption: words.caption(mean, view.samples.length) };
});
