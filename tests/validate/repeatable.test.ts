import { describe, expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { schnetModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

/** A sum whose order changes from call to call, by its last bit. */
function racing(from: number) {
  let call = 0;
  return made((threads) =>
    faulty({
      after: ({ forces }) => {
        call += 1;
        if (threads >= from && call % 5 === 4) forces[4] += 1e-15 * Math.abs(forces[4]) + 1e-16;
      },
    }),
  );
}

describe('repeatable', () => {
  it('passes where every call has the same bits, on one thread and on four', async () => {
    const found = await examined('repeatable', named('silicon-student'));
    expect(found).toMatchObject({
      status: 'pass',
      value: 0,
      values: { threads: 4, oneThread: 0, several: 0 },
    });
  });

  it('finds one bit that several threads race for', async () => {
    const found = await examined('repeatable', racing(4));
    expect(found).toMatchObject({ status: 'fail', tolerance: 0, values: { oneThread: 0 } });
    expect(found.value).toBeGreaterThan(0);
  });

  it('finds it on one thread too', async () => {
    const found = await examined('repeatable', racing(1));
    expect(found.status).toBe('fail');
  });

  const scattering = schnetModel({ metadata: { 'mdbench.cutoff': '4' } });

  it('passes a file whose sums would race as they stand in it', async () => {
    const found = await examined('repeatable', named(folder.write('scatter.onnx', scattering)));
    expect(found).toMatchObject({ status: 'pass', values: { threads: 4, oneThread: 0, several: 0 } });
  });

  it('says where a file refuses several threads', async () => {
    const path = folder.write('left.onnx', scattering);
    folder.write('left.onnx.mdbench.json', { mdbench: 1, repair: { scatterNd: false } });
    const found = await examined('repeatable', named(path));
    expect(found).toMatchObject({ status: 'pass', values: { threads: 1, several: null } });
  });
});
