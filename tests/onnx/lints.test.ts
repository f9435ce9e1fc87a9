// What cannot be mended is found where it is, and nowhere else.

import { expect, it } from 'vitest';
import { lintModel, readModelFile } from '../../src/onnx/index.js';
import { floats, graph, longs, model, node } from '../support/onnx-nodes.js';
import { listZoo } from '../support/zoo.js';

const io = { inputs: { x: 'float32[n]' }, outputs: { y: 'float32' } };

it.each(listZoo())('$file has the lints of its faults', ({ path, faults, inputs }) => {
  const ids = lintModel(readModelFile(path).proto).map(({ id }) => id);
  const wanted = faults.flatMap((fault) => {
    if (fault.endsWith('without-reduction')) return ['scatter-overwrites'];
    return fault === 'scatter-nd-add-races' ? ['scatter-nd-race'] : [];
  });
  const fixed = Object.values(inputs).some(
    ({ role, shape }) => role === 'positions' && typeof shape[0] === 'number' && shape[0] > 1,
  );
  expect(ids.filter((id) => id.startsWith('scatter'))).toEqual(wanted);
  expect(ids.includes('fixed-dimensions')).toBe(fixed);
});

it('names operators of unknown domains, of training and loops', () => {
  const body = graph({
    nodes: [node('Identity', 'going', 'on'), node('Neg', 'v', 'w')],
    inputs: { k: 'int64', going: 'bool', v: 'float32' },
    outputs: { on: 'bool', w: 'float32' },
  });
  const given = model({
    nodes: [
      node('mine:Trick', 'x', 'a'),
      node('com.microsoft:SoftmaxGrad', 'a', 'b'),
      node('Loop', 'trips _ b', 'y', {}, { body }),
    ],
    ...io,
    weights: { trips: longs([2], []) },
  });
  expect(lintModel(given)).toEqual([
    { id: 'unknown-domain', count: 1, values: { names: ['mine:Trick'] } },
    { id: 'no-cpu-kernel', count: 1, values: { names: ['com.microsoft:SoftmaxGrad'] } },
    { id: 'loop', count: 1, values: { names: ['y'] } },
  ]);
});

it('notices sums into zeros of a fixed number of rows', () => {
  const given = model({
    nodes: [node('ScatterElements', 'zeros i x', 'y', { reduction: 'add' })],
    inputs: { x: 'float32[e,2]', i: 'int64[e,2]' },
    outputs: { y: 'float32' },
    weights: { zeros: floats(new Array(22).fill(0), [11, 2]) },
  });
  expect(lintModel(given)).toEqual([
    { id: 'baked-shape-constants', count: 1, values: { nodes: ['y'], rows: ['11'] } },
  ]);
});

it('takes sums into one row or two for sums over molecules', () => {
  const given = model({
    nodes: [node('ScatterElements', 'zeros i x', 'y', { reduction: 'add' })],
    inputs: { x: 'float32[n,1]', i: 'int64[n,1]' },
    outputs: { y: 'float32' },
    weights: { zeros: floats([0, 0], [2, 1]) },
  });
  expect(lintModel(given)).toEqual([]);
});

const counted = [
  node('Range', 'none size one', 'all'),
  node('Slice', 'all none_ two_', 'some'),
  node('Unsqueeze', 'some last', 'places'),
];
const masked = [node('NonZero', 'mask', 'found'), node('Transpose', 'found', 'places', { perm: [1, 0] })];
const anyhow = [node('Mod', 'taken two_', 'some'), node('Unsqueeze', 'some last', 'places')];

it.each([
  ['slices that are assigned', counted, 0],
  ['masks that are assigned', masked, 0],
  ['places that may repeat', anyhow, 1],
])('tells %s from sums that lost their reduction', (_, nodes, lost) => {
  const given = model({
    nodes: [
      ...nodes,
      node('ConstantOfShape', 'rows', 'zeros'),
      node('ScatterND', 'zeros places x', 'y', { reduction: 'none' }),
    ],
    inputs: { x: 'float32[n,3]', mask: 'bool[m]', taken: 'int64[n]', rows: 'int64[2]', size: 'int64' },
    outputs: { y: 'float32' },
    weights: {
      none: longs([0], []),
      one: longs([1], []),
      none_: longs([0], [1]),
      two_: longs([2], [1]),
      last: longs([-1], [1]),
    },
  });
  const found = lintModel(given).filter(({ id }) => id === 'scatter-overwrites');
  expect(found.length).toBe(lost);
});
