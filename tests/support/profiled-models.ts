// Model files whose atoms feel no force and whose time goes into planted operators.

import { createGraph, type GraphBuilder } from './onnx-graph.js';

/** `plant` gets a tensor of one zero that depends on the positions, and gives one of any shape. */
function modelAround(plant: (g: GraphBuilder, zero: string) => string): Uint8Array {
  const g = createGraph();
  g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float32', ['n', 3]);
  const none = g.op('Mul', [x, g.constant('float32', [0])]);
  const zero = g.op('ReduceSum', [none], { keepdims: 0 });
  const planted = g.op('ReduceSum', [plant(g, zero)], { keepdims: 0 });
  g.output('energy', g.op('Mul', [planted, zero]), 'float32', []);
  g.output('forces', none, 'float32', ['n', 3]);
  return g.model();
}

/** Sums 4000 edges of 16 channels to 64 atoms. */
export function scatterModel(): Uint8Array {
  return modelAround((g, zero) => {
    const shape = (...dims: number[]) => g.constant('int64', dims, [dims.length]);
    const receivers = Array.from({ length: 4000 }, (_, edge) => edge % 64);
    const indices = g.op('Expand', [g.constant('int64', receivers, [4000, 1]), shape(4000, 16)]);
    const updates = g.op('Expand', [zero, shape(4000, 16)]);
    const sums = g.op('Expand', [zero, shape(64, 16)]);
    return g.op('ScatterElements', [sums, indices, updates], { axis: 0, reduction: 'add' });
  });
}

/** Two dense products: of 384 and of 8 rows. */
export function productModel(): Uint8Array {
  return modelAround((g, zero) => {
    const square = (rows: number) => g.op('Expand', [zero, g.constant('int64', [rows, rows], [2])]);
    const product = (rows: number) =>
      g.op('ReduceSum', [g.op('MatMul', [square(rows), square(rows)])], { keepdims: 0 });
    return g.op('Add', [product(384), product(8)]);
  });
}

/** In double, at the level `basic` only: ONNX Runtime fuses it into an operator without a kernel above. */
export function smoothModel(): Uint8Array {
  const g = createGraph();
  g.input('z', 'int64', ['n']);
  const x = g.input('positions', 'float64', ['n', 3]);
  const smooth = g.op('Mul', [x, g.op('Sigmoid', [x])]);
  g.output('energy', g.op('ReduceSum', [smooth], { keepdims: 0 }), 'float64', []);
  g.output('forces', g.op('Mul', [smooth, g.constant('float64', [0])]), 'float64', ['n', 3]);
  return g.model();
}
