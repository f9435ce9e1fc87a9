// What stands behind an option, read as text and checked for its form; ranges are checked in spec/.

import { MdbenchError } from '../errors.js';

/** A reader of the number behind the option of that name. */
export function number(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw new MdbenchError('option-invalid', `${option} takes a number (received "${text}").`);
  };
}

export function repeats(text: string): [number, number, number] {
  const counts = text.split(/[,x]/).map(Number);
  if (counts.length !== 3 || counts.some((count) => !Number.isInteger(count) || count < 1)) {
    throw new MdbenchError(
      'option-invalid',
      `--repeat takes three whole numbers above 0, like 2,2,2 (received "${text}").`,
    );
  }
  return counts as [number, number, number];
}

/** `a,b` and `a b` both name two things. */
export function list(text: string): string[] {
  return text.split(',').filter((name) => name !== '');
}
