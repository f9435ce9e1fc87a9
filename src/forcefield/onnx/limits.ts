// What a bound model can take of a system; checked once, before the first call.

import { MdbenchError } from '../../errors.js';
import type { ModelSummary } from '../../onnx/index.js';
import { planeSpacings, type System } from '../../system/index.js';
import type { Binding, InputBinding } from './binding.js';
import { checkElements } from './species-feed.js';

/** @throws `unknown-element`, `open-boundaries-only`, `cell-too-small`, `structure-invalid`, `unbindable-inputs` */
export function checkLimits(binding: Binding, system: System, title: string): void {
  checkElements(binding.species, system.numbers, title);
  checkBoundaries(binding, system, title);
  for (const input of binding.inputs) checkFixedAtoms(input, system, title);
}

/** @throws `option-invalid` for several threads where ONNX Runtime would add up forces wrongly, now and then */
export function checkThreads(path: string, summary: ModelSummary, threads: number): void {
  if (threads === 1 || !summary.needsOneThread) return;
  throw new MdbenchError(
    'option-invalid',
    `${path} sums with ScatterND, which ONNX Runtime computes wrongly on more than one thread; ${threads} were asked for.`,
    'Use --threads 1, or export the model with ScatterElements.',
  );
}

/**
 * A barostat may bring a cell below what the model can take, so this is asked again of every new one.
 * @throws `open-boundaries-only`, `cell-too-small`, `structure-invalid`
 */
export function checkBoundaries(binding: Binding, system: System, title: string): void {
  if (!system.pbc.some(Boolean) || binding.boundaries === 'host') return;
  if (binding.boundaries === 'none') {
    throw new MdbenchError(
      'open-boundaries-only',
      `${title} cannot run ${system.name}, which is periodic: the model takes neither shifts of its edges nor a cell.`,
      'Choose a system with open boundaries, such as a molecule, or export the model with edges and shifts as inputs.',
    );
  }
  const skewed = system.cell.some((value, k) => k % 4 !== 0 && Math.abs(value) > 1e-9);
  const diagonal = binding.inputs.some(
    (input) => input.role === 'cell' && input.shape.length === 1 && input.shape[0] === 3,
  );
  if (skewed && (diagonal || binding.boundaries === 'orthorhombic')) {
    throw new MdbenchError(
      'structure-invalid',
      `${title} takes orthorhombic cells along the axes only; the cell of ${system.name} is not.`,
      'Choose a system with an orthorhombic cell.',
    );
  }
  const shortest = Math.min(...planeSpacings(system.cell, system.pbc));
  if (binding.cutoff && shortest < 2 * binding.cutoff.value) {
    throw new MdbenchError(
      'cell-too-small',
      `${title} looks for neighbors itself and sees one image of each atom: with its cutoff of ${binding.cutoff.value} Å the cell must be at least ${2 * binding.cutoff.value} Å between faces, ${system.name} has ${shortest.toFixed(3)} Å.`,
      'Choose a larger system, or repeat the structure with --repeat.',
    );
  }
}

function checkFixedAtoms(input: InputBinding, system: System, title: string): void {
  const n = system.numbers.length;
  const dim = atomDimension(input);
  if (dim === undefined || dim === n) return;
  throw new MdbenchError(
    'unbindable-inputs',
    `${title} was exported for ${dim} atoms (\`${input.tensor}\` is [${input.shape.join(',')}]); ${system.name} has ${n}.`,
    'Export the model with a dynamic axis for the atoms, or choose a system of this size.',
  );
}

/** The number of atoms that the file fixes, if it does. */
function atomDimension({ role, shape }: InputBinding): number | undefined {
  const dim = atomDim(role, shape);
  return typeof dim === 'number' ? dim : undefined;
}

function atomDim(role: string, shape: InputBinding['shape']): number | string | undefined {
  const flat = shape.at(-1);
  if (role === 'positions') {
    if (shape.length > 1 && flat === 3) return shape.at(-2);
    return typeof flat === 'number' ? flat / 3 : undefined;
  }
  if (role === 'batch') return shape[0];
  if (role !== 'species') return undefined;
  return shape.length === 2 && shape[0] === 1 && shape[1] !== 1
    ? shape[1]
    : shape[shape.length === 3 ? 1 : 0];
}
