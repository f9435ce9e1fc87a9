// ONNX files that cannot be run, each in one way.

import { createGraph } from './onnx-graph.js';

/** Positions and species in, energy and forces out, with one node of `type` on the way. */
export function modelWithOperator(type: string, domains: Record<string, number> = {}): Uint8Array {
  const g = createGraph();
  g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float64', ['n', 3]);
  const cell = g.constant('float64', [1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]);
  const odd = g.op(type, [cell]);
  const energy = g.op('ReduceSum', [g.op('Mul', [x, g.op('ReduceSum', [odd], { keepdims: 0 })])], {
    keepdims: 0,
  });
  g.output('energy', energy, 'float64', []);
  g.output('forces', x, 'float64', ['n', 3]);
  return g.model({ domains });
}

export interface NamedTensor {
  readonly name: string;
  readonly type: 'float32' | 'float64' | 'int64' | 'int32' | 'bool';
  readonly dims: readonly (number | string)[];
}

/** A graph with these inputs whose outputs are zeros of the shape of the first float input, and their sum. */
export function modelWithTensors(
  inputs: readonly NamedTensor[],
  outputs: { readonly energy?: string; readonly forces?: string } = { energy: 'energy', forces: 'forces' },
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const g = createGraph();
  for (const { name, type, dims } of inputs) g.input(name, type, dims);
  const { name, type, dims } = inputs.find((input) => input.type.startsWith('float'))!;
  const zeros = g.op('Sub', [name, name]);
  if (outputs.energy) g.output(outputs.energy, g.op('ReduceSum', [zeros], { keepdims: 0 }), type, []);
  if (outputs.forces) g.output(outputs.forces, zeros, type, dims);
  return g.model({ metadata });
}
