// Slice against differences: bounds from either end and beyond it, steps either way, bounds that are computed.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type MicroInput } from '../../../support/micro-graph.js';
import { thrownBy } from '../../../support/thrown.js';

const far = Number.MAX_SAFE_INTEGER;
const constants = [
  ['one column', ['n', 3], [1], [2], [1], undefined],
  ['columns from behind', ['n', 3], [-2], [far], [-1], undefined],
  ['no columns', ['n', 3], [2], [1], [1], undefined],
  ['all but the first row', ['n', 3], [1], [far], [0], [1]],
  ['all but the last row', ['n', 3], [0], [-1], [0], undefined],
  ['the last two rows', ['n', 3], [-2], [far], [0], undefined],
  ['more rows than there are', ['n', 3], [-100], [100], [0], undefined],
  ['rows beyond the end', ['n', 3], [50], [100], [0], undefined],
  ['without axes', ['n', 'm', 2], [1, 0], [far, -1], undefined, undefined],
  ['axes in any order', ['n', 'm', 4], [1, 1, 0], [3, far, 2], [2, 0, -2], [1, 1, 1]],
  ['every second row', ['n', 3], [0], [far], [0], [2]],
  ['every second column from the second', ['n', 7], [1], [far], [1], [2]],
  ['backwards', ['n', 3], [-1], [-far], [0], [-1]],
  ['backwards in twos, and a column', ['n', 'm', 2], [-1, 1], [-far, 2], [1, 2], [-2, 1]],
] as const;

describe('Slice', () => {
  it.each(constants)('of %s', async (_, dims, starts, ends, axes, steps) => {
    for (const sizes of [undefined, short]) {
      await expectGradients({
        inputs: { x: { dims } },
        build: (graph, { x }) => {
          const bounds = [starts, ends, axes, steps].map((v) =>
            v ? graph.constant('int64', v, [v.length]) : '',
          );
          return graph.op('Slice', [x!, ...bounds]);
        },
        ...(sizes && { sizes }),
      });
    }
  });

  it.each([
    ['n', 'e'],
    ['m', -1],
  ] as const)('from %s to %s, computed', async (from, to) => {
    const at = (value: number | string): MicroInput => ({
      type: 'int32',
      dims: [1],
      values: (sizes) => [typeof value === 'number' ? value : sizes[value]! - 4],
    });
    await expectGradients({
      inputs: { x: { dims: ['e', 2] }, starts: at(from), ends: at(to) },
      build: (graph, { x, starts, ends }) => graph.op('Slice', [x!, starts!, ends!]),
    });
  });

  it('of as many columns as an input says, which both probes agree on', async () => {
    const bound = (at: 'from' | 'to'): MicroInput => ({
      type: 'int64',
      dims: [1],
      values: (sizes) => [sizes[at]!],
    });
    await expectGradients({
      inputs: { x: { dims: ['n', 5] }, starts: bound('from'), ends: bound('to') },
      build: (graph, { x, starts, ends }) =>
        graph.op('Slice', [x!, starts!, ends!, graph.constant('int64', [1], [1])]),
      sizes: [
        { n: 2, from: 1, to: 3 },
        { n: 3, from: 1, to: 3 },
        { n: 4, from: -4, to: 5 },
      ],
    });
  });

  it('refuses axes that are computed', () => {
    const bounds: MicroInput = { type: 'int64', dims: [1], values: () => [1] };
    const differentiate = () =>
      gradientsOf({
        inputs: { x: { dims: ['n', 3] }, starts: bounds, ends: bounds, axes: bounds },
        build: (graph, { x, starts, ends, axes }) => graph.op('Slice', [x!, starts!, ends!, axes!]),
      });
    expect(thrownBy(differentiate)).toMatchObject({
      code: 'not-differentiable',
      message: expect.stringContaining('the operator Slice cuts along axes that are computed'),
    });
  });

  it('of two axes, with bounds and steps that are computed', async () => {
    const pair = (values: readonly [number, number]): MicroInput => ({
      type: 'int64',
      dims: [2],
      values: () => values,
    });
    await expectGradients({
      inputs: {
        x: { dims: ['e', 'm'] },
        starts: pair([1, -1]),
        ends: pair([-1, -far]),
        steps: pair([1, -2]),
      },
      build: (graph, { x, starts, ends, steps }) =>
        graph.op('Slice', [x!, starts!, ends!, graph.constant('int64', [0, 1], [2]), steps!]),
    });
  });
});

const short = [
  { n: 4, m: 3 },
  { n: 1, m: 2 },
  { n: 0, m: 1 },
] as const;
