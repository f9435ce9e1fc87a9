// A force field under examination: any system in, energy, forces and virial out, with a neighbor list of its own. eV, Å.

import { computeForces } from '../dynamics/index.js';
import { MdbenchError } from '../errors.js';
import { createForceOutput, type ForceField, type ForceOutput } from '../forcefield/index.js';
import { createNeighborList, type NeighborList, type Pairs } from '../neighbors/index.js';
import { createRandom } from '../random.js';
import type { System } from '../system/index.js';

export interface Examinee {
  readonly forceField: ForceField;
  readonly precision: ForceField['description']['precision'];
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

export function createExaminee(forceField: ForceField): Examinee {
  const { precision, cutoff } = forceField.description;
  const demand = forceField.neighbors;
  let prepared: System | null = null;
  const isOne = forceField.external?.isLent === true;
  let first: System | null = null;
  let list: NeighborList | null = null;
  return {
    forceField,
    precision,
    cutoff,
    async evaluate(system, shuffle) {
      first ??= system;
      if (isOne && !isAlike(first.numbers, system.numbers)) throw otherAtoms(forceField.description.title);
      if (!prepared || !isPreparedFor(prepared, system, demand === null)) {
        prepared = null;
        await forceField.prepare(system);
        list = demand && createNeighborList({ ...demand, skin: 0 });
        prepared = { ...system, numbers: system.numbers.slice(), cell: system.cell.slice() };
      }
      const output = createForceOutput(system.numbers.length);
      if (shuffle === undefined || !list) await computeForces(system, forceField, list, output);
      else {
        list.update(system);
        await forceField.compute(system, shuffled(list.pairs, shuffle), output);
      }
      return output;
    },
    pairSignature: () => (list ? signatureOf(list.pairs) : 0),
    async dispose() {
      await forceField.dispose();
    },
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

/** The protocol sends no elements, and a client that somebody else started is not started again. */
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
