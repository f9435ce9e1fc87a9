// Systems to probe a model with before it runs: clusters that differ in every count, of elements that it knows. Å.

import { MdbenchError } from '../../errors.js';
import { createRandom } from '../../random.js';
import { createSystem, type System } from '../../system/index.js';
import { type Binding, reachOf } from './binding.js';

/** Å between the sites of the grid on which the atoms of a probe stand, and how far they are moved off it. */
const spacing = 1.7;
const displacement = 0.25;
/** Every pair of a probe is looked at: a second's work. */
const mostAtoms = 20_000;
const atomCounts = [3, 7, 12] as const;
/** Tried in turn where a model does not say which elements it knows. */
const guesses: readonly (readonly number[])[] = [[1, 6, 8], [14], [6], [1]];

export interface ProbeSystems {
  readonly systems: readonly System[];
  /** One that a model need not take: it shows what a graph clamps to the same size in both others. None if sizes are fixed. */
  readonly small: readonly System[];
}

/**
 * Sets of systems, the likeliest elements first; in a cell of vacuum where a model wants one, with open boundaries
 * where it can have them. Those of a set are of `fixedAtoms` atoms where the file fixes their number.
 * @throws `unbindable-inputs` for more than can be tried
 */
export function probeSystems(binding: Binding, fixedAtoms: number | undefined): ProbeSystems[] {
  if (fixedAtoms !== undefined && fixedAtoms > mostAtoms) throw tooLarge(fixedAtoms);
  const known = binding.species?.elements;
  const choices = known ? [spread(known)] : guesses;
  const counts = atomCounts.map((count) => fixedAtoms ?? Math.min(count, roomFor(binding, count)));
  return choices.map((elements) => {
    const [small, ...systems] = counts.map((count, k) => cluster(count, elements, k, binding));
    return { systems, small: fixedAtoms === undefined ? [small!] : [] };
  });
}

/** At most as many atoms as leave a row of the tail, and fewer in probes that are smaller. */
function roomFor({ tail }: Binding, count: number): number {
  const larger = atomCounts.filter((other) => other > count).length;
  return tail?.rows ? Math.max(1, tail.rows - 1 - larger) : Number.POSITIVE_INFINITY;
}

function tooLarge(atoms: number): MdbenchError {
  return new MdbenchError(
    'unbindable-inputs',
    `The model fixes the number of its atoms at ${atoms}, and it can be tried on ${mostAtoms} at most.`,
    'Export it with a dynamic axis for the atoms.',
  );
}

/** At most four elements of a long list, from hydrogen on. */
function spread(known: readonly number[]): readonly number[] {
  const real = known.filter((number) => number > 0).sort((a, b) => a - b);
  return real.length <= 4
    ? real
    : [...new Set([1, 6, 8].filter((z) => real.includes(z)).concat(real))].slice(0, 4);
}

function cluster(count: number, elements: readonly number[], seed: number, binding: Binding): System {
  const { uniform } = createRandom(seed);
  const side = Math.ceil(Math.cbrt(count));
  const positions = new Float64Array(3 * count);
  for (let atom = 0; atom < count; atom++) {
    const site = [atom % side, Math.floor(atom / side) % side, Math.floor(atom / side ** 2)];
    for (let d = 0; d < 3; d++)
      positions[3 * atom + d] = spacing * site[d]! + displacement * (2 * uniform() - 1);
  }
  const reach = reachOf(binding) ?? 6;
  const edge = Math.max(spacing * side + 2 * reach, 2.5 * reach);
  const periodic = binding.boundaries !== 'none';
  return createSystem({
    name: `probe of ${count} atoms`,
    numbers: Int32Array.from({ length: count }, (_, atom) => elements[atom % elements.length]!),
    positions,
    ...(periodic ? { cell: [edge, 0, 0, 0, edge, 0, 0, 0, edge], pbc: [true, true, true] as const } : {}),
  });
}
