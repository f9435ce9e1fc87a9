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
