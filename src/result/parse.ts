// Checks a value against a schema and says in words which part of it is wrong.

import type { z } from 'zod';
import { MdbenchError } from '../errors.js';

/**
 * @param subject how the sentence begins: `result.json`
 * @throws MdbenchError `document-invalid`, naming the first wrong path
 */
export function parseDocument<T>(schema: z.ZodType<T>, value: unknown, subject: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues[0]);
  const more = parsed.error.issues.length - 1;
  throw new MdbenchError(
    'document-invalid',
    `${subject} is not a valid mdbench result: ${pathText(issue.path)}: ${issue.message}${more > 0 ? ` (and ${more} more)` : ''}.`,
    'Check the file against the JSON schema that ships as mdbench/schema/result.json.',
  );
}

interface Found {
  path: PropertyKey[];
  message: string;
}

function deepest(issue: z.core.$ZodIssue): Found {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const branches = issue.errors.map((branch) => deepest(branch[0]));
  const inner = branches.reduce((a, b) => (b.path.length > a.path.length ? b : a));
  return { path: [...issue.path, ...inner.path], message: inner.message };
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole of it';
  return path
    .map((key, k) => (typeof key === 'number' ? `[${key}]` : `${k > 0 ? '.' : ''}${String(key)}`))
    .join('');
}
