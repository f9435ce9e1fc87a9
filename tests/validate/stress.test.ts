import { expect, it } from 'vitest';
import { cellVolume } from '../../src/system/index.js';
import { type Fault, faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { openmmModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

function withVirial(change: (w: number, k: number, volume: number) => number) {
  const after: Fault['after'] = ({ virial }, { cell }) =>
    virial.forEach((w, k) => {
      virial[k] = change(w, k, cellVolume(cell));
    });
  return made(() => faulty({ after }));
}

it('passes in double and in single', async () => {
  for (const name of ['stillinger-weber', 'silicon-student'])
    expect(await examined('stress', named(name))).toMatchObject({ status: 'pass', unit: 'eV' });
});

it('names a turned sign', async () => {
  const found = await examined(
    'stress',
    withVirial((w) => -w),
  );
  expect(found).toMatchObject({ status: 'fail', values: { nature: 'sign' } });
});

it('names a factor', async () => {
  const found = await examined(
    'stress',
    withVirial((w, _, volume) => w / volume),
  );
  expect(found).toMatchObject({ status: 'fail', values: { nature: 'scaled' } });
});

it('finds components in the wrong order, and a virial that is not symmetric', async () => {
  const order = [0, 4, 8, 5, 2, 1, 3, 6, 7];
  const shuffled = made(() => faulty({ after: ({ virial }) => virial.set(order.map((k) => virial[k])) }));
  expect(await examined('stress', shuffled)).toMatchObject({ status: 'fail', values: { nature: 'other' } });
  const found = await examined(
    'stress',
    withVirial((w, k) => (k === 1 ? w + 1e-3 : w)),
  );
  expect(found.status).toBe('fail');
});

it('is skipped without a virial', async () => {
  const metadata = { 'mdbench.cutoff': '0.4', 'mdbench.units.length': 'nm' };
  const path = folder.write('none.onnx', openmmModel({ metadata }));
  expect(await examined('stress', named(path))).toMatchObject({
    status: 'skipped',
    values: { reason: 'not-virial' },
  });
});
