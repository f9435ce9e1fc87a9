// Edges, shifts and vectors that come as the one graph of a batch, [1,2,e] and so on, give what the same file gives
// without that dimension: bit for bit, the derived forces and virial too.

import { expect, it } from 'vitest';
import { energyAlone, inBatch } from '../support/onnx-batch.js';
import { modelWithTensors } from '../support/onnx-broken.js';
import { conventionModel } from '../support/onnx-conventions.js';
import { fixedSizesModel, givenEdgesModel } from '../support/onnx-forms.js';
import { bindFile } from '../support/onnx-front.js';
import { maceModel, nequipModel, schnetModel } from '../support/onnx-models.js';
import { evaluateFile, modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { cutoff } from '../support/pair-potential.js';

const folder = modelFolder();
let files = 0;

interface Form {
  readonly form: string;
  readonly model: Uint8Array;
  readonly inputs: readonly string[];
  readonly manifest?: object;
}

const metadata = { 'mdbench.cutoff': `${cutoff}` };
const organic = { ...metadata, 'mdbench.species': 'H,C,O' };
const type = 'float64';
const schnet = schnetModel({ type, metadata });
const mace = maceModel({ type, metadata: { ...metadata, 'mdbench.species': 'onehot:H,C,O' } });
const nequip = nequipModel({ type, metadata: organic });
const rows = conventionModel({
  metadata: { ...metadata, 'mdbench.species': 'Si,H,C,O', 'mdbench.stress.sign': '-1' },
});
const given = (what: 'vectors' | 'distances' | 'distances in a column', ends: boolean) =>
  givenEdgesModel(what, { ends, metadata });
const ends = ['idx_i', 'idx_j'];

const forms: readonly Form[] = [
  { form: '[1,e] index vectors', model: schnet, inputs: ['_idx_i', '_idx_j'] },
  { form: '[1,e,3] shifts', model: schnet, inputs: ['_offsets'] },
  { form: '[1,2,e] edges', model: mace, inputs: ['edge_index'] },
  {
    form: '[1,2,e] edges, [1,e,3] shifts, [1,n] batch',
    model: mace,
    inputs: ['edge_index', 'shifts', 'batch'],
  },
  { form: '[1,e,3] cell shifts', model: nequip, inputs: ['edge_index', 'edge_cell_shift'] },
  {
    form: '[1,e,2] edges, [1,e,3] cell shifts',
    model: rows,
    inputs: ['pairs', 'cell_offsets'],
    manifest: { mdbench: 1, inputs: { volume: { constant: 100 } } },
  },
  { form: '[1,e,3] vectors', model: given('vectors', true), inputs: ['edge_vectors', ...ends] },
  { form: '[1,e,3] vectors alone', model: given('vectors', true), inputs: ['edge_vectors'] },
  { form: '[1,e] ends of vectors alone', model: given('vectors', true), inputs: ends },
  { form: '[1,e] distances', model: given('distances', false), inputs: ['edge_weight', 'edge_index'] },
  {
    form: '[1,e,1] distances',
    model: given('distances in a column', true),
    inputs: ['edge_weight', ...ends],
  },
];

it.each(forms)('$form', async ({ model, inputs, manifest }) => {
  const cases = [
    { bytes: model, dim: 1 },
    { bytes: energyAlone(model), dim: 'graphs' },
  ] as const;
  for (const { bytes, dim } of cases) {
    const plain = write(bytes, manifest);
    const path = write(inBatch(bytes, inputs, dim), manifest);
    for (const system of [skewedCell(), openMolecule()]) {
      const expected = (await evaluateFile(plain, system)).output;
      const { output } = await evaluateFile(path, system);
      expect(expected.energy).not.toBe(0);
      expect(output).toEqual(expected);
    }
  }
});

it('a fixed number of edges is seen behind the dimension of the batch', () => {
  const path = write(inBatch(fixedSizesModel({ edges: 400 }), ['_idx_i', '_idx_j', '_offsets']), {
    mdbench: 1,
    static: { pad: true },
  });
  expect(bindFile(path).binding.edges).toBe(400);
});

it('edges of the one graph of a batch are known by their shape alone', () => {
  const tensors = [
    { name: 'pos', type: 'float32' as const, dims: ['n', 3] },
    { name: 'z', type: 'int64' as const, dims: ['n'] },
    { name: 'who', type: 'int64' as const, dims: [1, 2, 'e'] },
  ];
  const { binding } = bindFile(write(modelWithTensors(tensors), { mdbench: 1, cutoff }));
  expect(binding.inputs.at(-1)).toMatchObject({ tensor: 'who', role: 'edges', source: 'shape' });
});

function write(bytes: Uint8Array, manifest?: object): string {
  const name = `batch${files++}.onnx`;
  if (manifest) folder.write(`${name}.mdbench.json`, manifest);
  return folder.write(name, bytes);
}
