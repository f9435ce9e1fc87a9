// Det against cofactors by Laplace expansion, and differences; ONNX Runtime knows it in float32 only.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type Sizes } from '../../../support/micro-graph.js';
import { thrownBy } from '../../../support/thrown.js';

describe('Det', () => {
  it.each([
    ['of a matrix', [3, 3]],
    ['of a stack', ['n', 3, 3]],
    ['of a stack of stacks', ['n', 2, 3, 3]],
    ['of 2×2 matrices', ['n', 2, 2]],
    ['of 1×1 matrices', ['n', 1, 1]],
    ['of no matrices', ['z', 3, 3]],
  ] as const)('%s', (_, dims) => {
    const sizes = [
      { n: 4, z: 0 },
      { n: 3, z: 2 },
      { n: 1, z: 1 },
    ] as const;
    const count = (own: Sizes) =>
      dims.reduce<number>((all, dim) => all * (typeof dim === 'number' ? dim : own[dim]!), 1);
    const values = (own: Sizes) =>
      Array.from({ length: count(own) }, (_, k) => Math.fround(Math.sin(k * k + 1)));
    const numbers = values(sizes[0]);
    const { x } = gradientsOf({ inputs: { x: { dims, values } }, build: determinant, sizes });
    const size = dims.at(-1) as number;
    const expected = chunks(numbers, size * size).flatMap((matrix) => cofactors(matrix, size));
    expect(x!.length).toBe(expected.length);
    for (const [k, value] of expected.entries()) expect(x![k]).toBeCloseTo(value, 6);
  });

  it.each([3, 2])(
    'of stacks of matrices of size %i, against differences in single precision',
    async (size) => {
      await expectGradients({
        inputs: { x: { dims: ['n', size, size] } },
        build: (graph, { x }) => graph.op('Det', [x!]),
        precision: 'float32',
      });
    },
  );

  it('of a singular matrix', () => {
    const numbers = [1, 2, 3, 2, 4, 6, 0, 1, 5];
    const { x } = gradientsOf({ inputs: { x: { dims: [3, 3], values: () => numbers } }, build: determinant });
    expect(x).toEqual(cofactors(numbers, 3));
  });

  it('refuses larger matrices', () => {
    const differentiate = () => gradientsOf({ inputs: { x: { dims: [4, 4] } }, build: determinant });
    expect(thrownBy(differentiate).message).toContain('the operator Det is of matrices larger than 3×3');
  });
});

const determinant: Parameters<typeof gradientsOf>[0]['build'] = (graph, { x }) => {
  const single = graph.op('Cast', [x!], { to: 1 });
  return graph.op('Cast', [graph.op('Det', [single])], { to: 11 });
};

function chunks(numbers: readonly number[], length: number): number[][] {
  return Array.from({ length: numbers.length / length }, (_, k) =>
    numbers.slice(k * length, (k + 1) * length),
  );
}

function cofactors(matrix: readonly number[], size: number): number[] {
  return matrix.map((_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    const minor = matrix.filter((_, k) => Math.floor(k / size) !== row && k % size !== column);
    return (row + column) % 2 === 0 ? laplace(minor, size - 1) : -laplace(minor, size - 1) + 0;
  });
}

function laplace(matrix: readonly number[], size: number): number {
  if (size === 0) return 1;
  const inner = cofactors(matrix, size);
  return matrix.slice(0, size).reduce((sum, value, column) => sum + value * inner[column]!, 0);
}
