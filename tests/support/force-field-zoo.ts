// The ONNX force fields of tests/golden/force-fields, mended, with their systems as feeds and PyTorch's answers.

import { existsSync, readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { graphRunner } from '../../src/forcefield/onnx/graph-runner.js';
import type { ForcesRequest } from '../../src/onnx/autodiff/add-forces.js';
import { type Feeds, repairModel } from '../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { tensorOf } from '../../src/onnx/tensor-values.js';

const folder = new URL('../golden/force-fields/', import.meta.url);

export interface ZooFile {
  readonly file: string;
  readonly dtype: 'float32' | 'float64';
  readonly faults: readonly string[];
  readonly operators: readonly string[];
  readonly inputs: Readonly<Record<string, { readonly role: string; readonly type: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly golden: string;
  /** Names of the cases that it can be run with. */
  readonly cases: readonly string[];
}

export interface GoldenCase {
  readonly name: string;
  readonly positions: readonly number[];
  readonly cell: readonly number[] | null;
  readonly inputs: Readonly<
    Record<string, { readonly type: string; readonly dims: number[]; readonly data: number[] }>
  >;
  readonly energy: number;
  readonly forces: readonly number[];
  /** ∂E/∂ε, row by row. */
  readonly strain: readonly number[];
}

export const zooFiles = (read('zoo.json') as { files: ZooFile[] }).files.filter(({ file }) =>
  existsSync(new URL(file, folder)),
);

export function goldenCases({ golden, cases }: ZooFile): GoldenCase[] {
  const all = (read(golden) as { cases: GoldenCase[] }).cases;
  return cases.map((name) => all.find((entry) => entry.name === name)!);
}

/** ONNX Runtime 1.30 ends the process (an integer division by zero) in some Einsums over no pairs. */
export function endsProcess({ operators }: ZooFile, { inputs }: GoldenCase): boolean {
  const empty = Object.values(inputs).some(({ dims }) => dims.includes(0));
  return empty && operators.includes('Einsum');
}

/** The inputs of a case in the precision of the file, or in double. */
export function feedsOf(file: ZooFile, { inputs }: GoldenCase, precision = file.dtype): Feeds {
  return Object.fromEntries(
    Object.keys(file.inputs).map((name) => {
      const { type, dims, data } = inputs[name]!;
      return [name, tensorOf(type === 'float' ? precision : file.inputs[name]!.type, data, dims)];
    }),
  );
}

/** The model as addForces takes it, in the precision of the file or in double. */
export async function mendedModel(file: ZooFile, precision = file.dtype): Promise<ModelProto> {
  const proto = fromBinary(ModelProtoSchema, readFileSync(new URL(file.file, folder)));
  const asRead = probesOf(file);
  const { model } = await repairModel(proto, {
    run: graphRunner,
    probes: () => asRead,
    ...(precision !== file.dtype && { precision }),
  });
  return model;
}

/** Two systems, or one twice where the file has fixed dimensions. */
function probesOf(file: ZooFile, precision = file.dtype): Feeds[] {
  const [first, second = first] = goldenCases(file).map((entry) => feedsOf(file, entry, precision));
  return [first!, second!];
}

export function requestOf(file: ZooFile, precision = file.dtype): ForcesRequest {
  const withRole = (role: string) =>
    Object.entries(file.inputs).find(([, input]) => input.role === role)?.[0];
  const integers = withRole('cell-shifts') ?? withRole('neighbor-cell-shifts');
  const [shifts, cell] = [withRole('shifts'), withRole('cell')];
  return {
    run: graphRunner,
    probes: probesOf(file, precision),
    energy: Object.keys(file.outputs)[0]!,
    positions: withRole('positions')!,
    ...(shifts && { shifts }),
    ...(integers ? { cellShifts: { shifts: integers, cell: cell! } } : cell && { cell }),
    outputs: {
      forces: 'added_forces',
      virial: 'added_virial',
      stress: { name: 'added_stress', cell: cell ?? 'added_cell' },
    },
  };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}
