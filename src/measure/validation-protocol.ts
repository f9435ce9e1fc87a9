// What a worker is asked that examines the physics of a force field.

import type { ForceFieldSpec, SystemSpec } from '../spec/case.js';

export interface ValidationRequest {
  readonly type: 'validate';
  readonly forceField: ForceFieldSpec;
  /** Null: one that is made for the force field. */
  readonly system: SystemSpec | null;
  /** False: examined anew, and nothing is kept. */
  readonly cache: boolean;
}
