// The raw samples of one trajectory, decoded: what metrics/ and report/ compute with.

import type { PerColumn } from './column-names.js';
import type { Trajectory } from './document.js';

export interface Samples {
  readonly trajectory: Trajectory;
  /** Per measured step, in order; see `columnNames` and `bathColumnNames` for units. */
  readonly columns: Readonly<PerColumn<Float64Array>>;
}
