// One input tensor of a model, filled anew for every call.

import type { Tensor } from 'onnxruntime-node';
import type { Pairs } from '../../neighbors/pairs.js';
import type { System } from '../../system/system.js';

/** What is fed in one call. */
export interface Moment {
  readonly system: System;
  readonly pairs: Pairs | null;
  /** (3,3) the cell as it is fed, in Å: without zero rows. */
  readonly cell: Float64Array;
}

export interface Feed {
  readonly tensor: string;
  /** Fills the tensor for one call. */
  update(moment: Moment): Tensor;
}
