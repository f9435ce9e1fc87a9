// Mutated files are either refused with a clear error or read, summed up, repaired by every pass and written again; what a
// pass makes of a file that was read is a file that can be read. MDBENCH_FUZZ sets how many; each has its seed.

import { toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MdbenchError } from '../../src/errors.js';
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
import { createRandom } from '../../src/random.js';
import { fuzzSeeds } from '../support/onnx-fuzz-seeds.js';
import { mutated } from '../support/onnx-mutations.js';

const count = Number(process.env.MDBENCH_FUZZ ?? 2000);
const first = Number(process.env.MDBENCH_FUZZ_SEED ?? 1);
/** No mutated file may be hung over: far above what the slowest takes, also on a busy machine. */
const patience = 10_000;

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

interface Tally {
  refused: number;
  read: number;
  repaired: number;
  slowest: number;
}

it(`${count} mutated files`, { timeout: 60_000 + count * 60 }, async () => {
  const files = fuzzSeeds();
  const tally: Tally = { refused: 0, read: 0, repaired: 0, slowest: 0 };
  const faults: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const start = performance.now();
    try {
      await examine(mutated(files, createRandom(seed)), tally);
    } catch (error) {
      faults.push(`seed ${seed}: ${error instanceof Error ? error.stack : error}`);
      if (faults.length === 20) break;
    }
    tally.slowest = Math.max(tally.slowest, performance.now() - start);
  }
  if (process.env.MDBENCH_FUZZ) console.log(tally);
  expect(faults.join('\n')).toBe('');
  expect(tally.slowest).toBeLessThan(patience);
  // Mutations that are all refused, or all read, would test one half only.
  expect(tally.read / count).toBeGreaterThan(0.1);
  expect(tally.refused / count).toBeGreaterThan(0.3);
  expect(tally.repaired).toBeGreaterThan(0.1 * count);
});

async function examine(bytes: Uint8Array, tally: Tally): Promise<void> {
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

function expectReadable(model: ModelProto, pass: string): void {
  const bytes = toBinary(ModelProtoSchema, model);
  try {
    readModel(bytes, 'm.onnx');
  } catch (error) {
    throw new Error(`after ${pass}: ${error}`);
  }
}

function clearly<T>(call: () => T): T | null {
  try {
    return call();
  } catch (error) {
    return knownErrors(error);
  }
}

function knownErrors(error: unknown): null {
  if (!(error instanceof MdbenchError) || error.code === 'internal') throw error;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
  if (/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(`${error.message}${error.hint}`))
    throw new Error(`not fit to print: ${JSON.stringify(error.message)}`);
  return null;
}
