// A line of a structure file, and what is wrong with it.

import { MdbenchError } from '../errors.js';

/** Where something was read: for messages. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** `structure-invalid`, naming file and line. */
export function malformed({ file, line }: Place, message: string, hint?: string): MdbenchError {
  return new MdbenchError('structure-invalid', `${file}, line ${line}: ${message}`, hint);
}

export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
