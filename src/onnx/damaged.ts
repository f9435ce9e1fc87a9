// The error for a file that decodes as ONNX and contradicts itself.

import { MdbenchError } from '../errors.js';

/** @param reason half a sentence; names from the file have to be printable */
export function damaged(path: string, reason: string): MdbenchError {
  return new MdbenchError('damaged-onnx', `${path} is damaged: ${reason}.`, 'Export the model again.');
}
