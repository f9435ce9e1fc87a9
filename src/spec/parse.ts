// From what a person wrote to a spec, or an error that names the field, what was expected and what was received.

import type { z } from 'zod';
import { type ErrorCode, MdbenchError } from '../errors.js';

/** Messages of a schema read on from the name of the field: `steps` + `must be a whole number above 0`. @throws MdbenchError(code) naming every wrong field of `value` */
export function parseSpec<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: string,
  code: ErrorCode,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => {
    const received = valueAt(value, issue.path);
    const shown = received === undefined ? 'nothing' : JSON.stringify(received);
    return `${[...issue.path, issue.message].join(' ').replace(/ Invalid input:/, ':')} (received ${shown})`;
  });
  throw new MdbenchError(code, `${what}: ${wrong.join('; ')}.`);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}
