// What every analytic force field must pass: forces and virial are derivatives, and the symmetries of space hold.

import { describe, expect, it } from 'vitest';
import type { ForceField } from '../../src/forcefield/force-field.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { repeatSystem } from '../../src/system/index.js';
import type { System } from '../../src/system/system.js';
import {
  differenceForces,
  differenceVirial,
  evaluate,
  largestDifference,
  randomRotation,
  relativeDifference,
  reordered,
  reorderedRows,
  scattered,
  shuffledOrder,
  timesMatrix,
  transformed,
} from './physics.js';

/** Each system displaced from symmetry, so that forces are of the order of 0.01–10 eV/Å. */
export function examineForceField(title: string, create: () => ForceField, systems: readonly System[]): void {
  describe.each(systems.map((system) => [system.name, system] as const))(`${title}, %s`, (_, system) => {
    const forceField = create();
    const truth = evaluate(forceField, system);

    it('gives forces that are the gradient of its energy', () => {
      expect(relativeDifference(truth.forces, differenceForces(forceField, system))).toBeLessThan(1e-8);
    });

    it('gives a virial that is the strain derivative of its energy, and symmetric', () => {
      expect(relativeDifference(truth.virial, differenceVirial(forceField, system))).toBeLessThan(1e-8);
      for (const [a, b] of [
        [1, 3],
        [2, 6],
        [5, 7],
      ])
        expect(truth.virial[a]).toBe(truth.virial[b]);
    });

    it('pushes nothing as a whole', () => {
      for (let d = 0; d < 3; d++) {
        const total = truth.forces.reduce((sum, force, k) => (k % 3 === d ? sum + force : sum), 0);
        expect(Math.abs(total)).toBeLessThan(1e-12);
      }
    });

    it('does not see the order of the atoms', () => {
      const order = shuffledOrder(system.numbers.length, 5);
      const shuffled = evaluate(forceField, reordered(system, order));
      expect(shuffled.energy).toBeCloseTo(truth.energy, 10);
      expect(largestDifference(shuffled.forces, reorderedRows(truth.forces, order))).toBeLessThan(1e-11);
    });

    it('does not see where the system is', () => {
      const moved = { ...system, positions: system.positions.map((x, k) => x + [3.1, -7.7, 0.4][k % 3]) };
      const there = evaluate(forceField, moved);
      expect(there.energy).toBeCloseTo(truth.energy, 10);
      expect(largestDifference(there.forces, truth.forces)).toBeLessThan(1e-11);
      expect(largestDifference(there.virial, truth.virial)).toBeLessThan(1e-10);
    });

    it('does not see in which cell an atom is listed', () => {
      const there = evaluate(forceField, scattered(system, 8));
      expect(there.energy).toBeCloseTo(truth.energy, 10);
      expect(largestDifference(there.forces, truth.forces)).toBeLessThan(1e-11);
      expect(largestDifference(there.virial, truth.virial)).toBeLessThan(1e-9);
    });

    it('turns with the system', () => {
      const rotation = randomRotation(3);
      const turned = evaluate(forceField, transformed(system, rotation));
      expect(turned.energy).toBeCloseTo(truth.energy, 10);
      expect(largestDifference(turned.forces, timesMatrix(truth.forces, rotation))).toBeLessThan(1e-11);
      const virial = timesMatrix(transposed(timesMatrix(truth.virial, rotation)), rotation);
      expect(largestDifference(turned.virial, virial)).toBeLessThan(1e-10);
    });

    it('is extensive', () => {
      const counts = system.pbc.map((isPeriodic) => (isPeriodic ? 2 : 1)) as [number, number, number];
      const copies = counts[0] * counts[1] * counts[2];
      const many = evaluate(forceField, repeatSystem(system, counts));
      expect(many.energy / copies).toBeCloseTo(truth.energy, 10);
      expect(
        largestDifference(
          many.virial.map((w) => w / copies),
          truth.virial,
        ),
      ).toBeLessThan(1e-10);
    });

    it('ignores pairs beyond its cutoff, whatever list they come in', () => {
      const skinned = evaluate(forceField, system, 1.3);
      expect(Math.abs(skinned.energy - truth.energy)).toBeLessThan(1e-12 * Math.abs(truth.energy));
      expect(largestDifference(skinned.forces, truth.forces)).toBeLessThan(1e-12);
    });

    it('follows a list that is kept while atoms move, and one that is rebuilt', () => {
      const list = createNeighborList({ ...forceField.neighbors!, skin: 0.5 });
      const moving = { ...system, positions: system.positions.slice() };
      const output = evaluate(forceField, moving);
      for (let k = 0; k < 8; k++) {
        moving.positions.forEach((_, i) => {
          moving.positions[i] += 0.06 * Math.sin(i);
        });
        list.update(moving);
        forceField.compute(moving, list.pairs, output);
        const fresh = evaluate(create(), moving);
        expect(output.energy).toBeCloseTo(fresh.energy, 10);
        expect(largestDifference(output.forces, fresh.forces)).toBeLessThan(1e-11);
      }
      expect(list.rebuilds).toBeGreaterThan(0);
      expect(list.rebuilds).toBeLessThan(8);
    });

    it('gives the same bits again', () => {
      expect(evaluate(create(), system)).toEqual(truth);
    });
  });
}

function transposed(m: Float64Array): Float64Array {
  return Float64Array.from([0, 3, 6, 1, 4, 7, 2, 5, 8], (k) => m[k]);
}
