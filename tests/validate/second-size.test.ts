import { expect, it } from 'vitest';
import { buildSystem } from '../../src/system/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { createGraph } from '../support/onnx-graph.js';
import { zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

/** Its axes are free by name, and a constant of the traced size is in it. */
function baked(atoms: number): Uint8Array {
  const g = createGraph();
  g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float32', ['n', 3]);
  const ones = g.constant('float32', new Array(3 * atoms).fill(1), [atoms, 3]);
  const weighed = g.op('Mul', [x, ones]);
  g.output('energy', g.op('ReduceSum', [g.op('Mul', [weighed, weighed])], { keepdims: 0 }), 'float32', []);
  g.output('forces', g.op('Mul', [weighed, g.constant('float32', [-2])]), 'float32', ['n', 3]);
  return g.model();
}

it('passes where any number of atoms is the same to it', async () => {
  const path = folder.write('free.onnx', zposModel());
  expect(await examined('second-size', named(path))).toMatchObject({ status: 'pass', unit: 'eV/atom' });
});

it('finds a graph that breaks at any size but the one that was traced', async () => {
  const path = folder.write('baked.onnx', baked(9));
  const found = await examined('second-size', named(path), buildSystem('ethanol'));
  expect(found.status).toBe('fail');
  expect(found.values.message).toContain('ONNX Runtime failed');
});

it('finds one that silently leaves out the atoms beyond it', async () => {
  const deaf = faulty({
    after: (output, { numbers }) => {
      if (numbers.length > 16) output.forces.fill(0, 48);
    },
  });
  expect(
    await examined(
      'second-size',
      made(() => deaf),
    ),
  ).toMatchObject({
    status: 'fail',
    values: { numb: true, atoms: 32 },
  });
});

it('finds a mean where a total is meant', async () => {
  const mean = faulty({
    after: (output, { numbers }) => {
      output.energy *= 16 / numbers.length;
    },
  });
  expect(
    await examined(
      'second-size',
      made(() => mean),
    ),
  ).toMatchObject({ status: 'fail' });
});

it('warns of a file that fixes its size openly', async () => {
  const path = folder.write('nine.onnx', zposModel({ atoms: 9 }));
  expect(await examined('second-size', named(path))).toMatchObject({
    status: 'warn',
    values: { fixedAtoms: 9 },
  });
});
