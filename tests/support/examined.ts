// Items of the examination on any force field, by their ids.

import { createForceField, type ForceField } from '../../src/forcefield/index.js';
import type { System } from '../../src/system/index.js';
import {
  type ExaminedItem,
  examineSubject,
  type MakeForceField,
  openSubject,
} from '../../src/validate/index.js';

export interface ExaminedOptions {
  readonly ids?: readonly string[];
  readonly system?: System;
}

/** Findings in the order of the items. */
export async function examinedAll(
  make: MakeForceField,
  { ids, system }: ExaminedOptions = {},
): Promise<readonly ExaminedItem[]> {
  const subject = await openSubject(make, system ?? null);
  try {
    return await examineSubject(subject, make, { ids });
  } finally {
    await subject.examinee.dispose();
  }
}

/** What one item finds. */
export async function examined(id: string, make: MakeForceField, system?: System): Promise<ExaminedItem> {
  const found = await examinedAll(make, { ids: [id], ...(system ? { system } : {}) });
  if (found.length !== 1) throw new Error(`There is no item ${id}.`);
  return found[0]!;
}

/** By name or path, as the command line makes it. */
export function named(name: string): MakeForceField {
  return (change) => createForceField({ name, provider: 'cpu', threads: 1, ...change });
}

/** The same object whatever is asked of it. */
export function made(create: (threads: number) => ForceField): MakeForceField {
  return async ({ threads = 1 }) => create(threads);
}
