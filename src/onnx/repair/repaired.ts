// What a pass hands back: the model that it was given is never changed.

import type { Lint } from '../lint.js';
import type { ModelChange } from '../model-change.js';
import type { ModelProto } from '../proto/onnx_pb.js';

export interface Repaired {
  /** The model that was given itself where nothing was to be done. */
  readonly model: ModelProto;
  /** Empty where nothing was to be done. */
  readonly changes: readonly ModelChange[];
  /** What the pass could not mend. */
  readonly lints: readonly Lint[];
}

export function unchanged(model: ModelProto, lints: readonly Lint[] = []): Repaired {
  return { model, changes: [], lints };
}

export function change(pass: string, count: number, values: ModelChange['values'] = {}): ModelChange {
  return { pass, count, values };
}
