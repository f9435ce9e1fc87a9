// Forces and virial of an energy-only model: −∂E/∂positions and −∂E/∂strain behind its graph, and their binding.

import { clone, create } from '@bufbuild/protobuf';
import {
  type Accumulation,
  addForces,
  createEmitter,
  type Feeds,
  type ModelChange,
  type ModelProto,
  ModelProtoSchema,
  TypeProtoSchema,
  tensorOf,
  ValueInfoProtoSchema,
} from '../../onnx/index.js';
import type { Binding, InputBinding, OutputBinding } from './binding.js';
import { graphRunner } from './graph-runner.js';

/** What is asked for, by the names that the outputs shall have. */
export interface WantedOutputs {
  readonly forces: string;
  readonly virial?: string;
  /** Needs a cell: the input of the model, or a new one of this name. */
  readonly stress?: { readonly name: string; readonly cell: string };
}

/**
 * How gathered rows are added up: ScatterND is the fastest by far and a data race above one thread (onnxruntime issues
 * 18048, 23396); sorted rows are right on any number of threads.
 */
export function accumulationFor(threads: number | undefined): Accumulation {
  return threads === 1 ? 'nd' : 'sorted';
}

export interface Derived {
  readonly model: ModelProto;
  readonly binding: Binding;
  readonly change: ModelChange;
}

/**
 * @param probes feeds of systems that differ in every count
 * @throws MdbenchError `not-differentiable`
 */
export function deriveForces(
  model: ModelProto,
  binding: Binding,
  probes: readonly Feeds[],
  asked: WantedOutputs,
  accumulation: Accumulation,
): Derived {
  const wanted = ofOwnCell(asked, binding);
  const total = withTotalEnergy(model, binding);
  const input = (role: string) => binding.inputs.find((found) => found.role === role)?.tensor;
  const shifts = input('shifts') ?? input('ghost-shifts');
  const [cellShifts, cell] = [input('cell-shifts'), input('cell')];
  const { model: differentiated, change } = addForces(total.model, {
    run: graphRunner,
    probes,
    energy: total.energy,
    positions: input('positions')!,
    ...(shifts ? { shifts } : {}),
    ...(cellShifts && cell ? { cellShifts: { shifts: cellShifts, cell } } : {}),
    ...(cell && !cellShifts ? { cell } : {}),
    outputs: wanted,
    accumulation,
  });
  return { model: differentiated, binding: boundForces(binding, wanted), change };
}

/** A stress is of the cell that the model takes, where it takes one. */
function ofOwnCell(asked: WantedOutputs, { inputs }: Binding): WantedOutputs {
  const own = inputs.find(({ role }) => role === 'cell')?.tensor;
  return asked.stress && own ? { ...asked, stress: { ...asked.stress, cell: own } } : asked;
}

/** The energy whose gradient is wanted: of the whole system, and with the sign of an energy. */
function withTotalEnergy(model: ModelProto, binding: Binding): { model: ModelProto; energy: string } {
  const output = binding.outputs.find((found) => found.role === 'energy')!;
  if (binding.energy !== 'mean-per-atom' && output.sign === 1) return { model, energy: output.tensor };
  const changed = clone(ModelProtoSchema, model);
  const graph = changed.graph!;
  const emit = createEmitter(graph, () => ({ type: output.type, probes: [] }));
  let energy = output.tensor;
  if (binding.energy === 'mean-per-atom') {
    const positions = binding.inputs.find((found) => found.role === 'positions')!;
    const components = emit.op('Size', [positions.tensor]);
    const atoms = emit.div(components, emit.constant(tensorOf('int64', [3], [])));
    energy = emit.mul(energy, emit.op('CastLike', [atoms, energy]));
  }
  if (output.sign === -1) energy = emit.neg(energy);
  const value = graph.output.find(({ name }) => name === output.tensor)!;
  graph.output.push(
    create(ValueInfoProtoSchema, { name: energy, type: clone(TypeProtoSchema, value.type!) }),
  );
  return { model: changed, energy };
}

/** The binding of the differentiated model: what it gave of its own is no longer read. */
function boundForces(binding: Binding, wanted: WantedOutputs): Binding {
  const positions = binding.inputs.find((found) => found.role === 'positions')!;
  const { length, energy, lengthScale, energyScale } = binding.units;
  const kept = binding.outputs.filter(({ role }) => role === 'energy');
  const strain: OutputBinding[] = [];
  if (wanted.virial) strain.push(derived(wanted.virial, 'virial', positions, [3, 3]));
  if (wanted.stress) strain.push(derived(wanted.stress.name, 'stress', positions, [3, 3]));
  return {
    ...binding,
    inputs: [...binding.inputs, ...addedCell(binding, wanted, positions)],
    outputs: [...kept, derived(wanted.forces, 'forces', positions, positions.shape), ...strain],
    units: {
      length,
      energy,
      lengthScale,
      energyScale,
      forceScale: energyScale / lengthScale,
      stressScale: energyScale / lengthScale ** 3,
    },
  };
}

function addedCell({ inputs }: Binding, { stress }: WantedOutputs, { type }: InputBinding): InputBinding[] {
  if (!stress || inputs.some(({ tensor }) => tensor === stress.cell)) return [];
  return [{ tensor: stress.cell, direction: 'input', role: 'cell', source: 'autodiff', type, shape: [3, 3] }];
}

function derived(
  tensor: string,
  role: OutputBinding['role'],
  { type }: InputBinding,
  shape: InputBinding['shape'],
): OutputBinding {
  return { tensor, direction: 'output', role, source: 'autodiff', type, shape, sign: 1 };
}
