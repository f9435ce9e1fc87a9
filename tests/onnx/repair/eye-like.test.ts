// EyeLike of every type gives the unit matrix in ONNX Runtime once repaired, and of supported types stays as it is.

import { describe, expect, it } from 'vitest';
import { repairEyeLike } from '../../../src/onnx/repair/eye-like.js';
import { elementTypeNumber } from '../../../src/onnx/tensor-type.js';
import { floats, model, node, run, scattered } from '../../support/onnx-nodes.js';

/** The unit matrix (or its neighbor diagonal) of the shape of x, through a tensor of type `type`. */
function unit(type: string, attributes: Readonly<Record<string, number>> = {}, opset = 18) {
  return model(
    {
      nodes: [
        node('Cast', 'x', 'c', { to: elementTypeNumber(type) }),
        node('EyeLike', 'c', 'e', attributes),
        node('Cast', 'e', 'y', { to: 1 }),
      ],
      inputs: { x: 'float32[n,m]' },
      outputs: { y: 'float32' },
    },
    { opset },
  );
}

describe('EyeLike', () => {
  it.each([
    ['bool', {}, 18],
    ['bool', {}, 11],
    ['uint8', { k: 1 }, 18],
    ['bool', { dtype: 1 }, 18],
    ['float32', { dtype: 9, k: -1 }, 13],
  ])('of %s with %j (operator set %i) runs', (type, attributes, opset) => {
    const given = unit(type, attributes, opset);
    expect(() => run(given, { x: scattered([2, 3]) })).toThrow(/EyeLike/);
    const { model: repaired, changes } = repairEyeLike(given);
    expect(changes).toMatchObject([{ pass: 'eye-like', count: 1 }]);
    const k = (attributes as { k?: number }).k ?? 0;
    for (const [n, m] of [
      [2, 3],
      [4, 4],
    ] as const) {
      const truth = Array.from({ length: n * m }, (_, at) => ((at % m) - Math.floor(at / m) === k ? 1 : 0));
      expect(run(repaired, { x: scattered([n, m]) }).y).toEqual(floats(truth, [n, m]));
    }
  });

  it('of a type that nobody tells keeps it', () => {
    const given = model({
      nodes: [
        node('Greater', 'x x', 'c'),
        node('Not', 'c', 'd'),
        node('EyeLike', 'd', 'e'),
        node('Where', 'e x zero', 'y'),
      ],
      inputs: { x: 'float32[n,m]' },
      outputs: { y: 'float32' },
      weights: { zero: floats([0]) },
    });
    expect(run(repairEyeLike(given).model, { x: floats([1, 2, 3, 4], [2, 2]) }).y).toEqual(
      floats([1, 0, 0, 4], [2, 2]),
    );
  });

  it('of floats stays as it is', () => {
    const given = unit('float64');
    expect(repairEyeLike(given).model).toBe(given);
  });
});
