// What a manifest and the place of the weights have to do with how a model is prepared.

import { readFileSync } from 'node:fs';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { createForceField } from '../../src/forcefield/index.js';
import { ModelProtoSchema } from '../../src/onnx/index.js';
import { StringStringEntryProtoSchema, TensorProto_DataLocation } from '../../src/onnx/proto/onnx_pb.js';
import { createSystem } from '../../src/system/index.js';
import { createGraph } from '../support/onnx-graph.js';
import { evaluateFile, modelFolder } from '../support/onnx-run.js';
import { goldenCasesOf, listZoo } from '../support/zoo.js';
import { zooSystem } from '../support/zoo-run.js';

const folder = modelFolder();
const zooFile = (name: string) => listZoo().find(({ file }) => file === name)!;
const prepared = async (name: string) => {
  const forceField = await createForceField({ name, provider: 'cpu', threads: 1 });
  await forceField.dispose();
  return forceField.description.preparation!;
};
const passes = ({ changes }: Awaited<ReturnType<typeof prepared>>) => changes.map(({ pass }) => pass);

it('a manifest switches a repair off by its name there', async () => {
  const bytes = readFileSync(zooFile('schnet-legacy-index-add.onnx').path);
  const mended = folder.write('mended.onnx', bytes);
  expect(passes(await prepared(mended))).toContain('scatter-accumulate');
  const left = folder.write('left.onnx', bytes);
  folder.write('left.onnx.mdbench.json', { mdbench: 1, repair: { scatterAdd: false } });
  const { lints, ...as } = await prepared(left);
  expect(passes({ lints, ...as })).not.toContain('scatter-accumulate');
  expect(lints.map(({ id }) => id)).toContain('scatter-overwrites');
});

it('an energy alone with its weights in another file is differentiated like any other', async () => {
  const file = zooFile('schnet-dynamo.onnx');
  const path = folder.write('kept.onnx', withWeightsIn('kept.bin', readFileSync(file.path)));
  const golden = goldenCasesOf(file)[0]!;
  const { output, forceField } = await evaluateFile(path, zooSystem(file, golden));
  expect(forceField.description.preparation!.changes[0]!.pass).toBe('external-data');
  for (const [k, force] of golden.forces.entries()) expect(output.forces[k]).toBeCloseTo(force, 4);
});

it('a repair is tried on the model as far as it is mended', async () => {
  const { lints } = await prepared(zooFile('zpos-legacy-eye.onnx').path);
  expect(lints.filter(({ id }) => id === 'pass-refused')).toEqual([]);
});

/** The same model, the bytes of its weights moved into a file beside it; exporters keep small tensors too. */
function withWeightsIn(location: string, bytes: Uint8Array): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const tensor of model.graph!.initializer) {
    if (tensor.rawData.length < 64) continue;
    const entries = { location, offset: `${offset}`, length: `${tensor.rawData.length}` };
    parts.push(tensor.rawData);
    offset += tensor.rawData.length;
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
    tensor.externalData = Object.entries(entries).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    );
    tensor.rawData = new Uint8Array(0);
  }
  folder.write(location, Uint8Array.from(Buffer.concat(parts)));
  return toBinary(ModelProtoSchema, model);
}

it('a size that a graph clamps is found at run time, in systems below it too', async () => {
  const g = createGraph();
  g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float64', ['n', 3]);
  const first = g.op('Slice', [x, g.constant('int64', [0], [1]), g.constant('int64', [6], [1])]);
  const flat = g.op('Reshape', [first, g.constant('int64', [-1], [1])]);
  g.output('energy', g.op('ReduceSum', [g.op('Mul', [flat, flat])], { keepdims: 0 }), 'float64', []);
  const path = folder.write('clamped.onnx', g.model({ opset: 18 }));
  for (const atoms of [2, 4, 6, 9]) {
    const positions = Float64Array.from({ length: 3 * atoms }, (_, k) => Math.sin(k));
    const numbers = new Array<number>(atoms).fill(6);
    const { output } = await evaluateFile(path, createSystem({ name: 'chain', numbers, positions }));
    const expected = positions.map((value, k) => (k < 18 ? -2 * value : 0));
    for (const [k, force] of expected.entries()) expect(output.forces[k]).toBeCloseTo(force, 12);
  }
});

it('a row of its example that a graph writes to is told as such', async () => {
  const g = createGraph();
  g.input('z', 'int64', ['n']);
  const x = g.input('positions', 'float32', ['n', 3]);
  const last = g.constant('int64', [40], [1, 1]);
  const none = g.constant('float32', [0, 0, 0], [1, 3]);
  const masked = g.op('ScatterND', [g.op('Mul', [x, x]), last, none]);
  g.output('energy', g.op('ReduceSum', [masked], { keepdims: 0 }), 'float32', []);
  const path = folder.write('last-row.onnx', g.model());
  await expect(prepared(path)).rejects.toMatchObject({
    code: 'session-failed',
    hint: expect.stringMatching(/written the size of its example into the graph/),
  });
});
