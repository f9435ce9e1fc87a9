// The zoo of ONNX force fields under tests/golden/force-fields, and the golden data that each file must give.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Tensor } from 'onnxruntime-node';

type TensorType = 'float32' | 'float64' | 'int64' | 'int32';

interface ZooTensor {
  readonly type: TensorType;
  readonly shape: readonly (number | string)[];
}

export interface ZooFile {
  readonly file: string;
  readonly path: string;
  /** Also the name of the golden set: files of one architecture have the same weights. */
  readonly architecture: string;
  readonly exporter: 'legacy' | 'torchscript' | 'dynamo' | 'jax';
  readonly producer: string;
  readonly opset: number;
  readonly dtype: 'float32' | 'float64';
  /** In the order of the file; roles of mdbench's manifests, and `neighbor-matrix`, `neighbor-cell-shifts`. */
  readonly inputs: Readonly<Record<string, ZooTensor & { readonly role: string }>>;
  /** The energy first. */
  readonly outputs: Readonly<Record<string, ZooTensor>>;
  readonly species: {
    readonly kind: 'number' | 'index' | 'onehot' | 'none';
    readonly elements: readonly string[] | null;
  };
  readonly units: { readonly length: 'angstrom' | 'nm'; readonly energy: 'eV' | 'hartree' | 'kJ/mol' };
  readonly cutoff: number;
  /** Of the energy: relative to its size, or to 1 where it is smaller. */
  readonly tolerance: number;
  readonly faults: readonly string[];
  /** What ONNX Runtime makes of it as it is. */
  readonly energy: 'right' | 'wrong' | 'refused';
  /** Names of the golden cases whose sizes it takes. */
  readonly cases: readonly string[];
  readonly operators: readonly string[];
  readonly functions: number;
}

/** Numbers in the units of the file's architecture. */
export interface GoldenCase {
  readonly name: string;
  readonly numbers: readonly number[];
  /** n×3 */
  readonly positions: readonly number[];
  /** Rows are lattice vectors; null: open boundaries. */
  readonly cell: readonly number[] | null;
  readonly charge: number;
  readonly inputs: Readonly<
    Record<
      string,
      { readonly type: string; readonly dims: readonly number[]; readonly data: readonly number[] }
    >
  >;
  readonly energy: number;
  /** n×3: −dE/dx */
  readonly forces: readonly number[];
  /** 3×3: dE/dε, where positions and lattice go to x(1+ε) */
  readonly strain: readonly number[];
  /** n×3: of a head of its own, which is not the gradient. */
  readonly forcesOutput?: readonly number[];
}

const folder = new URL('../golden/force-fields/', import.meta.url);

export function listZoo(): ZooFile[] {
  const { files } = readJson<{ files: Omit<ZooFile, 'path'>[] }>('zoo.json');
  return files.map((file) => ({ ...file, path: fileURLToPath(new URL(file.file, folder)) }));
}

/** Those cases of the file's golden set that it takes. */
export function goldenCasesOf(file: ZooFile): GoldenCase[] {
  const { cases } = readJson<{ cases: GoldenCase[] }>(`golden/${file.architecture}.json`);
  return cases.filter((golden) => file.cases.includes(golden.name));
}

/**
 * What the file is fed for a case, in the element types that it takes. Where a list of edges is empty it gets one edge far
 * beyond the cutoff: ONNX Runtime 1.30 reduces a tensor of shape [0, 3] along its rows to [0, 3], and what follows fails.
 */
export function goldenFeeds(file: ZooFile, golden: GoldenCase): Record<string, Tensor> {
  const inputs = Object.entries(file.inputs);
  const empty = inputs.some(
    ([name, { role }]) => edgeRoles.has(role) && golden.inputs[name]!.data.length === 0,
  );
  const far = 3 * file.cutoff;
  return Object.fromEntries(
    inputs.map(([name, { type, role }]) => {
      const { data, dims } = (empty && farEdge(role, far)) || golden.inputs[name]!;
      return [name, new Tensor(type, typed(type, data), dims)];
    }),
  );
}

const edgeRoles = new Set(['edges', 'edge-centers']);

/** The first atom and its image at the distance `far`. */
function farEdge(
  role: string,
  far: number,
): { data: readonly number[]; dims: readonly number[] } | undefined {
  if (role === 'edges') return { data: [0, 0], dims: [2, 1] };
  if (role === 'edge-centers' || role === 'edge-neighbors') return { data: [0], dims: [1] };
  if (role === 'shifts') return { data: [far, 0, 0], dims: [1, 3] };
  if (role === 'cell-shifts') return { data: [1, 0, 0], dims: [1, 3] };
  return role === 'cell' ? { data: [far, 0, 0, 0, far, 0, 0, 0, far], dims: [3, 3] } : undefined;
}

function typed(type: TensorType, data: readonly number[]) {
  if (type === 'int64') return BigInt64Array.from(data, BigInt);
  if (type === 'int32') return Int32Array.from(data);
  return type === 'float64' ? Float64Array.from(data) : Float32Array.from(data);
}

function readJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}
