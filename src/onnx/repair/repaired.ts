// What a pass hands back: the model that it was given is never changed.

import { MdbenchError } from '../../errors.js';
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

/**
 * What a pass makes of a model, or a lint with the reason why it could not.
 * @throws MdbenchError `damaged-onnx` or `external-data-missing`
 */
export function attempted(pass: string, model: ModelProto, action: () => Repaired): Repaired {
  try {
    return action();
  } catch (error) {
    const code = error instanceof MdbenchError ? error.code : 'session-failed';
    if (code === 'damaged-onnx' || code === 'external-data-missing') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return unchanged(model, [{ id: 'pass-refused', count: 1, values: { pass, code, reason } }]);
  }
}
