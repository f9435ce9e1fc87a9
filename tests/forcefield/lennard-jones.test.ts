import { describe, expect, it } from 'vitest';
import { createLennardJones, type LennardJonesOptions } from '../../src/forcefield/lennard-jones.js';
import { buildSystem, createSystem, cubicCrystal } from '../../src/system/index.js';
import { evaluate, rattled, transformed } from '../support/physics.js';
import { examineForceField } from '../support/physics-examination.js';

const sheared = [1.02, 0, 0, 0.07, 0.97, 0, -0.04, 0.05, 1.01];
const crystal = rattled(cubicCrystal('argon32', 'fcc', 18, 5.4, 2), 0.12, 1);
const tiny = rattled(cubicCrystal('argon4', 'fcc', 18, 5.35, 1), 0.1, 2);

examineForceField('Lennard-Jones, shifted', () => createLennardJones(), [
  crystal,
  transformed(tiny, sheared),
  { ...tiny, name: 'argon4-slab', pbc: [true, true, false] },
]);
examineForceField('Lennard-Jones, switched', () => createLennardJones({ cut: 'switched' }), [
  transformed(crystal, sheared),
  { ...crystal, name: 'argon32-open', pbc: [false, false, false] },
]);

describe('a pair of argon atoms', () => {
  function pairAt(r: number, options: LennardJonesOptions): { energy: number; pull: number } {
    const dimer = createSystem({ name: 'dimer', numbers: [18, 18], positions: [0, 0, 0, r, 0, 0] });
    const { energy, forces } = evaluate(createLennardJones(options), dimer);
    return { energy, pull: forces[0] };
  }

  it('is bound by ε at 2^(1/6) σ, where the force is zero', () => {
    const { energy, pull } = pairAt(2 ** (1 / 6) * 3.405, { cut: 'plain' });
    expect(energy).toBeCloseTo(-0.0104, 15);
    expect(pull).toBeCloseTo(0, 15);
  });

  it('loses the energy at the cutoff when shifted, with the same force', () => {
    const plain = pairAt(4, { cut: 'plain' });
    const shifted = pairAt(4, {});
    const sixth = (3.405 / 8.5125) ** 6;
    expect(plain.energy - shifted.energy).toBeCloseTo(4 * 0.0104 * (sixth * sixth - sixth), 15);
    expect(shifted.pull).toBe(plain.pull);
  });

  it.each(['switchStart', 'cutoff'] as const)(
    'is continuous in energy, force and slope at %s when switched',
    (end) => {
      const options = { cut: 'switched', switchStart: 6.5, cutoff: 8.5 } as const;
      const at = (by: number) => pairAt(options[end] + by, options);
      const h = 1e-6;
      expect(Math.abs(at(h).energy - at(-h).energy)).toBeLessThan(1e-8);
      expect(Math.abs(at(h).pull - at(-h).pull)).toBeLessThan(1e-8);
      const slope = (from: number) => (at(from + h).pull - at(from).pull) / h;
      expect(Math.abs(slope(h) - slope(-2 * h))).toBeLessThan(1e-6);
      expect(Math.abs(slope(-1e-3) - slope(-2e-1))).toBeGreaterThan(1e-5);
    },
  );

  it('is bare below the switch and nothing beyond the cutoff', () => {
    expect(pairAt(6.4, { cut: 'switched', switchStart: 6.5 })).toEqual(pairAt(6.4, { cut: 'plain' }));
    expect(pairAt(8.52, { cut: 'switched' })).toEqual({ energy: 0, pull: 0 });
  });
});

describe('misuse', () => {
  it('names the element that it has no parameters for', () => {
    expect(() => createLennardJones().prepare(buildSystem('si8'))).toThrow(
      /parameters for Ar; atom 1 of si8 is Si/,
    );
    expect(() => createLennardJones({ elements: null }).prepare(buildSystem('si8'))).not.toThrow();
  });

  it.each([{ epsilon: 0 }, { sigma: Number.NaN }, { cutoff: -1 }, { cutoff: 8, switchStart: 8 }])(
    'refuses %o',
    (options) => {
      expect(() => createLennardJones(options)).toThrow(expect.objectContaining({ code: 'option-invalid' }));
    },
  );
});

it('says in its description what changes its results', () => {
  expect(createLennardJones({ cut: 'switched' }).description.settings).toEqual({
    epsilon: 0.0104,
    sigma: 3.405,
    cutoff: 8.5125,
    cut: 'switched',
    switchStart: 6.81,
  });
});
