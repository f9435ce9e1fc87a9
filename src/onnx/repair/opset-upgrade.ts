// Raises a model to a later version of the ONNX operator set, its functions inlined first.

import { copyMessage } from '../copy.js';
import type { ModelProto } from '../proto/onnx_pb.js';
import { inlineFunctions } from './inline-functions.js';
import { raiseGraph, standardOpset } from './opset-raise.js';
import { change, type Repaired, unchanged } from './repaired.js';

/**
 * From 9 on. Most operators stay as they are, since later versions only allow more; the others are rewritten exactly.
 * @throws MdbenchError `opset-unsupported` naming the operator that changed its meaning, or the version
 */
export function upgradeOpset(given: ModelProto, to: number): Repaired {
  const from = standardOpset(given);
  if (from >= to || !given.graph) return unchanged(given);
  const inlined = inlineFunctions(given);
  const model = copyMessage(inlined.model);
  const rewritten = raiseGraph(model, to);
  const raised = change('opset-upgrade', rewritten, { from, to: standardOpset(model) });
  return { model, changes: [...inlined.changes, raised], lints: [] };
}
