// Reads energy, forces and virial out of the output tensors of a model, in eV and eV/Å.

import type { Tensor } from 'onnxruntime-node';
import { MdbenchError } from '../../errors.js';
import type { StressLayout } from '../../spec/manifest.js';
import { cellVolume } from '../../system/index.js';
import type { ForceOutput } from '../force-field.js';
import type { Binding } from './binding.js';

type Results = Readonly<Record<string, Tensor>>;
type Numbers = Float32Array | Float64Array;

export interface ResultReader {
  /** Names of the outputs that are read; a session need not compute the others. */
  readonly outputs: readonly string[];
  /** Forces stay as they are where the model gives none. @param cell (3,3) in Å, as it was fed */
  read(results: Results, cell: Float64Array, output: ForceOutput): void;
}

export function createResultReader(binding: Binding): ResultReader {
  const energy = binding.outputs.find((output) => output.role === 'energy')!;
  const forces = binding.outputs.find((output) => output.role === 'forces');
  const strain =
    binding.outputs.find((output) => output.role === 'virial') ??
    binding.outputs.find((output) => output.role === 'stress');
  const { energyScale, forceScale, stressScale } = binding.units;
  return {
    outputs: [energy, forces, strain].flatMap((output) => output?.tensor ?? []),
    read(results, cell, output) {
      const n = output.forces.length / 3;
      output.energy =
        energy.sign *
        energyScale *
        totalEnergy(numbers(results, energy.tensor), binding.energy, n, energy.tensor);
      if (forces)
        writeForces(numbers(results, forces.tensor), forces.sign * forceScale, output.forces, forces.tensor);
      if (!strain) output.virial.fill(Number.NaN);
      else if (strain.role === 'virial')
        writeVirial(numbers(results, strain.tensor), strain.sign * energyScale, output.virial, strain.layout);
      else {
        const scale = -strain.sign * stressScale * cellVolume(cell);
        writeVirial(numbers(results, strain.tensor), scale, output.virial, strain.layout);
      }
    },
  };
}

function numbers(results: Results, name: string): Numbers {
  return results[name].data as Numbers;
}

function totalEnergy(values: Numbers, kind: Binding['energy'], n: number, name: string): number {
  if (kind === 'per-atom') {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[k];
    return sum;
  }
  if (values.length !== 1) {
    throw new MdbenchError(
      'unbindable-inputs',
      `The energy output \`${name}\` holds ${values.length} numbers; expected one.`,
      'If it is the energy of each atom, write "energy": "per-atom" in the manifest of the model.',
    );
  }
  return kind === 'total' ? values[0] : n * values[0];
}

function writeForces(values: Numbers, scale: number, forces: Float64Array, name: string): void {
  if (values.length !== forces.length) {
    throw new MdbenchError(
      'unbindable-inputs',
      `The forces output \`${name}\` holds ${values.length} numbers; expected ${forces.length}, three for each atom.`,
      'Say in the manifest of the model which output is the forces.',
    );
  }
  for (let k = 0; k < forces.length; k++) forces[k] = scale * values[k];
}

/** From nine numbers, or six in Voigt's order xx, yy, zz, yz, xz, xy unless the layout says otherwise. */
function writeVirial(
  values: Numbers,
  scale: number,
  virial: Float64Array,
  layout: StressLayout | undefined,
): void {
  const order = layout === 'lammps' ? lammps : voigt;
  if (values.length === 9) for (let k = 0; k < 9; k++) virial[k] = scale * values[k];
  else if (values.length === 6) for (let k = 0; k < 9; k++) virial[k] = scale * values[order[k]];
  else virial.fill(Number.NaN);
}

const voigt = [0, 5, 4, 5, 1, 3, 4, 3, 2];
/** Of xx, yy, zz, xy, xz, yz. */
const lammps = [0, 3, 4, 3, 1, 5, 4, 5, 2];
