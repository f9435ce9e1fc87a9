// The flow of mdbench validate: one force field, examined in a process of its own.

import type { z } from 'zod';
import { MdbenchError } from './errors.js';
import { awaitedAddress, withClients } from './forcefield/index.js';
import { examinePhysics } from './measure/index.js';
import type { ValidationRecord } from './result/index.js';
import type { FlowOptions } from './run-flow.js';
import { forceFieldSpec, systemSpec } from './spec/case.js';
import { parseSpec } from './spec/parse.js';

export interface ValidateOptions {
  readonly forceField: z.input<typeof forceFieldSpec>;
  /** One that is made for the force field by default. */
  readonly system?: z.input<typeof systemSpec> | undefined;
  /** False: examined anew, and nothing is kept. */
  readonly cache?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onAwaited?: FlowOptions['onAwaited'];
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
  if (system === null && awaitedAddress(forceField.name) !== null) {
    throw new MdbenchError(
      'usage',
      `Nothing says which atoms the client of ${forceField.name} computes.`,
      'Name them with --system or --structure, in the order of the client’s own input.',
    );
  }
  return withClients([forceField], options, () =>
    examinePhysics({ forceField, system, cache }, { signal, patience }),
  );
}
