// What one source declares of a model.

import type { Manifest } from '../../spec/manifest.js';

export interface Layer {
  readonly source: 'flag' | 'manifest' | 'metadata';
  readonly manifest: Manifest;
  /** Of the stress output: −1 where it holds −dE/dε/V. */
  readonly stressSign?: 1 | -1;
  /** Symbols or atomic numbers in the order of the model's species, where it is not said how species are written. */
  readonly elements?: readonly string[];
}
