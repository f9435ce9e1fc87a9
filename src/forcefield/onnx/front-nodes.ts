// What a front computes from positions (n,3), and what becomes of forces behind it.

import { tensorOf } from '../../onnx/tensor-values.js';
import type { Binding, InputBinding, OutputBinding } from './binding.js';
import { distancesInColumn, edgesInRows, isFlat } from './dimensions.js';
import type { Draft } from './front-draft.js';

/** x[neighbor] − x[center] + shift, or its length, which is zero with a gradient of zero where the vector is. */
export function addVectors(draft: Draft, input: InputBinding, positions: string): void {
  const { before } = draft;
  const { type, source } = input;
  const [from, to] = edgeEnds(draft, source);
  const shifts = draft.input('shifts', type, ['mdbench_e', 3], source);
  const gather = (index: string) => before.op('Gather', [positions, index], { axis: 0 });
  const bare = before.sub(gather(to), gather(from));
  const vectors = before.add(bare, unbatched(draft, 'shifts', shifts, 2, [-1, 3]));
  const rows = input.role === 'vectors' ? inForm(draft, vectors, input) : lengths(draft, vectors, input);
  draft.name(rows, input.tensor);
}

/** Positions of all atoms: those of the atoms that they are images of, shifted. */
export function addGhosts(draft: Draft, input: InputBinding, positions: string): void {
  const { before } = draft;
  const sources = draft.input('ghost-sources', 'int64', ['mdbench_g'], input.source);
  const shifts = draft.input('ghost-shifts', input.type, ['mdbench_g', 3], input.source);
  const all = before.add(before.op('Gather', [positions, sources], { axis: 0 }), shifts);
  draft.name(inForm(draft, all, input), input.tensor);
}

/** Positions, then those of the rows that hold no atom. */
export function appendTail(draft: Draft, input: InputBinding, positions: string): void {
  const tail = draft.input('tail-positions', input.type, ['mdbench_t', 3], input.source);
  const all = draft.before.op('Concat', [positions, tail], { axis: 0 });
  draft.name(inForm(draft, all, input), input.tensor);
}

/** Forces of the atoms alone, (n,3). */
export function foldForces(
  draft: Draft,
  output: OutputBinding,
  positions: string,
  { neighbors }: Binding,
): OutputBinding {
  const { after } = draft;
  const rows = after.op('Reshape', [output.tensor, after.ints([-1, 3])]);
  const zero = after.constant(tensorOf(output.type, [0], []));
  let forces: string;
  if (neighbors.ghosts) {
    const shape = after.shapeOf(rows);
    const sources = draft.input('ghost-sources', 'int64', ['mdbench_g'], output.source);
    const column = after.op('Reshape', [sources, after.ints([-1, 1])]);
    const zeros = after.op('Expand', [zero, after.shapeOf(positions)]);
    const index = after.op('Expand', [column, shape]);
    forces = after.op('ScatterElements', [zeros, index, rows], { axis: 0, reduction: 'add' });
  } else {
    const count = after.op('Gather', [after.shapeOf(positions), after.ints([0])], { axis: 0 });
    forces = after.op('Slice', [rows, after.ints([0]), count, after.ints([0])]);
  }
  return { ...output, tensor: forces, shape: ['n', 3] };
}

/** Names of the first and the second end of the edges, [e] each: two inputs, or halves of one. */
function edgeEnds(draft: Draft, source: InputBinding['source']): readonly [string, string] {
  const { before, binding } = draft;
  const centers = binding.inputs.find(({ role }) => role === 'edge-centers');
  const neighbors = binding.inputs.find(({ role }) => role === 'edge-neighbors');
  if (centers && neighbors)
    return [
      unbatched(draft, 'edge-centers', centers.tensor, 1, [-1]),
      unbatched(draft, 'edge-neighbors', neighbors.tensor, 1, [-1]),
    ];
  const own = binding.inputs.find(({ role }) => role === 'edges');
  const rows = own !== undefined && edgesInRows(own.shape);
  const given = draft.input('edges', 'int64', [2, 'mdbench_e'], source);
  const edges = unbatched(draft, 'edges', given, 2, rows ? [-1, 2] : [2, -1]);
  const axis = rows ? 1 : 0;
  const end = (index: number) =>
    before.op('Gather', [edges, before.constant(tensorOf('int64', [index], []))], { axis });
  return [end(0), end(1)];
}

/** The input of a role without the dimension of a batch, where it has one. */
function unbatched(
  { before, binding }: Draft,
  role: InputBinding['role'],
  tensor: string,
  rank: number,
  form: readonly number[],
): string {
  const own = binding.inputs.find((input) => input.role === role);
  return own && own.shape.length > rank ? before.op('Reshape', [tensor, before.ints(form)]) : tensor;
}

/** [e] or [e,1], or the same as the one of a batch. */
function lengths(draft: Draft, vectors: string, input: InputBinding): string {
  const { before, opset } = draft;
  const products = before.mul(vectors, vectors);
  const column = distancesInColumn(input.shape);
  const keepdims = column ? 1 : 0;
  const squares =
    opset >= 13
      ? before.op('ReduceSum', [products, before.ints([1])], { keepdims })
      : before.op('ReduceSum', [products], { axes: [1], keepdims });
  const scalar = (value: number) => before.constant(tensorOf(input.type, [value], []));
  const apart = before.op('Greater', [squares, scalar(0)]);
  const root = before.op('Sqrt', [before.op('Where', [apart, squares, scalar(1)])]);
  const found = before.op('Where', [apart, root, scalar(0)]);
  const form = column ? [1, -1, 1] : [1, -1];
  return input.shape.length === form.length ? before.op('Reshape', [found, before.ints(form)]) : found;
}

/** Rows of three in the shape that the model takes: [r,3], [1,r,3], [1,3r] or [3r]. */
function inForm({ before }: Draft, rows: string, { shape }: InputBinding): string {
  if (shape.length === 0 || (shape.length === 2 && !isFlat(shape))) return rows;
  const form = shape.length === 3 ? [1, -1, 3] : shape.length === 2 ? [1, -1] : [-1];
  return before.op('Reshape', [rows, before.ints(form)]);
}
