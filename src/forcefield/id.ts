// The short name of a force field in case ids and file names.

import { basename } from 'node:path';
import { plainName } from '../spec/plain-name.js';

/** `models/Silicon Student.onnx` → `silicon-student`: lower case, only letters, digits, dots and dashes. */
export function forceFieldId(name: string): string {
  const id = basename(plainName(name))
    .toLowerCase()
    .replace(/\.onnx$/, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return id || 'force-field';
}
