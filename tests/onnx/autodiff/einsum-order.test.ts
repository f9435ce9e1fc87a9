// The order of an Einsum's operands: the cheapest of all by count, as they are where there are too many.

import { describe, expect, it } from 'vitest';
import { cheapestOrder } from '../../../src/onnx/autodiff/einsum-order.js';

const sizes = new Map(Object.entries({ e: 100, f: 8, i: 5, j: 5, k: 5, a: 1000, b: 1, c: 1000, d: 1 }));
const factors = (terms: string) => terms.split(',').map((letters) => ({ letters, name: letters }));
const ordered = (terms: string, output: string) =>
  cheapestOrder(factors(terms), output, sizes).map(({ letters }) => letters);

describe('the order of an Einsum', () => {
  it('couples the small tensors first', () => {
    expect(ordered('efk,ej,ijk', 'efi').at(-1)).toBe('efk');
  });

  it('follows a chain from its thin end', () => {
    expect(ordered('ab,bc,cd', 'ad').slice(0, 2).sort()).toEqual(['bc', 'cd']);
  });

  it('leaves two, and many, as they are', () => {
    expect(ordered('ij,jk', 'ik')).toEqual(['ij', 'jk']);
    expect(ordered('a,a,b,b,c,c', '')).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });
});
