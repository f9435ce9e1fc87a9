// Mutated files are either refused with a clear error or read, summed up, repaired by every pass and written again; what a
// pass makes of a file that was read is a file that can be read. MDBENCH_FUZZ sets how many; each has its seed.

import { toBinary } from '@bufbuild/protobuf';
import { it } from 'vitest';
import {
  castPrecision,
  type Feeds,
  type GraphRunner,
  inlineExternalData,
  inlineFunctions,
  inlineIf,
  lintModel,
  pinDimensions,
  type Repaired,
  readModel,
  repairModel,
  upgradeOpset,
} from '../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { repairEyeLike } from '../../src/onnx/repair/eye-like.js';
import { accumulateScatters } from '../../src/onnx/repair/scatter-accumulate.js';
import { tensorOf } from '../../src/onnx/tensor-values.js';
import {
  clearly,
  expectReadable,
  fuzz,
  fuzzCount,
  fuzzTimeout,
  knownErrors,
  type Tally,
} from '../support/onnx-fuzz.js';
import { fuzzSeeds, zooSeeds } from '../support/onnx-fuzz-seeds.js';
import { mutated } from '../support/onnx-mutations.js';

const count = fuzzCount(1500);

/** Says of every condition that it holds: mutated files are not run, they could end the process. */
const credulous: GraphRunner = {
  run(bytes) {
    const { proto } = readModel(bytes, 'probe.onnx');
    return Object.fromEntries(
      proto.graph!.output.map(({ name }) => [name, tensorOf('bool', [1], [])]),
    ) as Feeds;
  },
  simplify: (bytes) => bytes,
};
const probing = { run: credulous, probes: () => [{}] };

const passes: Readonly<Record<string, (model: ModelProto) => Repaired>> = {
  functions: inlineFunctions,
  opset: (model) => upgradeOpset(model, 18),
  'opset 13': (model) => upgradeOpset(model, 13),
  double: (model) => castPrecision(model, 'float64'),
  single: (model) => castPrecision(model, 'float32'),
  eye: repairEyeLike,
  added: (model) => accumulateScatters(model, 'added'),
  alone: (model) => accumulateScatters(model, 'alone'),
  branches: (model) => inlineIf(model, probing),
  pinned: (model) => pinDimensions(model, { n: 3 }),
  external: (model) => inlineExternalData(model, 'm.onnx'),
};

type Outcome = 'refused' | 'read' | 'repaired';

it(`${count} mutated files`, { timeout: fuzzTimeout(count) }, async () => {
  const files = [...fuzzSeeds(), ...zooSeeds()];
  await fuzz<Outcome>(count, { refused: 0.3, read: 0.1, repaired: 0.1 }, (random, tally) =>
    examine(mutated(files, random), tally),
  );
});

async function examine(bytes: Uint8Array, tally: Tally<Outcome>): Promise<void> {
  const model = clearly(() => readModel(bytes, 'm.onnx'));
  if (!model) {
    tally.refused++;
    return;
  }
  tally.read++;
  const before = toBinary(ModelProtoSchema, model.proto);
  lintModel(model.proto);
  for (const [name, pass] of Object.entries(passes)) {
    const repaired = clearly(() => pass(model.proto));
    if (!repaired || repaired.model === model.proto) continue;
    tally.repaired++;
    expectReadable(repaired.model, name);
  }
  const repair = repairModel(model.proto, { ...probing, judge: () => true, precision: 'float64' });
  const outcome = await repair.catch(knownErrors);
  if (outcome) expectReadable(outcome.model, 'all');
  if (!Buffer.from(before).equals(toBinary(ModelProtoSchema, model.proto)))
    throw new Error('the model was changed');
}
