// What each tensor of a model file is, in which units and conventions, and from where that is known.

import type { InputRole, OutputRole, StressLayout } from '../../spec/manifest.js';
import type { BoundTensor } from '../force-field.js';

export interface InputBinding extends BoundTensor {
  readonly role: InputRole;
  /** Values of a `constant` input; one value fills the tensor. */
  readonly constant?: readonly number[];
  /** Of a charge, spin or head, where it is declared. */
  readonly value?: number;
}

export interface OutputBinding extends BoundTensor {
  readonly role: OutputRole;
  /** −1: the tensor holds minus what its role means. */
  readonly sign: 1 | -1;
  /** Of a stress or virial, where it is declared. */
  readonly layout?: StressLayout;
}

export interface SpeciesEncoding {
  readonly kind: 'number' | 'index' | 'onehot';
  /** Atomic numbers in the order of the encoding; for `number` those that it knows, null = any. */
  readonly elements: readonly number[] | null;
}

/**
 * How a model sees periodic boundaries: `none` open systems only, `host` through the shifts of its edges,
 * otherwise the cells that its own neighbor search can take: `reduced` with the first vector along x and the second in the xy
 * plane, as OpenMM's are.
 */
export type Boundaries = 'none' | 'host' | 'orthorhombic' | 'reduced' | 'triclinic';

/** Which pairs a model wants, and how they are handed over. */
export interface NeighborForm {
  readonly kind: 'none' | 'full' | 'half';
  /** Which end of an edge is the center. */
  readonly center: 'first' | 'second';
  /** `matrix`: a row of neighbors for each atom; `csr`: numbers of neighbors, and one list of all of them. */
  readonly layout: 'edges' | 'matrix' | 'csr';
  /** Slots of a row of the matrix; null: as many as are needed. */
  readonly width: number | null;
  /** What an empty slot holds: a number, the number of atoms, or the index of its row. */
  readonly pad: number | 'atoms' | 'self';
  /** Images of atoms are atoms of their own, after the true ones. */
  readonly ghosts: boolean;
  /** Å; null: the default. */
  readonly skin: number | null;
}

/** Rows after those of the atoms: far away, and not read. */
export interface Tail {
  /** Rows in all; null: one more than there are atoms. */
  readonly rows: number | null;
  /** The species of these rows as the model writes it; −1: a row of zeros. */
  readonly code: number;
}

export interface Binding {
  /** Id of the signature that the inputs match. */
  readonly signature: string | null;
  readonly inputs: readonly InputBinding[];
  /** Without forces: an energy alone. */
  readonly outputs: readonly OutputBinding[];
  readonly units: Units;
  /** Å; `source` says where it was found. */
  readonly cutoff: { readonly value: number; readonly source: BoundTensor['source'] } | null;
  /** Å; of a second neighbor matrix, which holds the pairs of the first one too. */
  readonly longCutoff: Binding['cutoff'];
  /** Null: species are baked into the file. */
  readonly species: SpeciesEncoding | null;
  readonly neighbors: NeighborForm;
  readonly tail: Tail | null;
  /** The number of edges that the file fixes and that far pairs fill up. */
  readonly edges: number | null;
  readonly boundaries: Boundaries;
  readonly energy: 'total' | 'per-atom' | 'mean-per-atom';
  /** What was assumed and not declared: `units.energy=eV`, … */
  readonly assumed: readonly string[];
}

export interface Units {
  readonly length: string;
  readonly energy: string;
  /** The unit of force where it is declared, `energy/length`. */
  readonly force?: string;
  /** The unit of stress where it is declared, `GPa` or `energy/length^3`. */
  readonly stress?: string;
  /** Å, eV, eV/Å and eV/Å³ in one unit of the model. */
  readonly lengthScale: number;
  readonly energyScale: number;
  readonly forceScale: number;
  readonly stressScale: number;
}

/** Rows of a tensor that has one for each of `n` atoms. */
export function rowsOf(binding: Pick<Binding, 'tail'>, n: number): number {
  return binding.tail ? (binding.tail.rows ?? n + 1) : n;
}

/** Å; the longest distance at which a model is given pairs, null where it is given none and none is known. */
export function reachOf({ cutoff, longCutoff }: Pick<Binding, 'cutoff' | 'longCutoff'>): number | null {
  return longCutoff?.value ?? cutoff?.value ?? null;
}
