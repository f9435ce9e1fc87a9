// Copies of messages with some fields changed; what is not changed is shared.

import type { Message } from '@bufbuild/protobuf';

/** A shallow copy; the defaults of a message live in its prototype. */
export function copied<T extends Message>(message: T, changes: Partial<T>): T {
  return Object.assign(Object.create(Object.getPrototypeOf(message)), message, changes);
}
