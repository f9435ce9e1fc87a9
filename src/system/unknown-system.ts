// What to say to a name that the catalogue does not hold.

import { MdbenchError } from '../errors.js';

interface Named {
  readonly name: string;
  readonly atoms: number;
  readonly title: string;
}

/** An `unknown-system` error naming the sizes next to an asked size, or the names spelled most alike. */
export function unknownSystem(name: string, known: readonly Named[]): MdbenchError {
  if (/\.(ext)?xyz$/i.test(name) || /[/\\]/.test(name)) {
    return new MdbenchError(
      'unknown-system',
      `"${name}" looks like a file, and a system of the catalogue was expected.`,
      `Give a file with --structure ${name}.`,
    );
  }
  const family = sizesOf(name, known);
  const nearest = family.length > 0 ? nearestSizes(name, family) : mostAlike(name, known);
  const reason = family.length > 0 ? `There is no system "${name}"` : `No system is called "${name}"`;
  const shipped = (family.length > 0 ? family : known).map((one) => one.name).join(', ');
  return new MdbenchError(
    'unknown-system',
    nearest.length > 0 ? `${reason}; the nearest: ${nearest.join(', ')}.` : `${reason}.`,
    `There are ${shipped}. \`mdbench systems\` lists all; --structure FILE.extxyz takes your own.`,
  );
}

/** The systems of the same family when the name is a family, or the first word of its title, and a number: `si100`, `argon100`. */
function sizesOf(name: string, known: readonly Named[]): readonly Named[] {
  const asked = familyOf(name.toLowerCase());
  if (asked === undefined) return [];
  return known.filter(
    (one) => familyOf(one.name) === asked || (familyOf(one.name) && one.title.split(',')[0] === asked),
  );
}

function familyOf(name: string): string | undefined {
  return /^([a-z]+)-?\d+$/.exec(name)?.[1];
}

function nearestSizes(name: string, family: readonly Named[]): string[] {
  const asked = Number(/\d+$/.exec(name)?.[0]);
  const exact = family.filter((one) => one.atoms === asked);
  if (exact.length > 0) return exact.map((one) => one.name);
  const sorted = [...family].sort((one, other) => one.atoms - other.atoms);
  const below = sorted.filter((one) => one.atoms < asked).at(-1);
  const above = sorted.find((one) => one.atoms > asked);
  return [below, above].flatMap((one) => one?.name ?? []);
}

function mostAlike(name: string, known: readonly Named[]): string[] {
  const ranked = known
    .map((one) => ({ name: one.name, edits: editDistance(name.toLowerCase(), one.name) }))
    .sort((one, other) => one.edits - other.edits);
  return ranked
    .filter(({ edits }) => edits <= Math.max(2, name.length / 3))
    .slice(0, 3)
    .map((one) => one.name);
}

/** Insertions, deletions and substitutions between two words (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let k = 1; k <= to.length; k++) {
      next[k] = Math.min(next[k - 1] + 1, row[k] + 1, row[k - 1] + (from[i - 1] === to[k - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length];
}
