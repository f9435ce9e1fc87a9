// Damaged graphs are either refused with a clear error or differentiated into a model that can be read. None of them is
// run: what a probe would tell is remembered from the whole graph. MDBENCH_FUZZ sets how many.

import { toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { copyMessage } from '../../../src/onnx/copy.js';
import { type Accumulation, addForces, readModel } from '../../../src/onnx/index.js';
import { ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import type { Random } from '../../../src/random.js';
import { differentiableSeeds } from '../../support/differentiable-seeds.js';
import {
  clearly,
  expectReadable,
  fuzz,
  fuzzCount,
  fuzzTimeout,
  type Tally,
} from '../../support/onnx-fuzz.js';
import { mutate } from '../../support/onnx-mutations.js';

const count = fuzzCount(100);
const files = ['argon-dynamo', 'argon-legacy', 'schnet-dynamo', 'padded-periodic-legacy'];
const accumulations: readonly Accumulation[] = ['elements', 'nd', 'sorted'];
type Outcome = 'unreadable' | 'refused' | 'differentiated';

it(`${count} mutated graphs`, { timeout: fuzzTimeout(count) }, async () => {
  const seeds = await differentiableSeeds(files);
  for (const { model, request } of seeds) expectReadable(addForces(model, request).model, 'nothing');
  await fuzz<Outcome>(count, { unreadable: 0.1, refused: 0.02, differentiated: 0.1 }, (random, tally) =>
    examine(random, tally),
  );

  function examine(random: Random, tally: Tally<Outcome>): void {
    const { model: whole, request } =
      seeds[random.uniform() < 0.1 ? random.integer(seeds.length) : seeds.length - 1]!;
    const damaged = copyMessage(whole);
    mutate(damaged, random);
    const read = clearly(() => readModel(toBinary(ModelProtoSchema, damaged), 'm.onnx'));
    if (!read) {
      tally.unreadable++;
      return;
    }
    const before = toBinary(ModelProtoSchema, read.proto);
    const accumulation = accumulations[random.integer(3)]!;
    const { input } = read.graph;
    const positions = input.some(({ name }) => name === request.positions)
      ? request.positions
      : input[0]?.name;
    const asked = { ...request, accumulation, positions: positions ?? '' };
    const found = clearly(() => addForces(read.proto, asked));
    expect(Buffer.from(before).equals(toBinary(ModelProtoSchema, read.proto))).toBe(true);
    if (found) expectReadable(found.model, 'differentiation');
    tally[found ? 'differentiated' : 'refused']++;
  }
});
