// Species as a model writes them: atomic numbers, positions in its list of elements, or one-hot rows.

import { MdbenchError } from '../../errors.js';
import { symbolOf } from '../../system/index.js';
import { type Binding, type InputBinding, rowsOf, type SpeciesEncoding } from './binding.js';
import type { Feed } from './feed.js';
import { createTensorBuffer, writeIntegers } from './tensor-buffer.js';

/** A row for each atom, then those of the tail. */
export function speciesFeed(input: InputBinding, binding: Binding, numbers: Int32Array): Feed['update'] {
  const species = binding.species!;
  const buffer = createTensorBuffer(input.type);
  const rows = rowsOf(binding, numbers.length);
  const codes = new Int32Array(rows).fill(binding.tail?.code ?? 0);
  codes.set(speciesCodes(species, numbers));
  const width = species.kind === 'onehot' ? species.elements!.length : 1;
  const target = buffer.reserve(rows * width);
  if (species.kind === 'onehot') {
    codes.forEach((code, row) => {
      if (code >= 0) target[(row * width + code) * buffer.stride] = 1;
    });
  } else {
    writeIntegers(codes, rows, target, buffer.stride);
  }
  const tensor = buffer.tensor(speciesDims(input, species, rows));
  return () => tensor;
}

/** Species of atoms as whole numbers; −1 for an element that the model does not know. */
export function speciesCodes(species: SpeciesEncoding, numbers: Int32Array): Int32Array {
  return numbers.map((number) => (species.kind === 'number' ? number : species.elements!.indexOf(number)));
}

/** @throws `unknown-element` naming the elements that the model does not know. */
export function checkElements(species: SpeciesEncoding | null, numbers: Int32Array, title: string): void {
  const known = species?.elements;
  const unknown = known ? [...new Set(numbers)].filter((number) => !known.includes(number)) : [];
  if (unknown.length === 0) return;
  throw new MdbenchError(
    'unknown-element',
    `${title} does not know ${unknown.map(symbolOf).join(', ')}; it knows ${elementNames(known ?? [])}.`,
    'Choose a system of these elements, or another force field.',
  );
}

function speciesDims({ shape }: InputBinding, species: SpeciesEncoding, n: number): number[] {
  const width = species.kind === 'onehot' ? species.elements!.length : undefined;
  if (width !== undefined) return shape.length === 3 ? [1, n, width] : [n, width];
  if (shape.length === 2) return shape[1] === 1 ? [n, 1] : [1, n];
  return [n];
}

function elementNames(elements: readonly number[]): string {
  return elements.length > 20 ? `${elements.length} elements` : elements.map(symbolOf).join(', ');
}
