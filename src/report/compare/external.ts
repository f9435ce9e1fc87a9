// Where a side of a comparison is computed by another process: what belongs to its cost and stands in none of the numbers.

import { externalNotes } from '../../metrics/index.js';
import type { ArmName } from '../../result/campaign.js';
import type { Warning } from '../../result/document.js';
import { armName, describeWarning } from '../words/index.js';
import type { ComparisonView } from './view.js';

/** Sentences that begin with the side that they are about. */
export function externalSentences(view: ComparisonView): string[] {
  return (['baseline', 'candidate'] as const).flatMap((arm: ArmName) => {
    const result = view.cases[arm];
    const notes = result === null ? [] : externalNotes(result);
    return notes.map(inSum).map((note) => `${armName(view, arm)}: ${describeWarning(note).text}`);
  });
}

/** The table of a comparison adds the client's memory to ours. */
function inSum(note: Warning): Warning {
  return note.code === 'external-processes' ? { ...note, values: { ...note.values, inSum: true } } : note;
}
