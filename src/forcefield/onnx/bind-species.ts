// How a model writes species: atomic numbers, positions in a list, or one-hot rows; and which elements it knows.

import { MdbenchError } from '../../errors.js';
import type { ModelProto } from '../../onnx/proto/onnx_pb.js';
import { findCategories } from '../../onnx/species-table.js';
import { isFloatType } from '../../onnx/tensor-type.js';
import { numberOf, symbolOf } from '../../system/index.js';
import type { InputBinding, SpeciesEncoding } from './binding.js';
import { declared, type Layer } from './declaration.js';
import { plainName } from './roles.js';
import type { Signature } from './signatures.js';

/** Input names that can only mean atomic numbers. */
const numberNames = new Set(['atomicnumbers', 'atomicnumber', 'z', 'numbers', 'atomnumbers']);
/** Widths of one-hot rows that are atomic number − 1: MACE's universal models, and all elements. */
const universalWidths = new Set([89, 118]);
/** The order of TorchANI's species. */
const aniElements = [1, 6, 7, 8, 16, 9, 17];

/** Null: cannot be known, the user has to say it. Appends what it assumed to `assumed`. */
export function bindSpecies(
  input: InputBinding,
  layers: readonly Layer[],
  signature: Signature | undefined,
  model: ModelProto | undefined,
  assumed: string[],
): SpeciesEncoding | null {
  const stated = declared(layers, (layer) => layer.manifest.species)?.value;
  const hint = declared(layers, (layer) => layer.elements)?.value;
  if (stated) return { kind: stated.kind, elements: stated.elements ? atomicNumbers(stated.elements) : null };
  const kind = speciesKind(input, signature);
  if (kind === 'number') {
    assumed.push('species=atomic-numbers');
    return { kind, elements: null };
  }
  if (kind && hint) {
    assumed.push(`species=${kind}:${hint.join(',')}`);
    return { kind, elements: atomicNumbers(hint) };
  }
  const width = input.shape.at(-1);
  if (kind === 'onehot' && typeof width === 'number' && universalWidths.has(width)) {
    assumed.push('species=onehot:Z-1');
    return { kind, elements: Array.from({ length: width }, (_, k) => k + 1) };
  }
  return kind === null && model ? speciesOfGraph(input, signature, model, assumed) : null;
}

/** The elements that are declared where species are no input, or null. */
export function declaredElements(layers: readonly Layer[]): readonly number[] | null {
  const elements = declared(layers, (layer) => layer.manifest.species?.elements);
  return elements && atomicNumbers(elements.value);
}

/** From how many kinds the graph tells apart: more than 20 can only be atomic numbers; TorchANI has its own order. */
function speciesOfGraph(
  input: InputBinding,
  signature: Signature | undefined,
  model: ModelProto,
  assumed: string[],
): SpeciesEncoding | null {
  const { size, compared } = findCategories(model, input.tensor);
  if (size !== null && size > 20) {
    assumed.push('species=atomic-numbers');
    return { kind: 'number', elements: null };
  }
  if (signature?.id !== 'ani') return null;
  if (compared.length > 0 && !compared.includes(0) && compared.includes(1)) {
    assumed.push('species=atomic-numbers');
    return { kind: 'number', elements: compared.filter((number) => number > 0) };
  }
  const count = size ?? (compared.length > 0 ? Math.max(...compared) + 1 : 0);
  if (count < 1 || count > aniElements.length) return null;
  const elements = aniElements.slice(0, count);
  assumed.push(`species=index:${elements.map(symbolOf).join(',')}`);
  return { kind: 'index', elements };
}

/** Null: neither the type of the numbers nor the names say it. */
export function speciesKind(
  input: InputBinding,
  signature: Signature | undefined,
): SpeciesEncoding['kind'] | null {
  if (isFloatType(input.type)) return 'onehot';
  if (signature) return signature.species === 'onehot' ? null : signature.species;
  return numberNames.has(plainName(input.tensor)) ? 'number' : null;
}

function atomicNumbers(elements: readonly string[]): number[] {
  return elements.map((element) => {
    const number = /^\d+$/.test(element) ? Number(element) : numberOf(element);
    if (number !== undefined && number > 0) return number;
    throw new MdbenchError(
      'manifest-invalid',
      `The species of the model name "${element}", which is no element.`,
      'Give chemical symbols, such as "Si".',
    );
  });
}
