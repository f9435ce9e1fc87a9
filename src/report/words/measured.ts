// What every verdict in words is made of.

import type { Metric, Verdict } from '../../result/document.js';
import { formatMetric } from '../format.js';

/** Tone for a mark and a color; `none` where nothing was judged. */
export type Tone = Verdict['state'] | 'none';

export interface VerdictWords {
  readonly subject: string;
  readonly tone: Tone;
  /** One or two words: `conserved`, `inconclusive`. */
  readonly short: string;
  /** The sentence or two behind it. */
  readonly text: string;
}

/** `0.012 meV/atom/ps (−0.28 to 0.30)`. */
export function withInterval(metric: Metric): string {
  const shown = formatMetric(metric);
  const unit = shown.unit === '' ? '' : ` ${shown.unit}`;
  return shown.interval === '' ? `${shown.value}${unit}` : `${shown.value}${unit} (${shown.interval})`;
}

export function sentenceCase(text: string): string {
  return text[0] === undefined ? text : text[0].toUpperCase() + text.slice(1);
}
