// A command as it stands in quotes behind an option, split into program and arguments as a shell would, without a shell.

import { MdbenchError } from '../errors.js';

/**
 * Blanks separate words; quotes of both kinds hold them together; a backslash takes the next character as it is,
 * except within single quotes. Nothing is expanded.
 * @throws MdbenchError(option-invalid) naming the option
 */
export function commandWords(option: string): (text: string) => string[] {
  return (text) => {
    const words: string[] = [];
    let word: string | null = null;
    let quote: string | null = null;
    for (let k = 0; k < text.length; k++) {
      const character = text[k];
      if (quote === null && /\s/.test(character)) {
        if (word !== null) words.push(word);
        word = null;
      } else if (character === quote) quote = null;
      else if (quote === null && /["']/.test(character)) {
        quote = character;
        word ??= '';
      } else {
        const escaped = character === '\\' && quote !== "'" && k + 1 < text.length;
        word = (word ?? '') + (escaped ? text[++k] : character);
      }
    }
    if (quote !== null) throw invalid(option, `a ${quote} is not closed`, text);
    if (word !== null) words.push(word);
    if (words.length === 0) throw invalid(option, 'there is no program', text);
    return words;
  };
}

function invalid(option: string, reason: string, text: string): MdbenchError {
  return new MdbenchError('option-invalid', `${option} takes a command: ${reason} (received ${text}).`);
}
