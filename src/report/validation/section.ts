// An examination as blocks of data, which page, Markdown and terminal each set in their own way.

import type { ValidationItem, ValidationRecord } from '../../result/validation.js';
import { type Block, type Note, note } from '../profile/section.js';
import {
  describeExamination,
  describeItem,
  examinationSubject,
  itemFound,
  itemTitle,
  validationHeadings,
} from '../words/index.js';

/** The sentence that it comes down to, a row for each item, and what a reader should know of them, the worst first. */
export function validationSection(record: ValidationRecord): readonly Block[] {
  const { fail, warn } = record.summary;
  const level = fail > 0 ? 'fail' : warn > 0 ? 'caution' : 'plain';
  return [
    ...note(examinationSubject(record), 'quiet'),
    ...note(describeExamination(record), level),
    ...order.flatMap((status) =>
      record.items
        .filter((item) => item.status === status)
        .flatMap((item) => note(describeItem(item), levels[status])),
    ),
    {
      kind: 'table',
      table: {
        columns: validationHeadings.columns.map((title, k) => ({ title, right: k > 1 })),
        rows: record.items.map((item) => [...itemTitle(item), ...itemFound(item)]),
      },
    },
  ];
}

const order = ['fail', 'warn', 'skipped', 'pass'] as const;

const levels: Record<ValidationItem['status'], Note['level']> = {
  fail: 'fail',
  warn: 'caution',
  skipped: 'quiet',
  pass: 'quiet',
};
