// The flow of mdbench validate: a force field, the system that it is examined on, every item, and what was found before.

import type { z } from 'zod';
import { createForceField } from './forcefield/index.js';
import { readEnvironment } from './measure/index.js';
import {
  cacheValidation,
  readCachedValidation,
  summarizeItems,
  type ValidationRecord,
  validationKey,
  validationVersion,
} from './result/index.js';
import { type ForceFieldSpec, forceFieldSpec, type SystemSpec, systemSpec } from './spec/case.js';
import { parseSpec } from './spec/parse.js';
import { buildSystem, describeSystem, loadStructure, type System } from './system/index.js';
import {
  examinationRevision,
  examineSubject,
  type MakeForceField,
  openSubject,
  type Subject,
} from './validate/index.js';
import { version } from './version.js';

export interface ValidateOptions {
  readonly forceField: z.input<typeof forceFieldSpec>;
  /** One that is made for the force field by default. */
  readonly system?: z.input<typeof systemSpec> | undefined;
  /** False: examined anew, and nothing is kept. */
  readonly cache?: boolean | undefined;
}

/**
 * Examines a force field. Whatever is wrong with it is in the record; only misuse throws. Examinations of model files
 * are kept by the checksums of all that they depend on, and read again.
 * @throws MdbenchError as reading, binding and loading do, or where the system is refused
 */
export async function validate(options: ValidateOptions): Promise<ValidationRecord> {
  const spec = parseSpec(forceFieldSpec, options.forceField, 'Force field', 'option-invalid');
  const asked = options.system && parseSpec(systemSpec, options.system, 'System', 'option-invalid');
  const make: MakeForceField = (change) => createForceField({ ...spec, ...change });
  const subject = await openSubject(make, asked ? systemOf(asked) : null);
  try {
    const record = headOf(spec, subject, asked !== undefined);
    const key = record.forceField.sha256 === null || options.cache === false ? null : keyOf(record, subject);
    const before = key && readCachedValidation(key);
    if (before) return before;
    const found = await examineSubject(subject, make);
    const items = found.map(({ values, ...item }) => ({ ...item, values: { ...values } }));
    const whole = { ...record, items, ...summarizeItems(items) };
    if (key) cacheValidation(key, whole);
    return whole;
  } finally {
    await subject.examinee.dispose();
  }
}

function systemOf(spec: SystemSpec): System {
  return 'name' in spec ? buildSystem(spec.name) : loadStructure(spec.structure, spec.repeat);
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
