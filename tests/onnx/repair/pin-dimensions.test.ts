// Named dimensions become numbers in every place that names them, and the results stay.

import { expect, it } from 'vitest';
import { pinDimensions } from '../../../src/onnx/index.js';
import { model, node, run, scattered } from '../../support/onnx-nodes.js';

const given = model({
  nodes: [node('MatMul', 'x w', 'y')],
  inputs: { x: 'float32[n,k]', w: 'float32[k,m]' },
  outputs: { y: 'float32[n,m]' },
});

it('pins what is named, and refuses other sizes in ONNX Runtime from then on', () => {
  const { model: pinned, changes } = pinDimensions(given, { n: 2, m: 4, nobody: 7 });
  expect(changes).toEqual([{ pass: 'pin-dimensions', count: 2, values: { n: 2, m: 4 } }]);
  const feeds = { x: scattered([2, 3]), w: scattered([3, 4]) };
  expect(run(pinned, feeds)).toEqual(run(given, feeds));
  expect(() => run(pinned, { x: scattered([5, 3]), w: scattered([3, 4]) })).toThrow(/[Dd]imension/);
});

it('changes nothing where nothing is named', () => {
  expect(pinDimensions(given, { toString: 3 }).model).toBe(given);
});
