// What `mdbench annotate` prints: where the copy is, and what it says of itself.

import { inspectionWords as words } from '../words/index.js';
import { layoutOf, wrap } from './layout.js';

interface AnnotationLike {
  readonly path: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export function renderAnnotation(
  { path, metadata }: AnnotationLike,
  options: { width?: number } = {},
): string {
  const { width } = layoutOf(options);
  const widest = Math.max(...Object.keys(metadata).map((key) => key.length));
  return [
    ...Object.entries(metadata).flatMap(([key, value]) => wrap(value, key.padEnd(widest + 2), width)),
    '',
    ...wrap(words.written(path), '', width),
  ].join('\n');
}
