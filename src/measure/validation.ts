// Examines a force field, in a worker: the system that it is examined on, every item, and what was found before.

import { MdbenchError } from '../errors.js';
import { createForceField } from '../forcefield/index.js';
import {
  cacheValidation,
  readCachedValidation,
  summarizeItems,
  type ValidationRecord,
  validationKey,
  validationVersion,
} from '../result/index.js';
import type { ForceFieldSpec } from '../spec/case.js';
import { describeSystem } from '../system/index.js';
import {
  examinationRevision,
  examineSubject,
  type MakeForceField,
  openSubject,
  type Subject,
} from '../validate/index.js';
import { version } from '../version.js';
import { readEnvironment } from './environment.js';
import { systemOf } from './preparation.js';
import type { ValidationRequest } from './validation-protocol.js';

/**
 * Whatever is wrong with a force field is in the record; only misuse throws. Examinations of model files are kept by the
 * checksums of all that they depend on, and read again.
 * @throws MdbenchError as reading, binding and loading do, or where the system is refused
 */
export async function validateForceField(
  request: Omit<ValidationRequest, 'type'>,
  isAborted: () => boolean,
): Promise<ValidationRecord> {
  const { forceField: spec, system, cache } = request;
  const make: MakeForceField = (change) => createForceField({ ...spec, stress: true, ...change });
  const subject = await openSubject(make, system && systemOf(system));
  try {
    const head = headOf(spec, subject, system !== null);
    const key = cache && isWholeByChecksum(head) ? keyOf(head, subject) : null;
    const before = key && readCachedValidation(key);
    if (before) return before;
    const found = await examineSubject(subject, make, { beforeItem: () => breathe(isAborted) });
    const items = found.map(({ values, ...item }) => ({ ...item, values: { ...values } }));
    const record = { ...head, items, ...summarizeItems(items) };
    if (key) cacheValidation(key, record);
    return record;
  } finally {
    await subject.examinee.dispose();
  }
}

/** Lets the message arrive that asks to stop. */
async function breathe(isAborted: () => boolean): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (isAborted()) throw new MdbenchError('aborted', 'Stopped before the examination was over.');
}

/** Of another program its file is the smallest part: what that imports may have changed. */
function isWholeByChecksum({ forceField }: Head): boolean {
  return forceField.kind !== 'external' && forceField.sha256 !== null;
}

type Head = Omit<ValidationRecord, 'items' | 'summary' | 'forcesAreGradient' | 'energySmooth'>;

function headOf(spec: ForceFieldSpec, { examinee, system }: Subject, given: boolean): Head {
  const { id, kind, title, precision, cutoff, elements, file, assumed } = examinee.forceField.description;
  const { formula, atoms } = describeSystem(system);
  const pbc = [...system.pbc] as [boolean, boolean, boolean];
  const { name: _, ...settings } = spec;
  return {
    validationVersion,
    forceField: {
      id,
      kind,
      title,
      precision,
      cutoff,
      elements: elements && [...elements],
      sha256: file?.sha256 ?? null,
      assumed: [...assumed],
      spec: settings,
    },
    versions: { mdbench: version, onnxruntime: readEnvironment().onnxruntime },
    systems: [{ name: system.name, atoms, formula, pbc, given }],
  };
}

/** The description has the checksums of manifest and external data among its settings, and how it was bound. */
function keyOf(head: Head, { examinee, system }: Subject): string {
  const { settings, binding } = examinee.forceField.description;
  const { numbers, positions, cell } = system;
  return validationKey([
    examinationRevision,
    head,
    settings,
    binding,
    [...numbers],
    [...positions],
    [...cell],
    readEnvironment().backend,
  ]);
}
