// What each tensor of a model file is, in which units and conventions, and from where that is known.

import type { InputRole, OutputRole } from '../../spec/manifest.js';
import type { BoundTensor } from '../force-field.js';

export interface InputBinding extends BoundTensor {
  readonly role: InputRole;
  /** Values of a `constant` input; one value fills the tensor. */
  readonly constant?: readonly number[];
}

export interface OutputBinding extends BoundTensor {
  readonly role: OutputRole;
  /** −1: the tensor holds minus what its role means. */
  readonly sign: 1 | -1;
}

export interface SpeciesEncoding {
  readonly kind: 'number' | 'index' | 'onehot';
  /** Atomic numbers in the order of the encoding; for `number` those that it knows, null = any. */
  readonly elements: readonly number[] | null;
}

/**
 * How a model sees periodic boundaries: `none` open systems only, `host` through the shifts of its edges,
 * otherwise the cells that its own neighbor search can take.
 */
export type Boundaries = 'none' | 'host' | 'orthorhombic' | 'triclinic';

export interface Binding {
  /** Id of the signature that the inputs match. */
  readonly signature: string | null;
  readonly inputs: readonly InputBinding[];
  readonly outputs: readonly OutputBinding[];
  readonly units: Units;
  /** Å; `source` says where it was found. */
  readonly cutoff: { readonly value: number; readonly source: BoundTensor['source'] } | null;
  /** Null: species are baked into the file. */
  readonly species: SpeciesEncoding | null;
  readonly neighbors: { readonly kind: 'none' | 'full' | 'half'; readonly center: 'first' | 'second' };
  readonly boundaries: Boundaries;
  readonly energy: 'total' | 'per-atom' | 'mean-per-atom';
  /** What was assumed and not declared: `units.energy=eV`, … */
  readonly assumed: readonly string[];
}

export interface Units {
  readonly length: string;
  readonly energy: string;
  /** Å, eV and eV/Å in one unit of the model. */
  readonly lengthScale: number;
  readonly energyScale: number;
  readonly forceScale: number;
}
