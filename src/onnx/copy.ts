// Copies of messages that share the bytes of weights: a repaired model of 1 GB costs no second gigabyte.

import type { Message } from '@bufbuild/protobuf';

/** Every array and message is new; `Uint8Array`s are those of the original and must not be written to. */
export function copyMessage<T>(message: T): T {
  if (typeof message !== 'object' || message === null || message instanceof Uint8Array) return message;
  if (Array.isArray(message)) {
    return (typeof message[0] === 'object' ? message.map(copyMessage) : message.slice()) as T;
  }
  const copy = Object.create(Object.getPrototypeOf(message));
  for (const [key, value] of Object.entries(message)) copy[key] = copyMessage(value);
  return copy;
}

/** A message with some fields changed; what is not changed is shared. The defaults of a message live in its prototype. */
export function copied<T extends Message>(message: T, changes: Partial<T>): T {
  return Object.assign(Object.create(Object.getPrototypeOf(message)), message, changes);
}
