// What `mdbench validate` prints.

import type { ValidationRecord } from '../../result/validation.js';
import { blockLines } from '../profile/terminal.js';
import { type Layout, layoutOf } from '../terminal/layout.js';
import { validationSection } from './section.js';

export function renderValidation(record: ValidationRecord, options: Partial<Layout> = {}): string {
  const layout = layoutOf({ ...options, width: Math.min(options.width ?? 80, 100) });
  const blocks = validationSection(record);
  const [subject, verdict, ...rest] = blocks;
  const table = rest.filter(({ kind }) => kind === 'table');
  const notes = rest.filter(({ kind }) => kind === 'note');
  return [[subject!, verdict!], table, notes]
    .filter((group) => group.length > 0)
    .map((group) => group.flatMap((block) => blockLines(block, layout)).join('\n'))
    .join('\n\n');
}
