// The error of a form of an operator that no rule serves.

import { MdbenchError } from '../../errors.js';
import type { NodeProto } from '../proto/onnx_pb.js';

/** @param reason what stands in the way, as the end of a sentence that begins with the operator */
export function refusal(node: NodeProto, reason: string): MdbenchError {
  const name = node.name ? ` ("${node.name}")` : '';
  return new MdbenchError(
    'not-differentiable',
    `The graph cannot be differentiated: the operator ${node.opType}${name} ${reason}.`,
    'Export the model with its forces as an output, or run it with --forces finite-difference, which is not for timing.',
  );
}
