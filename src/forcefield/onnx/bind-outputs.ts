// The role and sign of each output of a model file.

import type { ModelSummary, TensorInfo } from '../../onnx/summary.js';
import { isFloatType } from '../../onnx/tensor-type.js';
import type { OutputRole } from '../../spec/manifest.js';
import type { InputBinding, OutputBinding } from './binding.js';
import { declared, type Layer } from './declaration.js';
import { atomDimension } from './dimensions.js';
import { tensorText } from './refusal.js';
import { outputRoleByName } from './roles.js';

export interface BoundOutputs {
  /** Every output, those that nothing is read from as `unused`. */
  readonly outputs: readonly OutputBinding[];
  /** Whether the energy is one number or one for each atom. */
  readonly energy: 'total' | 'per-atom' | 'mean-per-atom';
}

/** What cannot be told apart goes to `problems`, what had to be assumed to `assumed`. */
export function bindOutputs(
  summary: ModelSummary,
  inputs: readonly InputBinding[],
  layers: readonly Layer[],
  assumed: string[],
  problems: string[],
): BoundOutputs {
  const found = summary.outputs.map((tensor) => claim(tensor, layers));
  const total = found.filter((output) => output.role === 'energy');
  const perAtom = total.length === 0 && found.some((output) => output.atomic);
  const named = found.map(
    ({ atomic, ...output }): OutputBinding => (atomic && perAtom ? { ...output, role: 'energy' } : output),
  );
  const outputs = byShape(byShape(named, 'forces', isVectors, assumed), 'energy', isScalar, assumed);
  for (const role of ['energy', 'forces', 'stress', 'virial'] as const) {
    const rivals = outputs.filter((output) => output.role === role);
    const names = rivals.map((output) => `\`${output.tensor}\``).join(' and ');
    if (rivals.length > 1) problems.push(`${names} could each be the ${role}`);
    const unsupported = rivals.find((output) => output.type !== 'float32' && output.type !== 'float64');
    if (unsupported)
      problems.push(
        `the output \`${unsupported.tensor}\` is ${unsupported.type}; expected float32 or float64`,
      );
  }
  if (!outputs.some((output) => output.role === 'energy')) {
    problems.push(`none of its outputs is the energy: ${summary.outputs.map(tensorText).join(', ')}`);
  }
  const energy = declared(layers, (layer) => layer.manifest.energy)?.value;
  const rows = !energy && !perAtom && total.some((output) => isPerAtom(output, inputs));
  if (rows) assumed.push('energy=per-atom');
  return { outputs, energy: energy ?? (perAtom || rows ? 'per-atom' : 'total') };
}

/** Whether a dimension of the energy has the name of one that counts atoms. */
function isPerAtom({ shape }: OutputBinding, inputs: readonly InputBinding[]): boolean {
  const [count] = shape.filter((dim) => typeof dim === 'string' && dim !== '?');
  return count !== undefined && inputs.some((input) => atomDimension(input) === count);
}

function claim(tensor: TensorInfo, layers: readonly Layer[]): OutputBinding & { atomic: boolean } {
  const stressSign = declared(layers, (layer) => layer.stressSign)?.value ?? 1;
  const sign = (role: OutputRole) => (role === 'stress' ? stressSign : 1);
  const entry = declared(layers, (layer) => layer.manifest.outputs?.[tensor.name]);
  if (entry) {
    const {
      role,
      sign: stated,
      layout,
    } = typeof entry.value === 'string'
      ? { role: entry.value, sign: undefined, layout: undefined }
      : entry.value;
    return {
      ...bound(tensor, role, entry.source, stated ?? sign(role)),
      ...(layout ? { layout } : {}),
    };
  }
  const named = outputRoleByName(tensor);
  if (named === 'gradient') return bound(tensor, 'forces', 'name', -1);
  if (named === undefined || named === 'atomic-energy')
    return bound(tensor, 'unused', 'name', 1, named !== undefined);
  return bound(tensor, named, 'name', sign(named));
}

/** Gives `role` to the one unclaimed output that has its shape, where no output has the role yet. */
function byShape(
  outputs: readonly OutputBinding[],
  role: OutputRole,
  test: (output: OutputBinding) => boolean,
  assumed: string[],
): readonly OutputBinding[] {
  if (outputs.some((output) => output.role === role)) return outputs;
  const candidates = outputs.filter(
    (output) => output.role === 'unused' && output.source === 'name' && test(output),
  );
  if (candidates.length !== 1) return outputs;
  assumed.push(`output.${role}=${candidates[0]!.tensor}`);
  return outputs.map((output) => (output === candidates[0] ? { ...output, role, source: 'shape' } : output));
}

function isVectors({ type, shape }: OutputBinding): boolean {
  return (
    isFloatType(type) && shape.length >= 2 && shape.length <= 3 && shape.at(-1) === 3 && shape.at(-2) !== 3
  );
}

function isScalar({ type, shape }: OutputBinding): boolean {
  return isFloatType(type) && shape.length <= 2 && shape.every((dim) => dim === 1);
}

function bound(
  tensor: TensorInfo,
  role: OutputRole,
  source: OutputBinding['source'],
  sign: 1 | -1,
  atomic = false,
) {
  const { name, type, shape } = tensor;
  return { tensor: name, direction: 'output' as const, role, source, type, shape: shape ?? [], sign, atomic };
}
