// Cutoffs are found where graphs compare, clip or scale distances, whatever way these come about; what disagrees is
// listed, and what tells an atom from itself is left out.

import { describe, expect, it } from 'vitest';
import { type CutoffSearch, findCutoff } from '../../src/onnx/find-cutoff.js';
import { readModel } from '../../src/onnx/index.js';
import { createGraph, type GraphBuilder } from '../support/onnx-graph.js';
import { axes } from '../support/onnx-potential.js';

const inputs = { positions: ['x'], vectors: ['v'], distances: ['d'] };
type Finish = (g: GraphBuilder, distance: string) => string;

const real = (g: GraphBuilder, value: number) => g.constant('float32', [value]);
const less: Finish = (g, d) => g.op('Less', [d, real(g, 5)]);

describe('distances', () => {
  const squares: Finish = (g, v) => g.op('ReduceSum', [g.op('Mul', [v, v]), axes(g, 1)]);
  const vectors = (g: GraphBuilder) => {
    const x = g.input('x', 'float32', ['n', 3]);
    const edges = g.input('edges', 'int64', [2, 'e']);
    const end = (k: number) =>
      g.op('Gather', [x, g.op('Gather', [edges, g.constant('int64', [k])], { axis: 0 })], { axis: 0 });
    const shifts = g.input('shifts', 'float32', ['e', 3]);
    return g.op('Add', [g.op('Sub', [end(1), end(0)]), shifts]);
  };
  const ways: Readonly<Record<string, (g: GraphBuilder) => string>> = {
    'Sqrt of ReduceSum': (g) => g.op('Sqrt', [squares(g, vectors(g))]),
    powers: (g) =>
      g.op('Pow', [g.op('ReduceSum', [g.op('Pow', [vectors(g), real(g, 2)]), axes(g, 1)]), real(g, 0.5)]),
    ReduceL2: (g) => g.op('ReduceL2', [vectors(g)], { axes: [1] }),
    ReduceSumSquare: (g) => g.op('Sqrt', [g.op('ReduceSumSquare', [vectors(g)], { axes: [1] })]),
    Einsum: (g) => {
      const v = vectors(g);
      return g.op('Sqrt', [g.op('Einsum', [v, v], { equation: 'ij,ij->i' })]);
    },
    'a small number under the root': (g) =>
      g.op('Sqrt', [g.op('Add', [squares(g, vectors(g)), real(g, 1e-9)])]),
    'a mask on the diagonal': (g) =>
      g.op('Sqrt', [g.op('Add', [squares(g, vectors(g)), g.input('mask', 'float32', ['e', 1])])]),
    'a unit of its own': (g) =>
      g.op('Div', [g.op('Sqrt', [squares(g, g.op('Mul', [vectors(g), real(g, 10)]))]), real(g, 10)]),
    'given vectors': (g) => g.op('ReduceL2', [g.input('v', 'float32', ['e', 3])], { axes: [1] }),
    'given distances': (g) => g.op('Unsqueeze', [g.input('d', 'float32', ['e']), axes(g, 1)]),
  };
  it.each(Object.keys(ways))('by %s', (way) => {
    expect(search((g) => less(g, ways[way]!(g)))).toEqual({ value: 5, sure: true, candidates: [5] });
  });

  it('squares are compared with the square', () => {
    expect(search((g) => g.op('Less', [squares(g, vectors(g)), real(g, 20.25)])).value).toBe(4.5);
  });
});

describe('thresholds', () => {
  const ways: Readonly<Record<string, Finish>> = {
    Less: less,
    'Greater with sides exchanged': (g, d) => g.op('GreaterOrEqual', [real(g, 5), d]),
    'Clip of a ratio': (g, d) => g.op('Clip', [g.op('Div', [d, real(g, 5)]), real(g, 0), real(g, 1)]),
    'Clip of a switch from 4 to 5': (g, d) =>
      g.op('Clip', [g.op('Sub', [d, real(g, 4)]), real(g, 0), real(g, 1)]),
    Min: (g, d) => g.op('Min', [d, real(g, 5)]),
    'Relu of 1 − d²/c²': (g, d) =>
      g.op('Relu', [g.op('Sub', [real(g, 1), g.op('Mul', [g.op('Mul', [d, d]), real(g, 1 / 25)])])]),
    'Max of c − d': (g, d) => g.op('Max', [g.op('Sub', [real(g, 5), d]), real(g, 0)]),
    'Where and a constant through Cast': (g, d) => {
      const bound = g.op('Cast', [g.constant('float64', [5])], { to: 1 });
      return g.op('Where', [g.op('Less', [d, bound]), d, real(g, 0)]);
    },
  };
  it.each(Object.keys(ways))('%s', (way) => {
    expect(search((g) => ways[way]!(g, distance(g)))).toEqual({ value: 5, sure: true, candidates: [5] });
  });

  it('a cosine is a weaker hint, a ratio the weakest', () => {
    const cosine: Finish = (g, d) => g.op('Cos', [g.op('Mul', [d, real(g, Math.PI / 5)])]);
    expect(search((g) => cosine(g, distance(g)))).toEqual({ value: 5, sure: false, candidates: [5] });
    expect(search((g) => g.op('Div', [distance(g), real(g, 5)]))).toMatchObject({ value: 5, sure: false });
    expect(
      search((g) => {
        const d = distance(g);
        return g.op('Add', [
          cosine(g, g.op('Mul', [d, real(g, 0.5)])),
          g.op('Cast', [less(g, d)], { to: 1 }),
        ]);
      }),
    ).toMatchObject({ value: 5, sure: true });
  });

  it('coefficients of a polynomial are none', () => {
    const found = search((g) => {
      const ratio = g.op('Div', [distance(g), real(g, 4.5)]);
      const term = (power: number, factor: number) =>
        g.op('Mul', [g.op('Pow', [ratio, real(g, power)]), real(g, factor)]);
      return g.op('Add', [term(6, -28), g.op('Add', [term(7, 48), term(8, -21)])]);
    });
    expect(found).toEqual({ value: 4.5, sure: false, candidates: [4.5] });
  });

  it('several that disagree are listed', () => {
    const both = search((g) => {
      const d = distance(g);
      return g.op('And', [less(g, d), g.op('Less', [d, real(g, 3.5)])]);
    });
    expect(both).toEqual({ value: null, sure: false, candidates: [3.5, 5] });
  });

  it('what tells an atom from itself is none', () => {
    expect(search((g) => g.op('Greater', [distance(g), real(g, 1e-6)])).candidates).toEqual([]);
    expect(search((g) => g.op('Clip', [distance(g), real(g, 1e-8)])).candidates).toEqual([]);
  });

  it('features of distances and other numbers are none', () => {
    const gaussians = search((g) => {
      const d = distance(g);
      const row = g.op('Sub', [d, g.constant('float32', [1, 2, 3], [1, 3])]);
      return g.op('Less', [row, real(g, 5)]);
    });
    expect(gaussians.candidates).toEqual([]);
    expect(search((g) => g.op('Less', [g.op('Exp', [distance(g)]), real(g, 5)])).candidates).toEqual([]);
    expect(search((g) => g.op('Less', [g.input('other', 'float32', ['n']), real(g, 5)])).candidates).toEqual(
      [],
    );
  });
});

function distance(g: GraphBuilder): string {
  return g.op('Unsqueeze', [g.input('d', 'float32', ['e']), axes(g, 1)]);
}

function search(build: (g: GraphBuilder) => string): CutoffSearch {
  const g = createGraph();
  g.output('out', build(g), 'float32', []);
  return findCutoff(readModel(g.model(), 'built.onnx').proto, inputs);
}
