// The role of each input of a model file, and where it is known from.

import type { ModelSummary, TensorInfo } from '../../onnx/index.js';
import type { InputRole } from '../../spec/manifest.js';
import { fixedElements } from './bind-sizes.js';
import type { InputBinding } from './binding.js';
import { declared, type Layer } from './declaration.js';
import { invalidDeclaration, tensorText } from './refusal.js';
import { fitsRole, inputRoleByName } from './roles.js';
import { type Signature, signatureRole } from './signatures.js';

const fedTypes = new Set(['float32', 'float64', 'int32', 'int64', 'bool', 'uint8']);
/** Roles by which a model knows where the atoms are. */
const places = ['positions', 'ghost-positions', 'vectors', 'distances'];
const strength = ['flag', 'manifest', 'metadata', 'signature', 'name', 'shape'];

/** The inputs that could be bound; why the others could not goes to `problems`. */
export function bindInputs(
  summary: ModelSummary,
  layers: readonly Layer[],
  signature: Signature | undefined,
  problems: string[],
): InputBinding[] {
  checkNames(summary, layers);
  const claims = summary.inputs.flatMap((tensor) => claim(tensor, layers, signature) ?? []);
  const unclaimed = summary.inputs.filter((tensor) => !claims.some((found) => found.tensor === tensor.name));
  const has = (...roles: readonly string[]) => claims.some(({ role }) => roles.includes(role));
  if (!has(...places)) claims.push(...byShape(unclaimed, 'positions', isVectors));
  if (!has('edges', 'edge-centers', 'edge-neighbors', 'neighbor-matrix', 'neighbor-list'))
    claims.push(...byShape(unclaimed, 'edges', isPairs));
  const bound = claims.filter((found) => isBest(found, claims));
  problems.push(...ambiguities(claims), ...unboundInputs(summary, claims), ...unfedTypes(claims));
  return summary.inputs.flatMap((tensor) => bound.find((found) => found.tensor === tensor.name) ?? []);
}

function claim(
  tensor: TensorInfo,
  layers: readonly Layer[],
  signature: Signature | undefined,
): InputBinding | undefined {
  const entry = declared(layers, (layer) => layer.manifest.inputs?.[tensor.name]);
  if (entry) {
    const { value, source } = entry;
    if (typeof value === 'object' && 'constant' in value) {
      const constant = [value.constant].flat();
      if (!fillsShape(constant.length, tensor))
        throw invalidDeclaration(source, `${constant.length} numbers do not fill ${tensorText(tensor)}`);
      return { ...bound(tensor, 'constant', source), constant };
    }
    const role = typeof value === 'string' ? value : value.role;
    if (!fitsRole(role, tensor)) throw invalidDeclaration(source, `${tensorText(tensor)} cannot be ${role}`);
    const given = typeof value === 'object' && value.value !== undefined ? { value: value.value } : {};
    return { ...bound(tensor, shiftRole(role, layers), source), ...given };
  }
  const known = signature && signatureRole(signature, tensor);
  if (known) return bound(tensor, shiftRole(known, layers), 'signature');
  const named = inputRoleByName(tensor);
  return named && bound(tensor, shiftRole(named, layers), 'name');
}

/** One number fills any shape; several are as many as it has, in rows where a dimension is free. */
function fillsShape(count: number, { shape }: TensorInfo): boolean {
  if (count === 1 || !shape) return true;
  const fixed = fixedElements(shape);
  return shape.some((dim) => typeof dim === 'string') ? count % fixed === 0 : count === fixed;
}

/** `neighbors.shifts` says whether what is called shifts are vectors or whole numbers of lattice vectors. */
function shiftRole(role: InputRole, layers: readonly Layer[]): InputRole {
  const kind = declared(layers, (layer) => layer.manifest.neighbors?.shifts)?.value;
  if (role === 'shifts' && kind === 'integer') return 'cell-shifts';
  return role === 'cell-shifts' && kind === 'cartesian' ? 'shifts' : role;
}

function byShape(
  tensors: readonly TensorInfo[],
  role: InputRole,
  test: (tensor: TensorInfo) => boolean,
): InputBinding[] {
  return tensors.filter(test).map((tensor) => bound(tensor, role, 'shape'));
}

function isVectors({ type, shape }: TensorInfo): boolean {
  return type.startsWith('float') && shape?.length === 2 && shape[0] !== 3 && shape[1] === 3;
}

function isPairs({ type, shape }: TensorInfo): boolean {
  const own = shape?.length === 3 && shape[0] === 1 ? shape.slice(1) : shape;
  return type.startsWith('int') && own?.length === 2 && (own[0] === 2) !== (own[1] === 2);
}

function isBest(candidate: InputBinding, claims: readonly InputBinding[]): boolean {
  if (candidate.role === 'constant') return true;
  const rivals = claims.filter((other) => other.role === candidate.role && other !== candidate);
  return rivals.every((other) => strength.indexOf(candidate.source) < strength.indexOf(other.source));
}

function ambiguities(claims: readonly InputBinding[]): string[] {
  const roles = new Set(claims.map((found) => found.role).filter((role) => role !== 'constant'));
  return [...roles].flatMap((role) => {
    const rivals = claims.filter((found) => found.role === role);
    if (rivals.length === 1) return [];
    return [`${rivals.map((found) => `\`${found.tensor}\``).join(' and ')} could each be the ${role}`];
  });
}

function unboundInputs(summary: ModelSummary, claims: readonly InputBinding[]): string[] {
  const placed = claims.some((found) => places.includes(found.role));
  const unknown = summary.inputs.filter((tensor) => !claims.some((found) => found.tensor === tensor.name));
  return [
    ...(placed ? [] : ['no input is the positions']),
    ...unknown.map((tensor) => `the input ${tensorText(tensor)} is not known`),
  ];
}

function unfedTypes(claims: readonly InputBinding[]): string[] {
  return claims
    .filter((found) => !fedTypes.has(found.type))
    .map(
      (found) =>
        `the input \`${found.tensor}\` is ${found.type}; expected one of ${[...fedTypes].join(', ')}`,
    );
}

function bound(
  { name, type, shape }: TensorInfo,
  role: InputRole,
  source: InputBinding['source'],
): InputBinding {
  return { tensor: name, direction: 'input', role, source, type, shape: shape ?? [] };
}

function checkNames({ inputs, outputs }: ModelSummary, layers: readonly Layer[]): void {
  for (const { manifest, source } of layers) {
    for (const [kind, entries, tensors] of [
      ['input', manifest.inputs, inputs],
      ['output', manifest.outputs, outputs],
    ] as const) {
      const stray = Object.keys(entries ?? {}).find(
        (name) => !tensors.some((tensor) => tensor.name === name),
      );
      if (stray === undefined) continue;
      const names = tensors.map((tensor) => `\`${tensor.name}\``).join(', ');
      throw invalidDeclaration(source, `the model has no ${kind} \`${stray}\`; its ${kind}s are ${names}`);
    }
  }
}
