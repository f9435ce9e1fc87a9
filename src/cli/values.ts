// What stands behind an option, read as text and checked for its form; ranges are checked in spec/.

import { MdbenchError } from '../errors.js';

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new MdbenchError('option-invalid', `Expected a number, received "${text}".`);
  }
  return value;
}

export function repeats(text: string): [number, number, number] {
  const counts = text.split(/[,x]/).map(Number);
  if (counts.length !== 3 || counts.some((count) => !Number.isInteger(count) || count < 1)) {
    throw new MdbenchError(
      'option-invalid',
      `Expected three whole numbers above 0 like 2,2,2 after --repeat, received "${text}".`,
    );
  }
  return counts as [number, number, number];
}

/** `a,b` and `a b` both name two things. */
export function list(text: string): string[] {
  return text.split(',').filter((name) => name !== '');
}
