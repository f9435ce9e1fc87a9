// The MdbenchError that a call throws, to look at its code, message and hint.

import { MdbenchError } from '../../src/errors.js';

export function thrownBy(call: () => unknown): MdbenchError {
  try {
    call();
  } catch (error) {
    if (error instanceof MdbenchError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
