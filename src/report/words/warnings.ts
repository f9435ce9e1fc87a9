// Every warning in a sentence, with its advice. A code without one is shown as it is, never dropped.

import type { Warning } from '../../result/document.js';
import { count, quantity, significantDigits } from '../format.js';

export interface WarningWords {
  readonly text: string;
  readonly advice: string | null;
}

type Values = Warning['values'];
type Sentence = (values: Values) => [text: string, advice?: string];

const sentences: Record<string, Sentence> = {};

/** The codes that have a sentence. */
export const warningCodes: readonly string[] = Object.keys(sentences);

export function describeWarning(warning: Warning): WarningWords {
  const sentence = sentences[warning.code];
  if (!sentence) return { text: unknown(warning), advice: null };
  const [text, advice] = sentence(warning.values);
  return { text, advice: advice ?? null };
}

function unknown({ code, values }: Warning): string {
  const details = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return details.length === 0 ? `Warning ${code}.` : `Warning ${code}: ${details.join(', ')}.`;
}
