// What a part of a profile says, as data: the page, Markdown and the terminal each set it in their own way.

import type { profileHeadings } from '../words/index.js';

export interface ProfileSection {
  readonly id: keyof typeof profileHeadings;
  readonly blocks: readonly Block[];
}

export type Block =
  | Note
  | { readonly kind: 'table'; readonly table: ReportTable }
  /** A stacked bar; on the page alone. */
  | { readonly kind: 'shares'; readonly parts: readonly SharePart[] }
  /** On the page alone. */
  | { readonly kind: 'chart'; readonly chart: 'operators' | 'spikes' };

export interface Note {
  readonly kind: 'note';
  /** `fail`: not to be relied on. `caution`: to be looked into. `advice`: what could be done. `quiet`: how it was made. */
  readonly level: 'fail' | 'caution' | 'advice' | 'plain' | 'quiet';
  readonly text: string;
  readonly advice?: string | null;
}

interface SharePart {
  readonly label: string;
  /** % */
  readonly share: number;
  readonly color: string;
}

export interface ReportTable {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The last row sums the others up. */
  readonly summed?: boolean;
  /** A color for each row, shown in its first cell. */
  readonly colors?: readonly string[];
  /** More about each row, under its name. */
  readonly details?: { readonly title: string; readonly rows: readonly string[] };
}

interface ReportColumn {
  readonly title: string;
  readonly right?: boolean;
  /** Where a line is too short, the columns of the largest number go first; those without one stay. */
  readonly rank?: number;
  /** A name of any length, shortened to the room there is; `below`: on a line of its own in a terminal. */
  readonly name?: 'beside' | 'below';
  /** Holds % and is drawn as a bar, in a terminal alone. */
  readonly bar?: boolean;
}

/** A note, or none where there is nothing to say. */
export function note(text: string | null, level: Note['level'] = 'plain', advice?: string | null): Note[] {
  return text === null ? [] : [{ kind: 'note', level, text, ...(advice ? { advice } : {}) }];
}

/** The largest rows, and how many there are beside them. */
export function first<Row>(rows: readonly Row[], top: number): { shown: Row[]; left: Row[] } {
  return { shown: rows.slice(0, top), left: rows.slice(top) };
}
