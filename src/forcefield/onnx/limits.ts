// What a bound model can take of a system; checked once, before the first call.

import { MdbenchError } from '../../errors.js';
import type { ModelSummary } from '../../onnx/index.js';
import { planeSpacings, type System } from '../../system/index.js';
import { type Binding, type InputBinding, rowsOf } from './binding.js';
import { atomDimension } from './dimensions.js';
import { checkElements } from './species-feed.js';

/** @throws `unknown-element`, `open-boundaries-only`, `cell-too-small`, `structure-invalid`, `unbindable-inputs` */
export function checkLimits(binding: Binding, system: System, title: string): void {
  checkElements(binding.species, system.numbers, title);
  checkBoundaries(binding, system, title);
  if (binding.tail) checkRows(binding, system, title);
  else for (const input of binding.inputs) checkFixedAtoms(input, system, title);
}

/** @throws `option-invalid` for several threads where ONNX Runtime would add up forces wrongly, now and then */
export function checkThreads(
  path: string,
  summary: Pick<ModelSummary, 'needsOneThread'>,
  threads: number,
): void {
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
  if (binding.boundaries === 'reduced' && [1, 2, 5].some((k) => Math.abs(system.cell[k]) > 1e-9)) {
    throw new MdbenchError(
      'structure-invalid',
      `${title} takes cells whose first vector lies along x and whose second lies in the xy plane; the cell of ${system.name} does not.`,
      'Turn atoms and cell together until it does, or say in its manifest that it takes any: { "pbc": "triclinic" }.',
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

/** A file that fixes the number of rows takes fewer atoms, and rows that hold none. */
function checkRows(binding: Binding, system: System, title: string): void {
  const n = system.numbers.length;
  const rows = rowsOf(binding, n);
  if (n <= rows) return;
  throw new MdbenchError(
    'unbindable-inputs',
    `${title} was exported for ${rows} atoms at most; ${system.name} has ${n}.`,
    'Export the model with a dynamic axis for the atoms, or choose a smaller system.',
  );
}

function checkFixedAtoms(input: InputBinding, system: System, title: string): void {
  const n = system.numbers.length;
  const dim = atomDimension(input);
  if (typeof dim !== 'number' || dim === n) return;
  const filled = dim > n ? ', or say in its manifest what fills it up: { "static": { "pad": "H" } }' : '';
  throw new MdbenchError(
    'unbindable-inputs',
    `${title} was exported for ${dim} atoms (\`${input.tensor}\` is [${input.shape.join(',')}]); ${system.name} has ${n}.`,
    `Export the model with a dynamic axis for the atoms, choose a system of this size${filled}.`,
  );
}
