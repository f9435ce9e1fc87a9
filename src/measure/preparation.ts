// From a case to what its steps need: system, force field, neighbor list, first forces; with the checks before the first step.

import { checkBarostat } from '../dynamics/index.js';
import { MdbenchError } from '../errors.js';
import {
  createForceField,
  createForceOutput,
  type ForceField,
  type ForceFieldOptions,
  type ForceOutput,
} from '../forcefield/index.js';
import { createNeighborList, type NeighborList } from '../neighbors/index.js';
import type { Warning } from '../result/index.js';
import type { CaseSpec, DynamicsSpec, SystemSpec } from '../spec/case.js';
import {
  buildSystem,
  checkLargestForce,
  checkSystem,
  describeSystem,
  loadStructure,
  type System,
} from '../system/index.js';
import { now } from './clock.js';
import type { ColdCalls } from './cold-calls.js';
import { measureRoundTrip } from './external-side.js';
import { modelWarnings } from './model-warnings.js';
import type { Prepared } from './protocol.js';

export interface Preparation {
  readonly system: System;
  readonly forceField: ForceField;
  readonly list: NeighborList | null;
  readonly output: ForceOutput;
  readonly records: Prepared;
  /** ms to read, bind and load the force field. */
  readonly sessionCreate: number;
  /** ms: a force call to another process without what it computes; null for a force field that is computed here. */
  readonly roundTrip: number | null;
  /** False: the velocities of the structure file are the start. */
  readonly drawsVelocities: boolean;
}

/**
 * @param options see `createForceField`
 * @throws MdbenchError when the case cannot run: unknown names, elements, cells, files that are no force field.
 */
export async function prepareCase(
  spec: CaseSpec,
  cold: ColdCalls,
  options: ForceFieldOptions = {},
): Promise<Preparation> {
  const system = systemOf(spec.system);
  const started = now();
  const forceField = await createForceField(specOf(spec), options);
  const sessionCreate = now() - started;
  const { title, elements, cutoff } = forceField.description;
  const warnings: Warning[] = [...checkSystem(system, { elements, cutoff })];
  warnings.push(...modelWarnings(forceField.description, system.numbers.length));
  await forceField.prepare(system);
  const list = forceField.neighbors
    ? createNeighborList({ ...forceField.neighbors, skin: spec.dynamics.skin })
    : null;
  const output = createForceOutput(system.numbers.length);
  list?.update(system);
  const called = now();
  await forceField.compute(system, list?.pairs ?? null, output);
  cold.add(now() - called);
  if (!Number.isFinite(output.energy) || !output.forces.every(Number.isFinite)) {
    throw new MdbenchError(
      'structure-invalid',
      `${title} gives no finite energy and forces for the starting positions of ${system.name} (energy ${output.energy} eV).`,
      'Look at the structure: overlapping atoms, elements that the force field was not made for, or a broken model file.',
    );
  }
  if (spec.dynamics.ensemble === 'npt') checkBarostat({ system, forceField }, output);
  warnings.push(...checkLargestForce(output.forces));
  const { drawsVelocities, ...notes } = velocitiesOf(system, spec.dynamics);
  warnings.push(...notes.warnings);
  const roundTrip = await measureRoundTrip(forceField, system);
  const described = structuredClone(forceField.description);
  const measured = roundTrip === null ? {} : { roundTripMs: roundTrip };
  const records = {
    forceField: { ...described, settings: { ...described.settings, ...measured } } as never,
    system: systemRecordOf(system, output),
    warnings,
  };
  return { system, forceField, list, output, records, sessionCreate, roundTrip, drawsVelocities };
}

/** Velocities of a structure file are kept for one trajectory that is not equilibrated first; else new ones are drawn. */
function velocitiesOf({ velocities }: System, { equilibrate, seeds }: DynamicsSpec) {
  if (velocities.every((component) => component === 0)) return { drawsVelocities: true, warnings: [] };
  return equilibrate > 0 || seeds > 1
    ? { drawsVelocities: true, warnings: [{ code: 'velocities-replaced', values: {} }] }
    : { drawsVelocities: false, warnings: [{ code: 'velocities-from-structure', values: {} }] };
}

/** A barostat needs the stress, which nothing else pays for. */
function specOf({ forceField, dynamics }: CaseSpec): CaseSpec['forceField'] {
  return dynamics.ensemble === 'npt' ? { ...forceField, stress: true } : forceField;
}

export function systemOf(spec: SystemSpec): System {
  return 'name' in spec ? buildSystem(spec.name) : loadStructure(spec.structure, spec.repeat);
}

function systemRecordOf(system: System, output: ForceOutput): NonNullable<Prepared['system']> {
  const { formula, density, shortestDistance } = describeSystem(system);
  return {
    name: system.name,
    atoms: system.numbers.length,
    formula,
    cell: [...system.cell],
    pbc: [...system.pbc] as [boolean, boolean, boolean],
    density,
    shortestDistance,
    largestForce: largestNorm(output.forces),
  };
}

function largestNorm(vectors: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < vectors.length; k += 3) {
    largest = Math.max(largest, Math.hypot(vectors[k], vectors[k + 1], vectors[k + 2]));
  }
  return largest;
}
