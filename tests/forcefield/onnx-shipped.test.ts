// The shipped silicon models: forces are the gradient of the energy, the virial its strain derivative, symmetries hold.

import { afterAll, describe, expect, it } from 'vitest';
import {
  createForceField,
  createForceOutput,
  type ForceOutput,
  inspectForceField,
} from '../../src/forcefield/index.js';
import { createRandom } from '../../src/random.js';
import { buildSystem, createSystem, type System } from '../../src/system/index.js';
import { pairsFor } from '../support/onnx-run.js';

describe.each(['silicon-student', 'silicon-teacher'])('%s', (name) => {
  const created = createForceField({ name, provider: 'cpu', threads: 1 });
  const crystal = displaced(buildSystem('si8'), 0.15);
  afterAll(async () => (await created).dispose());

  async function evaluate(system: System): Promise<ForceOutput> {
    const forceField = await created;
    await forceField.prepare(system);
    const output = createForceOutput(system.numbers.length);
    await forceField.compute(system, pairsFor(forceField, system), output);
    return output;
  }

  /** dE/dt at t = 0 by the five-point rule. */
  async function slope(systemAt: (t: number) => System, step: number): Promise<number> {
    const energy = async (t: number) => (await evaluate(systemAt(t))).energy;
    const near = (await energy(step)) - (await energy(-step));
    const far = (await energy(2 * step)) - (await energy(-2 * step));
    return (8 * near - far) / (12 * step);
  }

  it('declares everything, and is known to run', async () => {
    const { description, neighbors } = await created;
    expect(description).toMatchObject({ id: name, elements: [14], precision: 'float32', assumed: [] });
    expect(neighbors).toEqual({ cutoff: description.cutoff, kind: 'full', trimmed: true });
    expect(description.settings).toMatchObject({ signature: 'schnet', graphOptimizationLevel: 'all' });
    expect(await inspectForceField(name)).toMatchObject({
      refusal: null,
      sessionRefusal: null,
      runs: { dynamics: true, periodic: true },
    });
  });

  it('has forces that are the gradient of its energy', async () => {
    const { forces } = await evaluate(crystal);
    let error = 0;
    let scale = 0;
    for (let k = 0; k < crystal.positions.length; k += 2) {
      const moved = (t: number) => ({
        ...crystal,
        positions: crystal.positions.map((x, index) => (index === k ? x + t : x)),
      });
      error += (forces[k] + (await slope(moved, 0.02))) ** 2;
      scale += forces[k] ** 2;
    }
    expect(Math.sqrt(error / scale)).toBeLessThan(1e-3);
  });

  it('has a virial that is minus the strain derivative of its energy', async () => {
    const { virial } = await evaluate(crystal);
    const largest = Math.max(...virial.map(Math.abs));
    for (const [a, b] of [
      [0, 0],
      [1, 1],
      [0, 1],
      [2, 1],
    ] as const) {
      const derivative = await slope((t) => strained(crystal, a, b, t), 0.002);
      expect(Math.abs(virial[3 * a + b] + derivative)).toBeLessThan(2e-3 * largest);
    }
  });

  it('does not see the order of atoms, a shift of all, or which image an atom is', async () => {
    const straight = await evaluate(crystal);
    const order = [5, 2, 7, 0, 3, 6, 1, 4];
    const permuted = await evaluate({
      ...crystal,
      positions: Float64Array.from(
        order.flatMap((atom) => [...crystal.positions.subarray(3 * atom, 3 * atom + 3)]),
      ),
    });
    const moved = await evaluate({
      ...crystal,
      positions: crystal.positions.map(
        (x, k) => x + 0.31 + (k < 3 ? crystal.cell[k] - crystal.cell[3 + k] : 0),
      ),
    });
    for (const other of [permuted, moved])
      expect(Math.abs(other.energy - straight.energy)).toBeLessThan(1e-4);
    const largest = Math.max(...straight.forces.map(Math.abs));
    order.forEach((atom, place) => {
      for (let k = 0; k < 3; k++) {
        expect(Math.abs(permuted.forces[3 * place + k] - straight.forces[3 * atom + k])).toBeLessThan(
          1e-4 * largest,
        );
        expect(Math.abs(moved.forces[3 * atom + k] - straight.forces[3 * atom + k])).toBeLessThan(
          1e-4 * largest,
        );
      }
    });
  });

  it('takes an atom without neighbors', async () => {
    const { energy, forces } = await evaluate(
      createSystem({
        name: 'lone',
        numbers: [14],
        positions: [1, 2, 3],
        cell: [30, 0, 0, 0, 30, 0, 0, 0, 30],
        pbc: [true, true, true],
      }),
    );
    expect(Number.isFinite(energy)).toBe(true);
    expect(forces.every((force) => force === 0)).toBe(true);
  });

  it('refuses argon', async () => {
    await expect(evaluate(buildSystem('ar108'))).rejects.toMatchObject({
      code: 'unknown-element',
      message: `${name} does not know Ar; it knows Si.`,
    });
  });
});

function displaced(system: System, size: number): System {
  const random = createRandom(3);
  return { ...system, positions: system.positions.map((x) => x + size * (2 * random.uniform() - 1)) };
}

/** r → r + t · r_b e_a, of positions and lattice vectors. */
function strained(system: System, a: number, b: number, t: number): System {
  const strain = (rows: Float64Array) => rows.map((x, k) => (k % 3 === a ? x + t * rows[k - a + b] : x));
  return { ...system, positions: strain(system.positions), cell: strain(system.cell) };
}
