import { describe, expect, it } from 'vitest';
import {
  accelerationUnit,
  boltzmann,
  buildSystem,
  createSystem,
  degreesOfFreedom,
  drawVelocities,
  kineticEnergy,
  temperatureOf,
} from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';

describe('kinetic energy and temperature', () => {
  it('of one argon atom at 1 Å/ps, in SI units by hand', () => {
    const argon = createSystem({
      name: 'one',
      numbers: [18],
      positions: [0, 0, 0],
      velocities: [1e-3, 0, 0],
    });
    const joule = 0.5 * 39.948 * 1.6605390666e-27 * 100 ** 2;
    expect(kineticEnergy(argon) / (joule / 1.602176634e-19)).toBeCloseTo(1, 11);
    expect(temperatureOf(argon) / ((2 * joule) / 3 / 1.380649e-23)).toBeCloseTo(1, 11);
  });

  it('counts 3n − 3 degrees of freedom, 3 for one atom', () => {
    expect([1, 2, 64].map(degreesOfFreedom)).toEqual([3, 3, 189]);
  });
});

describe('drawn velocities', () => {
  it.each(['si64', 'ar108', 'water192', 'aspirin'])(
    '%s: exactly the asked temperature, center of mass at rest',
    (name) => {
      const system = buildSystem(name);
      for (const seed of [0, 1, 12345]) {
        drawVelocities(system, 300, seed);
        expect(Math.abs(temperatureOf(system) - 300)).toBeLessThan(1e-10);
        const momentum = [0, 0, 0];
        system.velocities.forEach((v, k) => {
          momentum[k % 3] += v * system.masses[Math.floor(k / 3)];
        });
        expect(Math.hypot(...momentum)).toBeLessThan(1e-12);
      }
    },
  );

  it('the same seed gives the same bits, another seed others', () => {
    const [first, second] = [buildSystem('si64'), buildSystem('si64')];
    drawVelocities(first, 300, 5);
    drawVelocities(second, 1000, 6);
    expect(second.velocities).not.toEqual(first.velocities);
    drawVelocities(second, 300, 5);
    expect(second.velocities).toEqual(first.velocities);
  });

  it('do not depend on what the velocities were', () => {
    const [rest, moving] = [buildSystem('si8'), buildSystem('si8')];
    moving.velocities.fill(1);
    drawVelocities(rest, 300, 5);
    drawVelocities(moving, 300, 5);
    expect(moving.velocities).toEqual(rest.velocities);
  });

  it('follow Maxwell–Boltzmann: each component of each element normal with variance kT/m (moments 2, 4 and no odd)', () => {
    const [oxygen, hydrogen]: number[][] = [[], []];
    const system = buildSystem('water1536');
    for (let seed = 0; seed < 20; seed++) {
      drawVelocities(system, 300, seed);
      system.velocities.forEach((v, k) => {
        const i = Math.floor(k / 3);
        const reduced = v / Math.sqrt((boltzmann * 300 * accelerationUnit) / system.masses[i]);
        (system.numbers[i] === 8 ? oxygen : hydrogen).push(reduced);
      });
    }
    for (const sample of [oxygen, hydrogen]) {
      const moment = (power: number) => sample.reduce((sum, x) => sum + x ** power, 0) / sample.length;
      const error = 4 / Math.sqrt(sample.length);
      expect(Math.abs(moment(1))).toBeLessThan(error);
      expect(Math.abs(moment(2) - 1)).toBeLessThan(error * Math.SQRT2);
      expect(Math.abs(moment(3))).toBeLessThan(error * Math.sqrt(15));
      expect(Math.abs(moment(4) - 3)).toBeLessThan(error * Math.sqrt(96));
    }
  });

  it('a single atom keeps its motion; 0 K is rest', () => {
    const single = createSystem({ name: 'one', numbers: [18], positions: [0, 0, 0] });
    drawVelocities(single, 94, 1);
    expect(temperatureOf(single)).toBeCloseTo(94, 10);
    drawVelocities(single, 0, 1);
    expect([...single.velocities]).toEqual([0, 0, 0]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuse %d K', (temperature) => {
    const error = thrownBy(() => drawVelocities(buildSystem('si8'), temperature, 1));
    expect(error.code).toBe('option-invalid');
    expect(error.message).toContain(`received ${temperature}`);
  });
});
