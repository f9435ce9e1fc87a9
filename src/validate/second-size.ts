// Another number of atoms works. A tracing exporter can bake the one that it saw into a graph whose axes say otherwise.

import { createSystem, repeatSystem, type System } from '../system/index.js';
import { loneAtom } from './clusters.js';
import { type Examination, type Finding, type Item, judged, skipped } from './examination.js';
import type { Examinee } from './examinee.js';
import { opened, twice } from './motions.js';
import { roundingOf } from './rounding.js';

/**
 * Share by which the binding energy an atom may change: taking one atom of nine out of a molecule costs a third of it at
 * most, and a sum over a baked number of atoms loses half. At least 1 eV, where nothing binds.
 */
const change = 0.5;
const leastChange = 1;
/** Å between copies in the open. */
const apart = 60;

export const secondSize: Item = {
  id: 'second-size',
  needs: [],
  async run(examination) {
    const { fixedAtoms, system } = examination;
    if (fixedAtoms !== null && examination.examinee.forceField.external) return skipped('fixed-atoms');
    if (fixedAtoms !== null)
      return { ...judged(0, 0, ''), status: 'warn', value: null, tolerance: null, values: { fixedAtoms } };
    const alone = await aloneEnergies(examination);
    const binding = (one: System, energy: number) =>
      (energy - one.numbers.reduce((sum, number) => sum + (alone.get(number) ?? 0), 0)) / one.numbers.length;
    const before = binding(system, examination.truth.energy);
    const tolerance = Math.max(leastChange, change * Math.abs(before));
    let worst: Finding | null = null;
    for (const other of [withoutLast(system), doubled(system)].filter((one) => one !== null)) {
      const said = await sizeOf(examination.examinee, other);
      const atoms = other.numbers.length;
      if ('message' in said) return broken(tolerance, { atoms, message: said.message });
      const finite = said.forces.every(Number.isFinite);
      const { force } = roundingOf(examination.examinee.precision, other, said);
      const moved = atoms <= system.numbers.length || feels(said.forces, system, examination, force);
      if (!moved) return broken(tolerance, { atoms, numb: true });
      const difference = finite ? Math.abs(binding(other, said.energy) - before) : Number.NaN;
      const finding = judged(difference, tolerance, 'eV/atom', { atoms });
      if (worst === null || finding.status === 'fail' || finding.value! > worst.value!) worst = finding;
      if (finding.status === 'fail') return finding;
    }
    return worst!;
  },
};

/** The atoms beyond the first size have forces as the first ones have. */
function feels(forces: Float64Array, { numbers }: System, { truth }: Examination, rounding: number): boolean {
  const felt = (values: Float64Array) => values.some((force) => Math.abs(force) > rounding);
  return !felt(truth.forces) || felt(forces.subarray(3 * numbers.length));
}

async function sizeOf(examinee: Examinee, system: System) {
  try {
    return await examinee.evaluate(system);
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

/** eV of each element by itself; none where the force field cannot say, and then the total energy is compared. */
async function aloneEnergies({ examinee, system, place }: Examination): Promise<ReadonlyMap<number, number>> {
  const energies = new Map<number, number>();
  for (const number of new Set(system.numbers)) {
    const said = await sizeOf(examinee, place(loneAtom(number)));
    if ('message' in said || !Number.isFinite(said.energy)) return new Map();
    energies.set(number, said.energy);
  }
  return energies;
}

function withoutLast(system: System): System | null {
  const count = system.numbers.length - 1;
  if (count < 1) return null;
  return createSystem({
    name: `${system.name}-but-one`,
    numbers: system.numbers.slice(0, count),
    positions: system.positions.slice(0, 3 * count),
    cell: system.cell,
    pbc: system.pbc,
  });
}

function doubled(system: System): System {
  const axis = system.pbc.indexOf(true);
  if (axis < 0) return opened(twice(system, apart));
  return repeatSystem(system, [0, 1, 2].map((d) => (d === axis ? 2 : 1)) as [number, number, number]);
}

function broken(tolerance: number, values: Finding['values']): Finding {
  return { status: 'fail', value: null, unit: 'eV/atom', tolerance, values };
}
