// The flow of mdbench validate: one force field, examined in a process of its own.

import type { z } from 'zod';
import { examinePhysics } from './measure/index.js';
import type { ValidationRecord } from './result/index.js';
import { forceFieldSpec, systemSpec } from './spec/case.js';
import { parseSpec } from './spec/parse.js';

export interface ValidateOptions {
  readonly forceField: z.input<typeof forceFieldSpec>;
  /** One that is made for the force field by default. */
  readonly system?: z.input<typeof systemSpec> | undefined;
  /** False: examined anew, and nothing is kept. */
  readonly cache?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** ms without a sign of life after which the process is given up; ten minutes by default. */
  readonly patience?: number | undefined;
}

/**
 * Examines the physics of a force field. Whatever is wrong with it is in the record; only misuse throws.
 * @throws MdbenchError as reading, binding and loading do, or where the system is refused; `measurement-failed` where
 * the process dies; `aborted`
 */
export async function validate(options: ValidateOptions): Promise<ValidationRecord> {
  const { signal, patience, cache = true } = options;
  const forceField = parseSpec(forceFieldSpec, options.forceField, 'Force field', 'option-invalid');
  const system = options.system ? parseSpec(systemSpec, options.system, 'System', 'option-invalid') : null;
  return examinePhysics({ forceField, system, cache }, { signal, patience });
}
