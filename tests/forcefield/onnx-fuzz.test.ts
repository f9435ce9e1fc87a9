// Damaged files are either refused with a clear error or bound, and what follows from a binding, short of a session, is
// made or refused: the cutoff, a front, probe systems and their feeds, metadata. MDBENCH_FUZZ sets how many.

import { it } from 'vitest';
import { bindModel } from '../../src/forcefield/onnx/bind.js';
import { lengthInputs } from '../../src/forcefield/onnx/bind-cutoff.js';
import type { Binding } from '../../src/forcefield/onnx/binding.js';
import { fixedAtoms } from '../../src/forcefield/onnx/dimensions.js';
import { rewriteFront } from '../../src/forcefield/onnx/front.js';
import { writeOwnMetadata } from '../../src/forcefield/onnx/own-metadata.js';
import { probeSystems } from '../../src/forcefield/onnx/probe-systems.js';
import { systemFeeds } from '../../src/forcefield/onnx/system-feeds.js';
import { findCutoff } from '../../src/onnx/find-cutoff.js';
import { type OnnxModel, readModel } from '../../src/onnx/index.js';
import { findCategories } from '../../src/onnx/species-table.js';
import {
  deepmdGhostModel,
  fixedSizesModel,
  givenEdgesModel,
  kimModel,
  matrixModel,
} from '../support/onnx-forms.js';
import { clearly, expectReadable, fuzz, fuzzCount, fuzzTimeout, type Tally } from '../support/onnx-fuzz.js';
import { zooSeeds } from '../support/onnx-fuzz-seeds.js';
import { maceModel, nequipModel, openmmModel, schnetModel, zposModel } from '../support/onnx-models.js';
import { mutated } from '../support/onnx-mutations.js';

const count = fuzzCount(400);
type Outcome = 'unreadable' | 'unbound' | 'bound' | 'fed';

it(`${count} mutated files`, { timeout: fuzzTimeout(count) }, async () => {
  const models = [schnetModel, maceModel, nequipModel, zposModel, openmmModel, matrixModel, kimModel];
  const files = [
    ...models.map((make) => make()),
    deepmdGhostModel([1, 2, 3]),
    fixedSizesModel({ atoms: 9, edges: 60 }),
    ...(['vectors', 'distances'] as const).map((what) => givenEdgesModel(what)),
    ...zooSeeds(),
  ];
  await fuzz<Outcome>(count, { unreadable: 0.1, unbound: 0.05, bound: 0.1, fed: 0.1 }, (random, tally) =>
    examine(mutated(files, random), tally),
  );
});

function examine(bytes: Uint8Array, tally: Tally<Outcome>): void {
  const model = clearly(() => readModel(bytes, 'm.onnx'));
  if (!model) {
    tally.unreadable++;
    return;
  }
  for (const { name } of model.summary.inputs) {
    findCutoff(model.proto, { positions: [name], vectors: [], distances: [] });
    findCategories(model.proto, name);
  }
  const binding = clearly(() => bindModel(model.summary, null, 'm.onnx', { model: model.proto }));
  tally[binding ? 'bound' : 'unbound']++;
  if (binding && follow(model, binding)) tally.fed++;
}

function follow({ proto }: OnnxModel, bound: Binding): boolean {
  findCutoff(proto, lengthInputs(bound.inputs));
  writeOwnMetadata(bound, null);
  const front = clearly(() => rewriteFront(proto, bound));
  if (front) expectReadable(front.model, 'a front');
  const binding = front?.binding ?? bound;
  const fed = clearly(() =>
    probeSystems(binding, fixedAtoms(binding)).map(({ systems, small }) =>
      [...systems, ...small].map((system) => systemFeeds(binding, system)),
    ),
  );
  return fed !== null;
}
