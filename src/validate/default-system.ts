// A system made for a force field of which nobody named one: small, off symmetry, of elements that it knows. Å.

import type { ForceField } from '../forcefield/index.js';
import {
  buildSystem,
  createSystem,
  elementMasses,
  listSystems,
  repeatSystem,
  type System,
} from '../system/index.js';
import { bondLength } from './clusters.js';
import { opened, rattled } from './motions.js';

type Description = ForceField['description'];

/** Å, rms along each axis: forces of the order of 1 eV/Å. */
const crystalSpread = 0.06;
const moleculeSpread = 0.05;
/** Å of free space around a molecule in a periodic cell: its images are neighbors. */
const moleculeGap = 2.5;
/** Å, of a model that looks for neighbors itself and does not say how far. */
const unknownCutoff = 6;
const seed = 11;
/** Crystals are repeated until their cell is so many Å wide, for models that look for neighbors themselves and do not say how far. */
const widths = [12, 17, 26];

/** Candidates, best first; what the force field refuses or answers with nothing is left to the next one. */
export function defaultSystems(description: Description): System[] {
  const atoms = fixedAtoms(description);
  const knows = (...numbers: number[]) =>
    description.elements === null || numbers.every((number) => description.elements!.includes(number));
  const molecules = listSystems()
    .filter(({ pbc, atoms: count }) => !pbc.includes(true) && (atoms === null || count === atoms))
    .map(({ name }) => buildSystem(name))
    .filter(({ numbers }) => knows(...numbers))
    .sort((a, b) => preference(a) - preference(b))
    .map((molecule) => rattled(molecule, moleculeSpread, seed));
  const crystals = [
    ...(knows(14) ? sizesOf(repeatSystem(buildSystem('si8'), [2, 1, 1]), description.cutoff) : []),
    ...(knows(18) ? sizesOf(repeatSystem(argonCell(), [2, 2, 1]), description.cutoff) : []),
    ...(description.elements === null ? [] : sizesOf(mixedCrystal(description.elements), description.cutoff)),
  ].map((crystal) => rattled(crystal, crystalSpread, seed));
  const wide = roomFor(description.cutoff ?? unknownCutoff);
  const boxes = [0, wide].flatMap((least) => molecules.map((molecule) => boxed(molecule, least)));
  const periodic = [...boxes, ...crystals];
  const all = [...periodic, ...molecules, ...crystals.slice(0, 1).map(opened)];
  if (atoms === null) return all;
  const exact = [...all, ...crystals.map((crystal) => opened(firstAtoms(crystal, atoms)))];
  return exact.filter(({ numbers }) => numbers.length === atoms);
}

/** The number of atoms that the file of a model states for its positions; null where the axis is free. */
export function fixedAtoms({ binding }: Description): number | null {
  const shape = binding.find(({ role }) => role === 'positions')?.shape ?? [];
  const flat = shape.at(-1) !== 3 || shape.length === 1;
  const dim = flat ? shape.at(-1) : shape.at(-2);
  if (typeof dim !== 'number') return null;
  return flat ? dim / 3 : dim;
}

/** Three elements first, then small ones. */
function preference({ numbers }: System): number {
  return numbers.length - 100 * Math.min(3, new Set(numbers).size);
}

/** The crystal as it is, and so large that a cutoff of half its width is usual. */
function sizesOf(crystal: System, cutoff: number | null): System[] {
  const edges = [0, 4, 8].map((k) => crystal.cell[k]);
  const large = (cutoff === null ? widths : [roomFor(cutoff)]).map((width) =>
    repeatSystem(crystal, edges.map((edge) => Math.ceil(width / edge)) as [number, number, number]),
  );
  return [crystal, ...large].map((one) => ({ ...one, name: `crystal-${one.numbers.length}` }));
}

/** Å between the faces of a cell for one image of each atom, and for a little strain. */
function roomFor(cutoff: number): number {
  return 2.05 * cutoff;
}

function argonCell(): System {
  const { cell, numbers, positions } = buildSystem('ar108');
  return createSystem({
    name: 'crystal',
    numbers: numbers.slice(0, 4),
    positions: positions.slice(0, 12),
    cell: cell.map((x) => x / 3),
    pbc: [true, true, true],
  });
}

/** Simple cubic, up to three elements in turn, 1.1 bond lengths apart: 2 × 2 × 4 atoms. */
function mixedCrystal(elements: readonly number[]): System {
  const chosen = elements.filter((number) => number < elementMasses.length).slice(0, 3);
  const edge = 1.1 * Math.max(...chosen.map((a) => bondLength(a, a)));
  const sites = Array.from({ length: 16 }, (_, k) => [k & 1, (k >> 1) & 1, k >> 2]);
  return createSystem({
    name: 'crystal',
    numbers: sites.map(([a, b, c]) => chosen[(a + b + c) % chosen.length]),
    positions: sites.flatMap((site) => site.map((count) => count * edge)),
    cell: [2 * edge, 0, 0, 0, 2 * edge, 0, 0, 0, 4 * edge],
    pbc: [true, true, true],
  });
}

/** A molecule in a cell that its images share, with edges of at least so many Å. */
function boxed(molecule: System, least: number): System {
  const edge = (d: number) => {
    const along = molecule.positions.filter((_, k) => k % 3 === d);
    return Math.max(least, Math.max(...along) - Math.min(...along) + moleculeGap);
  };
  const [a, b, c] = [0, 1, 2].map(edge);
  return { ...molecule, cell: Float64Array.of(a, 0, 0, 0, b, 0, 0, 0, c), pbc: [true, true, true] };
}

function firstAtoms(system: System, atoms: number): System {
  return createSystem({
    name: `crystal-${atoms}`,
    numbers: system.numbers.slice(0, atoms),
    positions: system.positions.slice(0, 3 * atoms),
  });
}
