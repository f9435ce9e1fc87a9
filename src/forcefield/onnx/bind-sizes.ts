// What a file claims of sizes: memory is taken by them before anything runs, and a damaged file may claim any.

import type { Binding, InputBinding } from './binding.js';

/** Elements of an input, 240 MB in double precision, and of one row of it where the number of rows is free. */
const mostElements = { fixed: 3e7, free: 1e5 };
/** Å; the shells of images that a search looks through grow with its cube. */
const longestCutoff = 100;

/** What is too large to be meant. */
export function sizeProblems(inputs: readonly InputBinding[], cutoff: Binding['cutoff']): string[] {
  const large = inputs.filter(({ shape }) => fixedElements(shape) > mostOf(shape));
  return [
    ...large.map(
      ({ tensor, shape }) =>
        `\`${tensor}\` is [${shape.join(',')}], and ${mostOf(shape)} numbers are the most`,
    ),
    ...(cutoff && cutoff.value > longestCutoff
      ? [`its cutoff is ${cutoff.value} Å, and ${longestCutoff} Å is the longest that can be searched`]
      : []),
  ];
}

function mostOf(shape: InputBinding['shape']): number {
  return shape.every((dim) => typeof dim === 'number') ? mostElements.fixed : mostElements.free;
}

/** The product of the dimensions that a shape fixes. */
export function fixedElements(shape: InputBinding['shape']): number {
  return shape.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
}
