// The temperature against ps, with the one that was asked for and the mean that was measured.

import { chartWords } from '../words/charts.js';
import { levelChart } from './level-series.js';

const words = chartWords.temperature;

export const temperature = levelChart('temperature', words, (view) => {
  const values = view.samples[0]?.columns.temperature;
  if (values === undefined) return null;
  const asked = view.result.dynamics.temperature;
  const mean = view.result.metrics['temperature-mean']?.value ?? null;
  return { values, asked, mean, caption: words.caption(asked, mean, view.samples.length) };
});
