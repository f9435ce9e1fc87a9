// The raw samples of one trajectory, decoded: what metrics/ and report/ compute with.

import type { ColumnName, Trajectory } from './document.js';

export interface Samples {
  readonly trajectory: Trajectory;
  /** Per measured step, in order; see `columnNames` for units. */
  readonly columns: Readonly<Record<ColumnName, Float64Array>>;
}
