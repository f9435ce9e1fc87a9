// Positions in; energy, forces, virial out, into buffers that the caller owns. eV, eV/Å.

import type { PairKind, Pairs } from '../neighbors/pairs.js';
import type { Lint, ModelChange } from '../onnx/index.js';
import type { ForceSource } from '../spec/case.js';
import type { System } from '../system/system.js';

/** What a force field wants of the neighbor list. */
export interface NeighborDemand {
  readonly cutoff: number;
  readonly kind: PairKind;
  /** True: the list is trimmed to pairs within the cutoff at every step. False: pairs of the skin are in it too. */
  readonly trimmed: boolean;
}

export interface ForceOutput {
  /** Potential energy in eV. */
  energy: number;
  /** (n,3) forces in eV/Å. */
  readonly forces: Float64Array;
  /** (3,3) virial −dE/dε in eV (symmetric); NaN where the force field gives none. */
  readonly virial: Float64Array;
}

/** How a force call tells whoever profiles it where its parts end; nobody listens unless asked to. */
export interface CallObserver {
  /** The inputs are written; the work proper begins. */
  feedsEnd(): void;
  /** The work is done; its outputs are read next. */
  runEnd(): void;
}

export interface ForceField {
  /** What the document says of it; checksums and commit of its files are known after `prepare`. */
  readonly description: ForceFieldDescription;
  /** Null: it finds its own neighbors. */
  readonly neighbors: NeighborDemand | null;
  /** Checks a system once before the first call (elements, cell, boundaries) and sizes its buffers; throws MdbenchError. */
  prepare(system: System): void | Promise<void>;
  /** One force call. Resolves (or returns, when synchronous) after `output` is filled. `pairs` is null iff `neighbors` is. */
  compute(system: System, pairs: Pairs | null, output: ForceOutput): void | Promise<void>;
  dispose(): void | Promise<void>;
  /** Of force fields whose call has such parts, after `prepare`. */
  observe?(observer: CallObserver): void;
  /** Of force fields that another process computes. */
  readonly external?: ExternalSide;
}

/** The other process of a force call. */
interface ExternalSide {
  /** The shell that leads its processes, or the client itself where it is lent; null where it is unknown. */
  readonly pid: number | null;
  /** True: somebody else started it, once, and it computes for one force field after another. */
  readonly isLent: boolean;
  /** False: its own input names the atoms, for the protocol does not. */
  readonly isToldElements: boolean;
  /** ms that its last call took by its own clock; NaN where it does not say. */
  readonly clientTime: number;
  /** A force field that makes the same exchange with a process that computes nothing. */
  createNullPeer(): Promise<ForceField>;
}

/** One bound tensor of a model file. */
export interface BoundTensor {
  readonly tensor: string;
  readonly direction: 'input' | 'output';
  readonly role: string;
  readonly source: 'flag' | 'manifest' | 'metadata' | 'signature' | 'name' | 'shape' | 'graph' | 'autodiff';
  readonly type: string;
  /** Dimensions as the file states them: numbers, or names of free dimensions. */
  readonly shape: readonly (number | string)[];
}

export interface ForceFieldDescription {
  /** Short, file-name safe: `silicon-student`, `lennard-jones`. */
  readonly id: string;
  readonly kind: 'lennard-jones' | 'stillinger-weber' | 'null' | 'onnx' | 'external';
  readonly title: string;
  /** Å; null where it is internal to the model and unknown. */
  readonly cutoff: number | null;
  /** Atomic numbers it knows; null = any or unknown. */
  readonly elements: readonly number[] | null;
  readonly precision: 'float32' | 'float64' | 'float16' | 'mixed';
  /** Number of parameters (initializer elements of a model file; constants of an analytic form). */
  readonly parameters: number;
  /** Settings that change results or speed: cutoff treatment, provider, threads, session options. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly file: {
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly commit: string | null;
  } | null;
  readonly binding: readonly BoundTensor[];
  /** What was assumed and not declared, as ids: `units.energy=eV`, … */
  readonly assumed: readonly string[];
  /** Of a model file: where its forces come from, and what was changed in memory before it ran. */
  readonly preparation?: ModelPreparation;
}

export interface ModelPreparation {
  readonly forces: ForceSource;
  readonly changes: readonly ModelChange[];
  /** Repairs that made the energy depend more on the order of the atoms, and were taken back. */
  readonly rejected: readonly ModelChange[];
  readonly lints: readonly Lint[];
}

export function createForceOutput(atoms: number): ForceOutput {
  return { energy: 0, forces: new Float64Array(3 * atoms), virial: new Float64Array(9) };
}
