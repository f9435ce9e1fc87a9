import { expect, it } from 'vitest';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import { buildSystem, createSystem, cubicCrystal } from '../../src/system/index.js';
import { evaluate, rattled, transformed } from '../support/physics.js';
import { examineForceField } from '../support/physics-examination.js';

const sheared = [1.02, 0, 0, 0.07, 0.97, 0, -0.04, 0.05, 1.01];
const crystal = rattled(buildSystem('si64'), 0.1, 1);
const dense = rattled(cubicCrystal('si8-dense', 'diamond', 14, 4.7, 1), 0.1, 2);
const simpleCubic = rattled(cubicCrystal('si1-cubic', 'simple-cubic', 14, 2.6, 1), 0.1, 3);

examineForceField('Stillinger–Weber', () => createStillingerWeber(), [
  rattled(buildSystem('si8'), 0.1, 4),
  transformed(dense, sheared),
  { ...dense, name: 'si8-wire', pbc: [false, false, true] },
  { ...rattled(buildSystem('si8'), 0.1, 5), name: 'si8-open', pbc: [false, false, false] },
]);

it('binds the diamond crystal by 4.3366 eV an atom at 5.431 Å, without force or stress', () => {
  const { energy, forces, virial } = evaluate(createStillingerWeber(), buildSystem('si64'));
  expect(energy / 64).toBeCloseTo(-4.3366, 5);
  for (const force of forces) expect(Math.abs(force)).toBeLessThan(1e-12);
  for (const component of virial) expect(Math.abs(component)).toBeLessThan(0.05);
});

it('binds a lone pair at its minimum by ε', () => {
  const energyAt = (r: number) =>
    evaluate(
      createStillingerWeber(),
      createSystem({ name: 'dimer', numbers: [14, 14], positions: [0, 0, 0, 0, r, 0] }),
    ).energy;
  expect(energyAt(2 ** (1 / 6) * 2.0951)).toBeCloseTo(-2.1683, 6);
});

it('counts the images of a lone atom in a cell of 2.6 Å', () => {
  const one = evaluate(createStillingerWeber(), simpleCubic);
  const many = evaluate(createStillingerWeber(), cubicCrystal('si27', 'simple-cubic', 14, 2.6, 3));
  expect(one.energy).toBeCloseTo(many.energy / 27, 11);
});

it('stays finite where a neighbor sits on the cutoff', () => {
  for (let k = -40; k <= 40; k++) {
    const r = 1.8 * 2.0951 * (1 + k * 2 ** -53);
    const pair = createSystem({ name: 'edge', numbers: [14, 14], positions: [0, 0, 0, r, 0, 0] });
    expect(evaluate(createStillingerWeber(), pair).energy).toBeCloseTo(0, 15);
  }
});

it('is for silicon only, with sensible parameters', () => {
  expect(() => createStillingerWeber().prepare(buildSystem('ar108'))).toThrow(
    /parameters for Si; atom 1 of ar108 is Ar/,
  );
  expect(() => createStillingerWeber().prepare(crystal)).not.toThrow();
  expect(() => createStillingerWeber({ sigma: 0 })).toThrow(
    expect.objectContaining({ code: 'option-invalid' }),
  );
  expect(() => createStillingerWeber({ cosTheta0: 2 })).toThrow(
    expect.objectContaining({ code: 'option-invalid' }),
  );
});
