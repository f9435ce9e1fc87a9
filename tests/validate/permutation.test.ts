import { expect, it } from 'vitest';
import { buildSystem, createSystem } from '../../src/system/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, examinedAll, made, named } from '../support/examined.js';
import { createGraph } from '../support/onnx-graph.js';
import { schnetModel, zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();
const metadata = { 'mdbench.cutoff': '4' };

/** Energies of atoms summed over neighbors by a scatter that keeps the last of them, as the legacy exporter writes it. */
function scatterFault(): Uint8Array {
  const g = createGraph();
  const type = 'float64';
  g.input('_atomic_numbers', 'int64', ['n']);
  const x = g.input('_positions', type, ['n', 3]);
  const centers = g.input('_idx_i', 'int64', ['e']);
  const neighbors = g.input('_idx_j', 'int64', ['e']);
  const shifts = g.input('_offsets', type, ['e', 3]);
  const axis = (index: number) => g.constant('int64', [index], [1]);
  const at = (index: string) => g.op('Gather', [x, index], { axis: 0 });
  const vectors = g.op('Add', [g.op('Sub', [at(neighbors), at(centers)]), shifts]);
  const squares = g.op('ReduceSum', [g.op('Mul', [vectors, vectors]), axis(1)], { keepdims: 0 });
  const terms = g.op('Exp', [g.op('Neg', [squares])]);
  const zeros = g.op('ReduceSum', [g.op('Mul', [x, g.constant(type, [0])]), axis(1)], { keepdims: 0 });
  const atoms = g.op('ScatterElements', [zeros, centers, terms], { axis: 0 });
  g.output('energy', g.op('ReduceSum', [atoms], { keepdims: 0 }), type, []);
  g.output('forces', g.op('Mul', [x, g.constant(type, [0])]), type, ['n', 3]);
  return g.model({ metadata });
}

it('passes where sums are sums', async () => {
  const path = folder.write('sums.onnx', schnetModel({ type: 'float64', metadata }));
  const found = await examined('permutation', named(path));
  expect(found.status).toBe('pass');
});

it('finds the scatter that keeps the last neighbor, which moving and turning do not show', async () => {
  const path = folder.write('last.onnx', scatterFault());
  const ids = ['translation', 'permutation', 'net-force'];
  const found = await examinedAll(named(path), { ids, system: buildSystem('ethanol') });
  expect(found.map(({ id, status }) => [id, status])).toEqual([
    ['translation', 'pass'],
    ['permutation', 'fail'],
    ['net-force', 'pass'],
  ]);
});

it('finds forces that are handed to the wrong atom', async () => {
  const swapped = faulty({
    after: ({ forces }) => {
      if (forces.length < 6) return;
      const first = forces.slice(0, 3);
      forces.copyWithin(0, 3, 6);
      forces.set(first, 3);
    },
  });
  expect(
    await examined(
      'permutation',
      made(() => swapped),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV/Å' });
});

it('skips a system without like atoms or a list', async () => {
  const path = folder.write('pair.onnx', zposModel({ type: 'float64' }));
  const system = createSystem({ name: 'co', numbers: [6, 8], positions: [0, 0, 0, 1.2, 0, 0] });
  const found = await examined('permutation', named(path), system);
  expect(found).toMatchObject({ status: 'skipped', values: { reason: 'no-like-atoms' } });
});
