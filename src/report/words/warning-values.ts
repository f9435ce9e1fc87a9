// The values of a warning as they go into its sentence.

import type { Warning } from '../../result/document.js';
import { count, counted, quantity, significantDigits } from '../format.js';

/** What the sentence of a warning reads its values with. */
export interface Values {
  number(name: string): string;
  /** With its noun, one or many. */
  counted(name: string, noun: string): string;
  /** Ends in one full stop. */
  sentence(name: string): string;
  size(name: string, unit: string): string;
  text(name: string): string;
  has(name: string): boolean;
}
export type Sentence = (values: Values) => readonly [text: string, advice?: string];

export function reader(values: Warning['values']): Values {
  const text = (name: string) => String(values[name] ?? '?');
  return {
    text,
    has: (name) => values[name] !== undefined,
    counted(name, noun) {
      const value = values[name];
      return typeof value === 'number' ? counted(value, noun) : `${text(name)} ${noun}s`;
    },
    sentence: (name) => `${text(name).replace(/\.$/, '')}.`,
    number(name) {
      const value = values[name];
      if (typeof value !== 'number') return text(name);
      return Number.isInteger(value) ? count(value) : significantDigits(value, 3);
    },
    size(name, unit) {
      const value = values[name];
      return typeof value === 'number' ? quantity(value, unit) : text(name);
    },
  };
}
