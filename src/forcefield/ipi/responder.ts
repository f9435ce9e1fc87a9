// A force field of ours behind the client's end: species from a structure or from INIT, lists that follow the driver's atoms.

import { MdbenchError } from '../../errors.js';
import { createNeighborList, type NeighborList } from '../../neighbors/index.js';
import { createSystem, type Periodicity, type System } from '../../system/index.js';
import { checkElements } from '../analytic-elements.js';
import type { ForceField, ForceOutput } from '../force-field.js';
import type { Question, Responder } from './client.js';
import { atomicUnits, plainUnits, type WireUnits } from './units.js';

export interface ResponderOptions {
  readonly forceField: ForceField;
  /** Gives the elements, in the driver's order, and the boundaries; null: the driver's INIT says them. */
  readonly structure: System | null;
  /** Å */
  readonly skin: number;
}

/** What a driver may write into INIT, as JSON. */
interface Init {
  readonly numbers?: readonly number[];
  readonly pbc?: Periodicity;
  readonly units?: string;
}

/** @throws within calls: MdbenchError `usage` where the elements are unknown, and what checks and force calls throw */
export function createResponder({ forceField, structure, skin }: ResponderOptions): Responder {
  const { description, neighbors } = forceField;
  let told: Init = {};
  let system: System | null = null;
  let list: NeighborList | null = null;

  async function meet({ positions, cell }: Question, output: ForceOutput): Promise<void> {
    const atoms = positions.length / 3;
    const numbers = told.numbers ?? structure?.numbers;
    if (numbers === undefined) throw unknownElements();
    if (numbers.length !== atoms) throw otherCount(atoms, numbers.length);
    const pbc = told.pbc ?? structure?.pbc ?? everyWay(cell.some((component) => component !== 0));
    const met = createSystem({
      name: structure?.name ?? 'the driver’s system',
      numbers,
      positions,
      cell,
      pbc,
    });
    checkElements(description.title, description.elements, met);
    await forceField.prepare(met);
    list = neighbors && createNeighborList({ ...neighbors, skin });
    system = met;
    await call(met, output);
  }

  function call(now: System, output: ForceOutput): void | Promise<void> {
    list?.update(now);
    return forceField.compute(now, list?.pairs ?? null, output);
  }

  return {
    get wantsInit() {
      return structure === null && told.numbers === undefined;
    },
    initialise(text) {
      told = initOf(text);
      system = null;
      if (told.numbers === undefined && structure === null) throw unknownElements();
      return unitsOf(told);
    },
    respond(question, output) {
      if (system === null || system.positions.length !== question.positions.length)
        return meet(question, output);
      system.positions.set(question.positions);
      system.cell.set(question.cell);
      return call(system, output);
    },
  };
}

function unitsOf({ units }: Init): WireUnits {
  return units === plainUnits.name ? plainUnits : atomicUnits;
}

/** Most drivers write nothing, or what only their own clients understand. */
function initOf(text: string): Init {
  if (!text.trimStart().startsWith('{')) return {};
  try {
    const { numbers, pbc, units } = JSON.parse(text);
    const isNumbers = Array.isArray(numbers) && numbers.every((number) => Number.isInteger(number));
    const isPeriodicity = Array.isArray(pbc) && pbc.length === 3;
    return {
      ...(isNumbers ? { numbers } : {}),
      ...(isPeriodicity ? { pbc: [!!pbc[0], !!pbc[1], !!pbc[2]] as const } : {}),
      ...(typeof units === 'string' ? { units } : {}),
    };
  } catch {
    return {};
  }
}

function everyWay(periodic: boolean): Periodicity {
  return [periodic, periodic, periodic];
}

function unknownElements(): MdbenchError {
  return new MdbenchError(
    'usage',
    'The driver asks for forces on atoms of unknown elements: the i-PI protocol sends none.',
    'Give mdbench serve --structure or --system with the same atoms in the same order, or let the driver send JSON like {"numbers": [14, 14]} in INIT.',
  );
}

function otherCount(asked: number, known: number): MdbenchError {
  return new MdbenchError(
    'usage',
    `The driver asks for forces on ${asked} atoms; the elements of ${known} are known.`,
    'Give mdbench serve the structure that the driver moves.',
  );
}
