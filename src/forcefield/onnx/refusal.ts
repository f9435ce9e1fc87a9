// Refusals of a model file, and the manifest that would mend them.

import { MdbenchError } from '../../errors.js';
import type { ModelSummary, TensorInfo } from '../../onnx/index.js';
import { inputRoles, type Manifest, outputRoles } from '../../spec/manifest.js';
import type { InputBinding, OutputBinding, Units } from './binding.js';
import { manifestPath } from './manifest-file.js';

/** How far the binding of a model came. */
export interface BindingState {
  readonly path: string;
  readonly summary: ModelSummary;
  readonly inputs: readonly InputBinding[];
  readonly outputs: readonly OutputBinding[];
  readonly units: Units;
  readonly manifest: Manifest | null;
}

export function unbindable(state: BindingState, problems: readonly string[]): MdbenchError {
  const message = `${state.path} cannot be run as a force field: ${problems.join('; ')}.`;
  return new MdbenchError('unbindable-inputs', message, manifestHint(state, problems));
}

export function noForces(state: BindingState): MdbenchError {
  const outputs = state.summary.outputs.map(tensorText).join(', ');
  const message = `${state.path} gives no forces: its outputs are ${outputs}.`;
  const candidate = state.outputs.find((output) => output.role === 'unused');
  const hint = [
    'This version does not differentiate ONNX graphs. Export the model with the forces −∂E/∂positions as an output:',
    'a traced torch.autograd.grad inside forward, jax.grad before the export, or a backward pass written by hand.',
    ...(candidate ? forcesByAnotherName(state.path, candidate.tensor) : []),
  ];
  return new MdbenchError('no-forces-output', message, hint.join('\n'));
}

function forcesByAnotherName(path: string, tensor: string): string[] {
  const manifest = { mdbench: 1, outputs: { [tensor]: 'forces' } };
  return [
    `If an output such as \`${tensor}\` is the forces, write ${manifestPath(path)}:`,
    JSON.stringify(manifest),
    'and { "role": "forces", "sign": -1 } instead of "forces" for a gradient.',
  ];
}

/** What a manifest or metadata say does not fit the model. */
export function invalidDeclaration(source: string, reason: string): MdbenchError {
  const message = `The ${source} does not fit the model: ${reason}.`;
  return new MdbenchError('manifest-invalid', message, 'mdbench inspect lists the tensors of the model.');
}

/** `positions` float32 [n,3] */
export function tensorText({ name, type, shape }: TensorInfo): string {
  return `\`${name}\` ${type} ${shape ? `[${shape.join(',')}]` : '(shape unknown)'}`;
}

function manifestHint(state: BindingState, problems: readonly string[]): string {
  const blanks = 'Fill in what is "" or null, and correct the rest where it is wrong.';
  return [
    `Write ${manifestPath(state.path)}. ${blanks}`,
    JSON.stringify(manifestToWrite(state, problems), null, 2),
    `Roles of inputs: ${inputRoles.join(', ')}, or { "constant": 300 }.`,
    `Roles of outputs: ${outputRoles.join(', ')}. Species: "number" (atomic numbers), "index" or "onehot" (positions in the list).`,
  ].join('\n');
}

/** What is known of the model, with blanks ("" and null) where the user has to say it. */
export function manifestToWrite(
  { summary, inputs, outputs, units, manifest }: BindingState,
  problems: readonly string[],
) {
  const missing = (word: string) => problems.some((problem) => problem.includes(word));
  const species = missing('writes the species') ? { kind: '', elements: [''] } : manifest?.species;
  const cutoff = missing('cutoff') ? null : manifest?.cutoff;
  return {
    ...manifest,
    mdbench: 1,
    units: {
      length: scaleName(units.length, units.lengthScale),
      energy: scaleName(units.energy, units.energyScale),
    },
    ...(cutoff === undefined ? {} : { cutoff }),
    ...(species ? { species } : {}),
    inputs: Object.fromEntries(summary.inputs.map(({ name }) => [name, inputEntry(inputs, name)])),
    outputs: Object.fromEntries(summary.outputs.map(({ name }) => [name, outputEntry(outputs, name)])),
  };
}

function scaleName(name: string, scale: number): string | number {
  return name.includes(' ') ? scale : name;
}

function inputEntry(inputs: readonly InputBinding[], name: string): unknown {
  const found = inputs.find((input) => input.tensor === name);
  if (!found) return '';
  if (found.constant) return { constant: found.constant.length === 1 ? found.constant[0] : found.constant };
  return found.role;
}

function outputEntry(outputs: readonly OutputBinding[], name: string): unknown {
  const found = outputs.find((output) => output.tensor === name)!;
  const rivals = outputs.filter((output) => output.role === found.role && found.role !== 'unused');
  if (rivals.length > 1) return '';
  return found.sign === 1 ? found.role : { role: found.role, sign: found.sign };
}
