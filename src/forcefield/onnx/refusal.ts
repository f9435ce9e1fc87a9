// Refusals of a model file, and the manifest that would mend them.

import { MdbenchError } from '../../errors.js';
import type { ModelSummary, TensorInfo } from '../../onnx/index.js';
import { inputRoles, outputRoles } from '../../spec/manifest.js';
import type { Binding } from './binding.js';
import { manifestPath } from './manifest-file.js';
import { type BindingState, manifestToWrite } from './manifest-to-write.js';

export function unbindable(state: BindingState, problems: readonly string[]): MdbenchError {
  const message = `${state.path} cannot be run as a force field: ${problems.join('; ')}.`;
  return new MdbenchError('unbindable-inputs', message, manifestHint(state));
}

/** Of a model whose own forces are asked for and that has none. */
export function noForces(path: string, summary: ModelSummary, binding: Binding): MdbenchError {
  const outputs = summary.outputs.map(tensorText).join(', ');
  const message = `${path} gives no forces: its outputs are ${outputs}.`;
  const unread = summary.outputs.find(({ name }) => binding.outputs.every(({ tensor }) => tensor !== name));
  const hint = [
    'Leave --forces model out, and mdbench differentiates its energy. Or export the model with the forces −∂E/∂positions',
    'as an output: a traced torch.autograd.grad inside forward, jax.grad before the export.',
    ...(unread ? forcesByAnotherName(path, unread.name) : []),
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

function manifestHint(state: BindingState): string {
  const blanks =
    'Fill in what is "" or null, correct the rest where it is wrong, remove what does not apply.';
  return [
    `Write ${manifestPath(state.path)}. ${blanks}`,
    JSON.stringify(manifestToWrite(state), null, 2),
    `Roles of inputs: ${inputRoles.join(', ')}, or { "constant": 300 }.`,
    `Roles of outputs: ${outputRoles.join(', ')}. Species: "number" (atomic numbers), "index" or "onehot" (positions in the list).`,
    'An empty slot of a neighbor matrix holds neighbors.pad: a number such as -1, "atoms" (their number) or "self" (its row).',
  ].join('\n');
}
