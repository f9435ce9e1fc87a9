// Warnings of a profile as notes; of many of one kind, as a program of many processes gives, the first few.

import type { Warning } from '../../result/records.js';
import { describeAlike, describeWarning } from '../words/index.js';
import { type Block, note } from './section.js';

const mostAlike = 3;

/** Cautions first. */
export function warningNotes(warnings: readonly Warning[]): Block[] {
  const byCode = new Map<string, Warning[]>();
  for (const warning of warnings) byCode.set(warning.code, [...(byCode.get(warning.code) ?? []), warning]);
  const notes = [...byCode.values()].flatMap((alike) => {
    const words = alike.slice(0, mostAlike).map(describeWarning);
    return words.flatMap(({ text, advice, level }, k) => {
      const last = k === words.length - 1;
      const more =
        last && alike.length > words.length ? ` ${describeAlike(alike.length - words.length)}` : '';
      return note(`${text}${more}`, level === 'caution' ? 'caution' : 'quiet', last ? advice : null);
    });
  });
  return [
    ...notes.filter(({ level }) => level === 'caution'),
    ...notes.filter(({ level }) => level !== 'caution'),
  ];
}
