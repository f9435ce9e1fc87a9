// Sound force fields with one fault each, as real force fields: the fault acts after a true call.

import type { ForceField, ForceOutput } from '../../src/forcefield/force-field.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import type { Pairs } from '../../src/neighbors/pairs.js';
import type { System } from '../../src/system/index.js';

export interface Fault {
  readonly description?: Partial<ForceField['description']>;
  /** Takes its place: a force field that checks nothing. */
  readonly prepare?: ForceField['prepare'];
  /** What it is asked for; default: as it is. */
  readonly seen?: (system: System) => System;
  /** Changes what a call gave. */
  readonly after?: (output: ForceOutput, system: System, pairs: Pairs | null) => void;
}

/** Stillinger–Weber silicon unless another one is given. */
export function faulty(fault: Fault, inner: ForceField = createStillingerWeber()): ForceField {
  return {
    ...inner,
    description: { ...inner.description, ...fault.description },
    prepare: (system) => (fault.prepare ? fault.prepare(system) : inner.prepare(system)),
    async compute(system, pairs, output) {
      await inner.compute(fault.seen ? fault.seen(system) : system, pairs, output);
      fault.after?.(output, system, pairs);
    },
  };
}

/** Å between the first two atoms. */
export function distanceOf({ positions }: System): number {
  return positions.length < 6
    ? Number.POSITIVE_INFINITY
    : Math.hypot(positions[3] - positions[0], positions[4] - positions[1], positions[5] - positions[2]);
}
