// What an item of the examination is given, and what it says. eV, Å.

import type { ForceOutput } from '../forcefield/index.js';
import type { System } from '../system/index.js';
import type { Examinee } from './examinee.js';

export interface Examination {
  /** As it would run. */
  readonly examinee: Examinee;
  /** The same in double precision; itself where it is double already; null where there is none. */
  readonly double: Examinee | null;
  /** Off symmetry, so that every force is at work. */
  readonly system: System;
  /** What the examinee says of `system`. */
  readonly truth: ForceOutput;
  /** At most three elements of the system, atomic numbers. */
  readonly elements: readonly number[];
  /** Atomic numbers that it says it knows; null: any, or unknown. */
  readonly known: readonly number[] | null;
  /** Number of atoms that its file, or the input of another program, fixes; null: any. */
  readonly fixedAtoms: number | null;
  /** An open cluster as the examinee can take it: as it is, or in a periodic box that it does not fill. */
  place(cluster: System): System;
  /** Another one of the same force field with so many threads; the caller disposes of it. */
  fresh(threads: number): Promise<Examinee>;
}

type Status = 'pass' | 'warn' | 'fail' | 'skipped';

/** What one item found; `values` are for the words, and say why where it was skipped. */
export interface Finding {
  readonly status: Status;
  /** The number that was judged; null where it is no number or none could be had. */
  readonly value: number | null;
  readonly unit: string;
  readonly tolerance: number | null;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

/** `periodic`: a periodic system. `virial`: the force field gives one. `sizes`: its file fixes no number of atoms. */
export type Need = 'periodic' | 'virial' | 'sizes';

export interface Item {
  /** Kebab case; never renamed. */
  readonly id: string;
  readonly needs: readonly Need[];
  run(examination: Examination): Promise<Finding>;
}

/** The one that derivatives are taken of. */
export function finest({ examinee, double }: Examination): Examinee {
  return double ?? examinee;
}

export function skipped(reason: string, values: Finding['values'] = {}): Finding {
  return { status: 'skipped', value: null, unit: '', tolerance: null, values: { reason, ...values } };
}

/** A number that must not exceed its tolerance; anything that is not a number fails. */
export function judged(
  value: number,
  tolerance: number,
  unit: string,
  values: Finding['values'] = {},
): Finding {
  const finite = Number.isFinite(value);
  return {
    status: value <= tolerance ? 'pass' : 'fail',
    value: finite ? value : null,
    unit,
    tolerance,
    values: finite ? values : { ...values, finite: false },
  };
}
