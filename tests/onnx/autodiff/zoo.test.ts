// Whole models: forces, virial and stress of differentiated graphs against PyTorch's autograd.

import { toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import { addForces } from '../../../src/onnx/index.js';
import { ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { type TensorValue, tensorOf } from '../../../src/onnx/tensor-values.js';
import { endsProcess, feedsOf, mendedModel, requestOf } from '../../support/force-field-zoo.js';
import { type GoldenCase, goldenCasesOf, listZoo, type ZooFile } from '../../support/zoo.js';

/** Faults that no pass mends, and a network whose answers are not its energy's gradient. */
const unmended = ['baked-atom-count', 'forces-are-not-the-gradient'];
const files = listZoo().filter(({ faults }) => !faults.some((fault) => unmended.includes(fault)));
/** Where the exporter rounded constants of a network in double: the file's own energy is off. */
const rounded = { forces: 1e-6, strain: 1e-5 };
/** At `all` ONNX Runtime fuses SiLU into an operator that it has in single precision alone. */
const highest = { float32: 'all', float64: 'basic' } as const;
const tolerances = { float32: { forces: 5e-5, strain: 1e-3 }, float64: { forces: 1e-9, strain: 1e-8 } };

it.each(files)('$file has the forces, virial and stress of autograd', async (file) => {
  const { model } = addForces(await mendedModel(file), requestOf(file));
  const bytes = toBinary(ModelProtoSchema, model);
  for (const golden of goldenCasesOf(file).filter((one) => !endsProcess(file, one))) {
    const feeds = { ...feedsOf(file, golden), added_cell: cellOf(golden, file.dtype) };
    for (const level of ['disabled', highest[file.dtype]] as const) {
      expectGolden(graphRunner.run(bytes, feeds, { level }), golden, file);
    }
  }
});

function expectGolden(found: Readonly<Record<string, TensorValue>>, golden: GoldenCase, file: ZooFile): void {
  const { forces, strain } = file.faults.includes('float32-constants') ? rounded : tolerances[file.dtype];
  const where = `${file.file}, ${golden.name}`;
  expect(farthest(found.added_forces!, golden.forces), `forces of ${where}`).toBeLessThan(forces);
  const virial = symmetric(golden.strain).map((value) => -value);
  expect(farthest(found.added_virial!, virial), `virial of ${where}`).toBeLessThan(strain);
  const volume = golden.cell ? Math.abs(determinant(golden.cell)) : Number.POSITIVE_INFINITY;
  const stress = symmetric(golden.strain).map((value) => value / volume);
  expect(farthest(found.added_stress!, stress), `stress of ${where}`).toBeLessThan(strain);
}

function farthest({ data }: TensorValue, expected: readonly number[]): number {
  return Math.max(
    ...expected.map((value, k) => {
      const error = Math.abs(Number(data[k]) - value);
      return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
    }),
  );
}

function symmetric(matrix: readonly number[]): number[] {
  return matrix.map((value, k) => (value + matrix[(k % 3) * 3 + Math.floor(k / 3)]!) / 2);
}

function determinant([a, b, c, d, e, f, g, h, i]: readonly number[]): number {
  return a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
}

function cellOf({ cell }: GoldenCase, precision: 'float32' | 'float64'): TensorValue {
  return tensorOf(precision, cell ?? new Array(9).fill(0), [3, 3]);
}
