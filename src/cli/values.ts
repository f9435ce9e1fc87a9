// What stands behind an option, read as text and checked for its form; ranges are checked in spec/.

import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MdbenchError } from '../errors.js';

/** A reader of the number behind the option of that name. */
export function number(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw new MdbenchError('option-invalid', `${option} takes a number (received "${text}").`);
  };
}

/** A reader of a whole number above 0. */
export function whole(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value > 0) return value;
    throw new MdbenchError('option-invalid', `${option} takes a whole number above 0 (received "${text}").`);
  };
}

const milliseconds = { ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 } as const;

/** A reader of a time like `60s`, `90`, `1.5min`, in ms; a number alone is seconds. */
export function duration(option: string): (text: string) => number {
  return (text) => {
    const [, count, unit = 's'] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|min|m|h)?\s*$/.exec(text) ?? [];
    const value = Number(count) * milliseconds[unit as keyof typeof milliseconds];
    if (value > 0) return value;
    throw new MdbenchError(
      'option-invalid',
      `${option} takes a time above 0 like 60s, 500ms or 2min (received "${text}").`,
    );
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

/** @throws MdbenchError when the file of an option could not be written after the measurement */
export function checkFile(option: string, file: string): void {
  const folder = dirname(resolve(file));
  const wrong = (reason: string) =>
    new MdbenchError(
      'output-not-writable',
      `${option} ${file} cannot be written: ${reason}.`,
      'Name a file in a folder that is there.',
    );
  if (existsSync(file) && statSync(file).isDirectory()) throw wrong('it is a folder');
  if (!existsSync(folder)) throw wrong(`there is no folder ${folder}`);
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch {
    throw wrong('there is no permission to');
  }
}

/** The same record without what was not typed. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

export interface Axis {
  readonly key: string;
  readonly values: readonly string[];
}

/** A reader of `threads=1,2`, or of a key alone. */
export function axis(option: string): (text: string) => Axis {
  return (text) => {
    const [, key, values] = /^([a-zA-Z]+)(?:=([^=]+))?$/.exec(text.trim()) ?? [];
    const listed = values === undefined ? [] : list(values).map((value) => value.trim());
    if (key !== undefined && listed.length !== 1) return { key, values: listed };
    throw new MdbenchError(
      'option-invalid',
      `${option} takes a key and at least two values, like threads=1,2, or a key alone (received "${text}").`,
    );
  };
}
