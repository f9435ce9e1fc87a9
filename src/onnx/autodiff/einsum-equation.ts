// The equation of an Einsum as letters axis by axis: spaces dropped, ellipses spelt out, the output always told.

export interface EinsumEquation {
  /** One letter an axis, operand by operand. */
  readonly operands: readonly string[];
  readonly output: string;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** @param ranks of the operands, which tell how many axes an ellipsis stands for; null where they do not fit */
export function parseEquation(equation: string, ranks: readonly number[]): EinsumEquation | null {
  const [left, right] = equation.replace(/\s/g, '').split('->');
  const terms = left!.split(',');
  if (terms.length !== ranks.length) return null;
  const hidden = terms.map((term, k) => ranks[k]! - term.replace('...', '').length);
  if (hidden.some((count, k) => count < 0 || (count > 0 && !terms[k]!.includes('...')))) return null;
  const free = [...alphabet].filter((letter) => !equation.includes(letter));
  const most = Math.max(0, ...hidden);
  if (free.length < most) return null;
  const ellipsis = free.slice(0, most).join('');
  const operands = terms.map((term, k) => term.replace('...', ellipsis.slice(most - hidden[k]!)));
  return { operands, output: right?.replace('...', ellipsis) ?? ellipsis + impliedOutput(left!) };
}

/** Letters that occur once, in the order of the alphabet, capitals first. */
function impliedOutput(left: string): string {
  const letters = [...left].filter((letter) => alphabet.includes(letter));
  return letters
    .filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter))
    .sort()
    .join('');
}
