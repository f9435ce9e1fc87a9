// A force field under examination: any system in, energy, forces and virial out, with a neighbor list of its own. eV, Å.

import { computeForces } from '../dynamics/index.js';
import { MdbenchError } from '../errors.js';
import { createForceOutput, type ForceField, type ForceOutput } from '../forcefield/index.js';
import { createNeighborList, type NeighborList, type Pairs } from '../neighbors/index.js';
import { createRandom } from '../random.js';
import type { System } from '../system/index.js';

export interface Examinee {
  /** Another one after an external program has broken off. */
  readonly forceField: ForceField;
  /** False: the input of its program fixes them. May turn out at any call. */
  readonly takesOtherAtoms: boolean;
  /** By whose rounding it is judged. */
  readonly precision: ForceField['description']['precision'];
  /** Of another program nobody knows what it computes in, until its energies are seen. */
  judgeAs(precision: ForceField['description']['precision']): void;
  /** Å; null where it is internal to the model and unknown. */
  readonly cutoff: number | null;
  /**
   * A new output each time; the list is built anew whenever an atom has moved. Prepares the force field for other atoms.
   * @param shuffle seed of another order of the neighbors of each atom; the order that they are found in otherwise
   * @throws MdbenchError as `prepare` and `compute` do; `unbindable-inputs` for other atoms where a client knows only its own
   */
  evaluate(system: System, shuffle?: number): Promise<ForceOutput>;
  /** A number that changes when a pair enters or leaves the list of the last call; 0 without a list. */
  pairSignature(): number;
  dispose(): Promise<void>;
}

/** Å; what moves farther between two calls than atoms do is told to a new process: LAMMPS's fix ipi takes it for a small move. */
const longestMove = 1;

/** @param remake starts an external program once more, which has broken off in the call before */
export function createExaminee(forceField: ForceField, remake?: () => Promise<ForceField>): Examinee {
  const { cutoff, title } = forceField.description;
  let { precision } = forceField.description;
  const demand = forceField.neighbors;
  const { isLent = false, isToldElements = true } = forceField.external ?? {};
  let current = forceField;
  let isBroken = false;
  let takesOtherAtoms = !isLent;
  let prepared: System | null = null;
  let first: System | null = null;
  let last: System | null = null;
  let list: NeighborList | null = null;

  async function forcesOf(system: System, shuffle?: number): Promise<ForceOutput> {
    if (!prepared || !isPreparedFor(prepared, system, demand === null)) {
      prepared = null;
      await current.prepare(system);
      list = demand && createNeighborList({ ...demand, skin: 0 });
      prepared = { ...system, numbers: system.numbers.slice(), cell: system.cell.slice() };
    }
    const output = createForceOutput(system.numbers.length);
    if (shuffle === undefined || !list) await computeForces(system, current, list, output);
    else {
      list.update(system);
      await current.compute(system, shuffled(list.pairs, shuffle), output);
    }
    return output;
  }

  return {
    get forceField() {
      return current;
    },
    get takesOtherAtoms() {
      return takesOtherAtoms;
    },
    get precision() {
      return precision;
    },
    judgeAs(other) {
      precision = other;
    },
    cutoff,
    async evaluate(system, shuffle) {
      first ??= system;
      const isOther = !isAlike(first.numbers, system.numbers);
      if (isOther && !takesOtherAtoms) throw otherAtoms(title);
      if (!isToldElements && isUpright(first.cell) && !isNear(system)) throw otherCell(title);
      const isLeap = !isToldElements && last !== null && leap(last, system) > longestMove;
      if ((isBroken || isLeap) && remake && !isLent) {
        await current.dispose();
        [current, isBroken, prepared] = [await remake(), false, null];
      }
      last = system;
      try {
        return await forcesOf(system, shuffle);
      } catch (error) {
        isBroken = error instanceof MdbenchError && error.code === 'external-failed';
        if (!isBroken || !isOther || isToldElements) throw error;
        takesOtherAtoms = false;
        throw otherAtoms(title);
      }
    },
    pairSignature: () => (list ? signatureOf(list.pairs) : 0),
    dispose: async () => current.dispose(),
  };
}

/** A model that looks for neighbors itself is asked again whether it takes a cell. */
function isPreparedFor(prepared: System, system: System, seesCell: boolean): boolean {
  return (
    isAlike(prepared.numbers, system.numbers) &&
    prepared.pbc.every((periodic, d) => periodic === system.pbc[d]) &&
    (!seesCell || isAlike(prepared.cell, system.cell))
  );
}

function isAlike(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.prototype.every.call(a, (value, k) => value === b[k]);
}

/** What a program takes whose input has a cell along the axes: such a cell, and atoms that are in it or beside it. */
function isNear({ cell, pbc, positions }: System): boolean {
  const isBeside = (x: number, k: number) => !pbc[k % 3] || Math.abs(x / cell[4 * (k % 3)] - 0.5) < 1.6;
  return isUpright(cell) && positions.every(isBeside);
}

/** Off-diagonal elements are zero; open boundaries have none at all. */
function isUpright(cell: Float64Array): boolean {
  return cell.every((value, k) => k % 4 === 0 || Math.abs(value) < 1e-9);
}

/** Å, the longest way of an atom along an axis; infinite between systems of other atoms. */
function leap({ positions: before }: System, { positions: after }: System): number {
  if (before.length !== after.length) return Number.POSITIVE_INFINITY;
  return after.reduce((most, x, k) => Math.max(most, Math.abs(x - before[k])), 0);
}

function otherCell(title: string): MdbenchError {
  return new MdbenchError(
    'structure-invalid',
    `The ${title} takes a cell along the axes, as its own input names it, and atoms that lie in it.`,
  );
}

/** The protocol sends no elements; many programs end where the number of atoms is another. */
function otherAtoms(title: string): MdbenchError {
  return new MdbenchError(
    'unbindable-inputs',
    `The ${title} computes the atoms of its own input and no others.`,
  );
}

/** The same pairs, still by center. Without a version: nothing that was derived of others may be kept. */
function shuffled({ count, centers, neighbors, shifts, first }: Pairs, seed: number): Pairs {
  const random = createRandom(seed);
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let center = 0; center + 1 < first.length; center++) {
    for (let k = first[center + 1] - 1; k > first[center]; k--) {
      const other = first[center] + random.integer(k - first[center] + 1);
      [order[k], order[other]] = [order[other], order[k]];
    }
  }
  return {
    count,
    first,
    centers,
    neighbors: order.map((k) => neighbors[k]),
    shifts: Int32Array.from({ length: 3 * count }, (_, k) => shifts[3 * order[Math.floor(k / 3)] + (k % 3)]),
  };
}

/** Sums over pairs, so that their order does not count. */
function signatureOf({ count, centers, neighbors, shifts }: NeighborList['pairs']): number {
  let sum = count;
  for (let k = 0; k < count; k++) {
    const shift = shifts[3 * k] + 37 * shifts[3 * k + 1] + 1369 * shifts[3 * k + 2];
    const mixed = Math.imul(
      Math.imul(centers[k] + 1, 0x9e3779b1) ^ Math.imul(neighbors[k] + 1, 0x85ebca6b),
      shift * 2 + 0x27d4eb2f,
    );
    sum += mixed;
  }
  return sum;
}
