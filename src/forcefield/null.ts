// The null force field: no energy, no forces. What a step costs around it is the harness's own cost.

import type { ForceField } from './force-field.js';

export function createNullForceField(): ForceField {
  return {
    description: {
      id: 'null',
      kind: 'null',
      title: 'Null force field',
      cutoff: null,
      elements: null,
      precision: 'float64',
      parameters: 0,
      settings: {},
      file: null,
      binding: [],
      assumed: [],
    },
    neighbors: null,
    prepare() {},
    compute(_system, _pairs, output) {
      output.energy = 0;
      output.forces.fill(0);
      output.virial.fill(0);
    },
    dispose() {},
  };
}
