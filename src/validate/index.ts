// The examination of a force field before a step is timed. To add an item: a file here, a line in `items`, a test.

import { asMdbenchError, MdbenchError } from '../errors.js';
import type { ForceField } from '../forcefield/index.js';
import type { System } from '../system/index.js';
import { loneAtom } from './clusters.js';
import { cutoffSmoothness } from './cutoff-smoothness.js';
import { defaultSystems, fixedAtoms } from './default-system.js';
import type { Examination, Finding, Item, Need } from './examination.js';
import { skipped } from './examination.js';
import { createExaminee, type Examinee } from './examinee.js';
import { gradient } from './gradient.js';
import { inversion } from './inversion.js';
import { isolatedAtom } from './isolated-atom.js';
import { extentOf, rattled, transformed } from './motions.js';
import { netForce } from './net-force.js';
import { periodicImages } from './periodic-images.js';
import { permutation } from './permutation.js';
import { repeatable } from './repeatable.js';
import { rotation } from './rotation.js';
import { largest } from './rounding.js';
import { secondSize } from './second-size.js';
import { seenPrecision } from './seen-precision.js';
import { shortDistance } from './short-distance.js';
import { stress } from './stress.js';
import { supercell } from './supercell.js';
import { torque } from './torque.js';
import { translation } from './translation.js';
import { unitProbe } from './unit-probe.js';
import { unknownElement } from './unknown-element.js';

/** In the order of a report. */
export const items: readonly Item[] = [
  repeatable,
  translation,
  rotation,
  inversion,
  permutation,
  secondSize,
  supercell,
  periodicImages,
  gradient,
  netForce,
  torque,
  stress,
  cutoffSmoothness,
  isolatedAtom,
  unknownElement,
  shortDistance,
  unitProbe,
];

/** Raised when an item judges otherwise than before: what was found earlier is then not reused. */
export const examinationRevision = 3;

/** Makes the force field that is examined; a new one at every call. */
export type MakeForceField = (change: {
  readonly threads?: number;
  readonly precision?: 'f64';
}) => Promise<ForceField>;

export interface ExaminedItem extends Finding {
  readonly id: string;
}

export interface Subject {
  readonly examinee: Examinee;
  /** Made for it, or as it was given; each atom off its place by some hundredths of an Å. */
  readonly system: System;
}

/**
 * A force field with the system that it is examined on, after one call.
 * @param given null: one that is made for it
 * @throws MdbenchError: what `make`, `prepare` and `compute` throw; `structure-invalid` where no system can be made
 */
export async function openSubject(make: MakeForceField, given: System | null): Promise<Subject> {
  const examinee = createExaminee(await make({}), () => make({}));
  try {
    const system = await takenSystem(examinee, given);
    if (examinee.forceField.description.kind === 'external')
      examinee.judgeAs(await seenPrecision(examinee, system));
    return { examinee, system };
  } catch (error) {
    await examinee.dispose();
    throw error;
  }
}

export interface ExamineOptions {
  /** Every item unless told. */
  readonly ids?: readonly string[] | undefined;
  /** Takes the time to look around; what it throws ends the examination. */
  readonly beforeItem?: (() => Promise<void>) | undefined;
}

/** Runs the items. What the force field refuses is skipped with its reason; where it breaks, the item fails. */
export async function examineSubject(
  { examinee, system }: Subject,
  make: MakeForceField,
  { ids, beforeItem }: ExamineOptions = {},
): Promise<readonly ExaminedItem[]> {
  const double = await doubleTwin(examinee, make, system);
  const examination: Examination = {
    examinee,
    double,
    system,
    truth: await examinee.evaluate(system),
    elements: [...new Set(system.numbers)].slice(0, 3),
    known: examinee.forceField.description.elements,
    get fixedAtoms() {
      return atomsOf(examinee, system);
    },
    place: await placing(examinee, system),
    fresh: async (threads) => createExaminee(await make({ threads })),
  };
  const found: ExaminedItem[] = [];
  for (const item of items) {
    if (ids && !ids.includes(item.id)) continue;
    await beforeItem?.();
    found.push({ id: item.id, ...(await findingOf(item, examination)) });
  }
  if (double && double !== examinee) await double.dispose();
  return found;
}

/** Of a program whose own input names the atoms: those. */
function atomsOf({ takesOtherAtoms, forceField }: Examinee, system: System): number | null {
  return takesOtherAtoms ? fixedAtoms(forceField.description) : system.numbers.length;
}

async function findingOf(item: Item, examination: Examination): Promise<Finding> {
  const missing = item.needs.find((need) => !meets(need, examination));
  if (missing) return skipped(missing === 'sizes' ? 'fixed-atoms' : `not-${missing}`);
  try {
    return await item.run(examination);
  } catch (error) {
    if (!(error instanceof MdbenchError)) throw error;
    const { code, message } = error;
    if (refusals.includes(code) || (code === 'unbindable-inputs' && examination.fixedAtoms !== null))
      return skipped(code === 'unbindable-inputs' ? 'fixed-atoms' : code, { message });
    return { status: 'fail', value: null, unit: '', tolerance: null, values: { code, message } };
  }
}

/** What a force field says of a system that it was not made for. */
const refusals: readonly string[] = [
  'open-boundaries-only',
  'cell-too-small',
  'structure-invalid',
  'unknown-element',
];

function meets(need: Need, { system, truth, fixedAtoms: fixed }: Examination): boolean {
  if (need === 'periodic') return system.pbc.includes(true);
  if (need === 'virial') return truth.virial.every(Number.isFinite);
  return fixed === null;
}

/** Å, rms along each axis: at the places of a crystal all forces vanish, and what is wrong with them too. */
const givenSpread = 0.05;
/** eV/Å; what is beyond means little to a force field, and its rounding hides everything. */
const plainForces = 100;
/** Nothing is left of bonds at three times their length. */
const farApart = [3, 0, 0, 0, 3, 0, 0, 0, 3];

async function takenSystem(examinee: Examinee, given: System | null): Promise<System> {
  if (given) {
    const system = rattled(given, givenSpread, 11);
    await examinee.evaluate(system);
    return system;
  }
  let refusal: unknown = null;
  let strained: System | null = null;
  for (const system of defaultSystems(examinee.forceField.description)) {
    try {
      const { energy, forces } = await examinee.evaluate(system);
      const works = Number.isFinite(energy) && forces.every(Number.isFinite);
      if (!works || largest(forces) === 0) continue;
      if (largest(forces) < plainForces && (await isLikely(examinee, system, energy))) return system;
      strained ??= system;
    } catch (error) {
      refusal ??= asMdbenchError(error);
    }
  }
  if (strained) return strained;
  throw (
    refusal ??
    new MdbenchError(
      'structure-invalid',
      `${examinee.forceField.description.title} gives no finite forces, or none at all, on any of the systems that were tried.`,
      'Name one that it was made for, with --system or --structure; if it should know these elements, look at the units that were assumed (mdbench inspect).',
    )
  );
}

/** A model that takes no species was made for one element or mixture: the one which it holds together. */
async function isLikely(
  { forceField, evaluate }: Examinee,
  system: System,
  energy: number,
): Promise<boolean> {
  const { kind, binding } = forceField.description;
  if (kind !== 'onnx' || binding.some(({ role }) => role === 'species' || role === 'ghost-species'))
    return true;
  return energy < (await evaluate(transformed(system, farApart))).energy;
}

/** Itself where it is double; null where what was made is not. */
async function doubleTwin(
  examinee: Examinee,
  make: MakeForceField,
  system: System,
): Promise<Examinee | null> {
  if (examinee.precision === 'float64') return examinee;
  let twin: Examinee | null = null;
  try {
    twin = createExaminee(await make({ precision: 'f64' }));
    if (twin.precision === 'float64' && Number.isFinite((await twin.evaluate(system)).energy)) return twin;
  } catch (error) {
    if (!(error instanceof MdbenchError)) throw error;
  }
  await twin?.dispose();
  return null;
}

/** Å of free space on each side of a cluster in a box, where the cutoff is unknown. */
const clearance = 12;

/** Clusters stay in the open, unless the force field wants a cell. */
async function placing(examinee: Examinee, system: System): Promise<Examination['place']> {
  try {
    await examinee.evaluate(loneAtom(system.numbers[0]));
    return (cluster) => cluster;
  } catch (error) {
    if (!(error instanceof MdbenchError)) throw error;
    if (error.code !== 'structure-invalid' && error.code !== 'session-failed') return (cluster) => cluster;
  }
  const gap = 2 * (examinee.cutoff ?? clearance) + 2;
  return (cluster) => {
    const edge = extentOf(cluster) + gap;
    return { ...cluster, cell: Float64Array.of(edge, 0, 0, 0, edge, 0, 0, 0, edge), pbc: [true, true, true] };
  };
}
