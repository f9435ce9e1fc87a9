// How this room has a graph run: whoever calls it hands in a runner, because it knows no runtime itself.

import type { TensorValue } from './tensor-values.js';

export type Feeds = Readonly<Record<string, TensorValue>>;

export interface GraphRunner {
  /** Every output of the model in `bytes`, unoptimized unless `level` says otherwise. Throws what the runtime says. */
  run(
    bytes: Uint8Array,
    feeds: Feeds,
    options?: { readonly level?: 'disabled' | 'basic' | 'all'; readonly threads?: number },
  ): Feeds;
  /** The same model with constants folded and what repeats removed (level `basic`: standard operators only). */
  simplify(bytes: Uint8Array): Uint8Array;
}
