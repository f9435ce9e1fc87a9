// What every verdict in words consists of.

import type { Verdict } from '../../result/document.js';

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
