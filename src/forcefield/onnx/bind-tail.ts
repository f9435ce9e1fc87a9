// Rows beyond those of the atoms: the atom that empty slots of a neighbor matrix point to, and what fills up a file that
// fixes the number of atoms.

import { numberOf } from '../../system/index.js';
import type { Binding, InputBinding, SpeciesEncoding, Tail } from './binding.js';
import { declared, type Layer } from './declaration.js';
import { atomDimension } from './dimensions.js';
import type { Signature } from './signatures.js';

export interface TailRequest {
  readonly inputs: readonly InputBinding[];
  readonly layers: readonly Layer[];
  readonly signature: Signature | undefined;
  readonly species: SpeciesEncoding | null;
  readonly boundaries: Binding['boundaries'];
  /** What is missing or does not fit is appended. */
  readonly problems: string[];
}

export function bindTail(request: TailRequest): Tail | null {
  const { inputs, layers, signature, problems } = request;
  const sizes = new Set(inputs.map(atomDimension).filter((size) => typeof size === 'number'));
  const stated = declared(layers, ({ manifest }) => manifest.static?.atoms)?.value;
  const pad = declared(layers, ({ manifest }) => manifest.static?.pad)?.value ?? false;
  const dummy =
    declared(layers, ({ manifest }) => manifest.static?.dummy)?.value ?? signature?.dummy ?? false;
  const [size = stated, other] = [...sizes];
  if (other !== undefined)
    problems.push(`its inputs fix different numbers of atoms: ${[...sizes].join(' and ')}`);
  if (stated !== undefined && size !== stated)
    problems.push(`\`static.atoms\` is ${stated}, but the file fixes ${size}`);
  if (size === undefined) return dummy ? { rows: null, code: dummyCode(request.species) } : null;
  if (dummy) return { rows: size, code: dummyCode(request.species) };
  return pad === false || pad === true ? null : fillingTail(size, pad, request);
}

/** Padding atoms bring energies of their own, which do not change as they stay far apart. */
function fillingTail(rows: number, pad: string | number, request: TailRequest): Tail | null {
  const { boundaries, inputs, species, problems } = request;
  if (boundaries !== 'host' && inputs.some(({ role }) => role === 'cell'))
    problems.push('`static.pad` needs a model without a cell of its own: no place in a cell is far away');
  const code = codeOf(pad, species);
  if (code === null) problems.push(`\`static.pad\` is "${pad}", which the model has no species for`);
  return { rows, code: code ?? 0 };
}

function codeOf(pad: string | number, species: SpeciesEncoding | null): number | null {
  if (typeof pad === 'number') return pad;
  const number = numberOf(pad);
  if (number === undefined || !species) return number ?? null;
  if (species.kind === 'number') return species.elements?.includes(number) === false ? null : number;
  const index = species.elements!.indexOf(number);
  return index < 0 ? null : index;
}

function dummyCode(species: SpeciesEncoding | null): number {
  return species?.kind === 'onehot' ? -1 : 0;
}
