// Nodes in front of a model that wants what follows from positions: vectors or distances of edges, positions of ghosts,
// rows that hold no atom. With them it takes positions, so that its gradient is that of the atoms.

import { copied } from '../../onnx/copy.js';
import type { ModelChange } from '../../onnx/index.js';
import type { ModelProto } from '../../onnx/proto/onnx_pb.js';
import type { Binding, InputBinding, OutputBinding } from './binding.js';
import { createDraft, type Draft, finishDraft } from './front-draft.js';
import { addGhosts, addVectors, appendTail, foldForces } from './front-nodes.js';

interface Rewritten {
  readonly model: ModelProto;
  readonly binding: Binding;
  readonly change: ModelChange;
}

/**
 * The same model behind nodes that compute what it takes instead of positions; null where there is no need. Neither the
 * model nor its binding that are given are changed. Forces of ghosts are added to those of their atoms, forces of rows
 * without an atom are left out.
 */
export function rewriteFront(model: ModelProto, binding: Binding): Rewritten | null {
  const replaced = binding.inputs.filter((input) => isReplaced(input, binding));
  if (replaced.length === 0 || !model.graph) return null;
  const draft = createDraft(model, model.graph, binding);
  const positions = positionsOf(draft, replaced);
  for (const input of replaced) computed(draft, input, positions);
  const outputs = behind(draft, positions, replaced);
  const kept = binding.inputs.filter((input) => !replaced.includes(input));
  const graph = finishDraft(draft, replaced, outputs);
  return {
    model: copied(model, { graph }),
    binding: { ...binding, inputs: [...kept, ...draft.added], outputs },
    change: {
      pass: 'front',
      count: draft.nodes(),
      values: {
        replaced: replaced.map(({ tensor }) => tensor),
        added: draft.added.map(({ tensor }) => tensor),
      },
    },
  };
}

function isReplaced({ role }: InputBinding, { tail }: Binding): boolean {
  if (role === 'vectors' || role === 'distances' || role === 'ghost-positions') return true;
  return tail !== null && role === 'positions';
}

/** (n,3), of the model's own input where that stays. */
function positionsOf(draft: Draft, replaced: readonly InputBinding[]): string {
  const own = draft.binding.inputs.find((input) => input.role === 'positions' && !replaced.includes(input));
  if (own) return draft.before.op('Reshape', [own.tensor, draft.before.ints([-1, 3])]);
  const { type, source } = replaced[0]!;
  return draft.input('positions', type, ['n', 3], source);
}

/** Forces of ghosts are summed by an operator of opset 16; before that they are left to the gradient of the energy. */
function behind(
  draft: Draft,
  positions: string,
  replaced: readonly InputBinding[],
): readonly OutputBinding[] {
  const { binding, opset } = draft;
  if (!replaced.some(({ role }) => role.endsWith('positions'))) return binding.outputs;
  const own = binding.outputs.filter(
    ({ role }) => role !== 'forces' || !binding.neighbors.ghosts || opset >= 16,
  );
  return own.map((output) =>
    output.role === 'forces' ? foldForces(draft, output, positions, binding) : output,
  );
}

/** Writes the tensor that was an input. */
function computed(draft: Draft, input: InputBinding, positions: string): void {
  if (input.role === 'ghost-positions') addGhosts(draft, input, positions);
  else if (input.role === 'positions') appendTail(draft, input, positions);
  else addVectors(draft, input, positions);
}
