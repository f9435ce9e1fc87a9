// The option --export kind=file, and whether its files can be written.

import { MdbenchError } from '../errors.js';
import { checkFile } from './values.js';

const kinds = ['github-action-benchmark', 'bencher', 'junit'] as const;

export const exportForms = kinds.map((kind) => `${kind}=FILE`).join(', ');

export interface Export {
  readonly kind: (typeof kinds)[number];
  readonly file: string;
}

/** A reader of `kind=file` that adds it to those before. */
export function exportOption(text: string, before: readonly Export[]): Export[] {
  const [, name, file] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const kind = kinds.find((one) => one === name);
  if (kind !== undefined) return [...before, { kind, file }];
  throw new MdbenchError('option-invalid', `--export takes ${exportForms} (received "${text}").`);
}

/** @throws MdbenchError when one of them could not be written after the measurement */
export function checkExports(exports: readonly Export[]): void {
  for (const { kind, file } of exports) checkFile(`--export ${kind}=`, file);
}
