// Files of the zoo as addForces takes them: mended, with the systems of their golden cases as feeds.

import { readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { graphRunner } from '../../src/forcefield/onnx/graph-runner.js';
import type { ForcesRequest } from '../../src/onnx/autodiff/add-forces.js';
import { type Feeds, repairModel } from '../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { tensorOf } from '../../src/onnx/tensor-values.js';
import { type GoldenCase, goldenCasesOf, type ZooFile } from './zoo.js';

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
      return [name, tensorOf(type === 'float' ? precision : file.inputs[name]!.type, [...data], [...dims])];
    }),
  );
}

/** The model as addForces takes it, in the precision of the file or in double. */
export async function mendedModel(file: ZooFile, precision = file.dtype): Promise<ModelProto> {
  const proto = fromBinary(ModelProtoSchema, readFileSync(file.path));
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
  const [first, second = first] = goldenCasesOf(file).map((entry) => feedsOf(file, entry, precision));
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
