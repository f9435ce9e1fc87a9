// An If that every probe decides alike gives way to its branch; one that floats decide stays.

import { describe, expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import { type Feeds, inlineIf } from '../../../src/onnx/index.js';
import type { GraphProto, ModelProto } from '../../../src/onnx/proto/onnx_pb.js';
import { tensorOf } from '../../../src/onnx/tensor-values.js';
import { floats, graph, longs, model, node, run, scattered } from '../../support/onnx-nodes.js';

const matrices: Feeds[] = [{ x: scattered([3, 4]) }, { x: scattered([5, 4]) }];
const probing = (feeds: readonly Feeds[] | null) => ({ run: graphRunner, probes: () => feeds });

/** Nodes that compare dimension `axis` of `of` with `size`: the result is `name`. */
function sizeIs(of: string, axis: number, size: number, name: string) {
  return [
    node('Shape', of, `${name}_shape`),
    node('Constant', '', `${name}_axis`, { value: longs([axis], []) }),
    node('Gather', `${name}_shape ${name}_axis`, `${name}_size`),
    node('Constant', '', `${name}_one`, { value: longs([size], []) }),
    node('Equal', `${name}_size ${name}_one`, name),
  ];
}

function branch(type: string, from: string, name = 't'): GraphProto {
  return graph({ nodes: [node(type, from, name)], outputs: { [name]: 'float32' } });
}

function choosing(
  condition: ReturnType<typeof node>[],
  extra: Readonly<Record<string, string>> = {},
): ModelProto {
  return model({
    nodes: [
      node('Exp', 'x', 't'),
      ...condition,
      node(
        'If',
        'c',
        'chosen',
        {},
        { then_branch: branch('Neg', 't', 'r'), else_branch: branch('Abs', 't', 'r') },
      ),
      node('Add', 'chosen x', 'y'),
    ],
    inputs: { x: 'float32[n,m]', ...extra },
    outputs: { y: 'float32' },
  });
}

function kinds({ graph: body }: ModelProto): string[] {
  return body!.node.map(({ opType }) => opType);
}

describe('an If', () => {
  it.each([
    ['the branch that is taken', 4, 'Neg'],
    ['the other one', 3, 'Abs'],
  ])('on a shape gives way to %s', (_, size, taken) => {
    const given = choosing(sizeIs('x', 1, size, 'c'));
    const before = structuredClone(given);
    const { model: inlined, changes, lints } = inlineIf(given, probing(matrices));
    expect(given).toEqual(before);
    expect(kinds(inlined)).toContain(taken);
    expect(kinds(inlined)).not.toContain('If');
    expect(changes).toEqual([{ pass: 'inline-if', count: 1, values: { nodes: ['chosen'], sizes: [] } }]);
    expect(lints).toEqual([]);
    for (const n of [1, 2, 7]) {
      const feeds = { x: scattered([n, 4]) };
      expect(run(inlined, feeds)).toEqual(run(given, feeds));
    }
  });

  it('names a condition on a size that the probes do not share', () => {
    const { changes } = inlineIf(choosing(sizeIs('x', 0, 1, 'c')), probing(matrices));
    expect(changes[0]!.values).toEqual({ nodes: ['chosen'], sizes: ['chosen'] });
  });

  it('that the probes decide differently stays, and so does one on floats', () => {
    const differing = inlineIf(choosing(sizeIs('x', 0, 3, 'c')), probing(matrices));
    const onFloats = choosing([
      node('ReduceMax', 'x', 'max', { keepdims: 0 }),
      node('Constant', '', 'ten', { value: floats([10], []) }),
      node('Less', 'max ten', 'c'),
    ]);
    const countsFloats = choosing([node('NonZero', 'x', 'places'), ...sizeIs('places', 0, 2, 'c')]);
    expect(differing.lints).toEqual([
      { id: 'if-kept', count: 1, values: { nodes: ['chosen'], probed: true } },
    ]);
    for (const given of [onFloats, countsFloats]) {
      const { model: same, lints } = inlineIf(given, probing(matrices));
      expect(same).toBe(given);
      expect(lints).toHaveLength(1);
    }
  });

  it('on whole numbers gives way where these are the same everywhere, as in a batch of one', () => {
    const condition = [
      node('ReduceMax', 'batch', 'last', { keepdims: 0 }),
      node('Constant', '', 'zero', { value: longs([0], []) }),
      node('Equal', 'last zero', 'c'),
    ];
    const given = choosing(condition, { batch: 'int64[n]' });
    const feeds = (values: number[][]) => matrices.map((feed, k) => ({ ...feed, batch: longs(values[k]!) }));
    const one = inlineIf(
      given,
      probing(
        feeds([
          [0, 0, 0],
          [0, 0, 0, 0, 0],
        ]),
      ),
    );
    const species = inlineIf(
      given,
      probing(
        feeds([
          [1, 6, 8],
          [1, 1, 6, 6, 8],
        ]),
      ),
    );
    expect(kinds(one.model)).not.toContain('If');
    expect(species.model).toBe(given);
  });

  it('within an If, with weights of its branch, a value passed through and the same one twice', () => {
    const inner = graph({
      nodes: [node('Mul', 't w', 'r')],
      outputs: { r: 'float32', t: 'float32' },
      weights: { w: floats([3], []) },
    });
    const outer = graph({
      nodes: [
        ...sizeIs('x', 1, 4, 'd'),
        node(
          'If',
          'd',
          'p q',
          {},
          { then_branch: inner, else_branch: graph({ nodes: [], outputs: { t: '', x: '' } }) },
        ),
        node('Add', 'p q', 'r'),
      ],
      outputs: { r: 'float32', r2: 'float32' },
    });
    outer.output[1]!.name = 'r';
    const given = model({
      nodes: [
        node('Exp', 'x', 't'),
        node('Constant', '', 'w', { value: floats([2], []) }),
        ...sizeIs('x', 1, 4, 'c'),
        node('If', 'c', 'a b', {}, { then_branch: outer, else_branch: outer }),
        node('Add', 'a b', 's'),
        node('Mul', 's w', 'y'),
      ],
      inputs: { x: 'float32[n,4]' },
      outputs: { y: 'float32' },
    });
    const { model: inlined, changes } = inlineIf(given, probing(matrices));
    expect(changes[0]!.count).toBe(2);
    const x = scattered([2, 4]);
    const expected = [...x.data].map((v) => expect.closeTo(16 * Math.exp(Number(v)), 3));
    expect([...run(inlined, { x }).y!.data]).toEqual(expected);
  });

  it('on a constant needs no probes; any other one stays without them', () => {
    const always = choosing([node('Constant', '', 'c', { value: tensorOf('bool', [0], []) })]);
    expect(kinds(inlineIf(always, probing(null)).model)).not.toContain('If');
    const kept = inlineIf(choosing(sizeIs('x', 1, 4, 'c')), probing(null));
    expect(kept.lints).toEqual([{ id: 'if-kept', count: 1, values: { nodes: ['chosen'], probed: false } }]);
  });
});
