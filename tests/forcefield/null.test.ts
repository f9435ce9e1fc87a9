import { expect, it } from 'vitest';
import { createForceOutput } from '../../src/forcefield/force-field.js';
import { createNullForceField } from '../../src/forcefield/null.js';
import { buildSystem } from '../../src/system/index.js';

it('clears what was in the buffers', () => {
  const output = createForceOutput(8);
  output.energy = 3;
  output.forces.fill(1);
  output.virial.fill(1);
  createNullForceField().compute(buildSystem('si8'), null, output);
  expect(output).toEqual(createForceOutput(8));
});
