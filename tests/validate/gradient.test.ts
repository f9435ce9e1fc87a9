import { describe, expect, it } from 'vitest';
import { buildSystem } from '../../src/system/index.js';
import type { MakeForceField } from '../../src/validate/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { schnetModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();
const metadata = { 'mdbench.cutoff': '4' };
const double = folder.write('double.onnx', schnetModel({ type: 'float64', metadata }));
const single = folder.write('single.onnx', schnetModel({ metadata }));
/** A file in single with its twin in double. */
const withTwin: MakeForceField = ({ precision, ...change }) =>
  named(precision === 'f64' ? double : single)(change);

describe('gradient', () => {
  it('passes with the order of central differences', async () => {
    const found = await examined(
      'gradient',
      made(() => faulty({})),
    );
    expect(found).toMatchObject({ status: 'pass', values: { precision: 'float64' } });
    expect(found.values.order).toBeCloseTo(2, 1);
    expect(found.value! / found.tolerance!).toBeLessThan(1e-3);
  });

  it('takes the twin in double of a model in single, and compares the forces of both', async () => {
    const found = await examined('gradient', withTwin);
    expect(found).toMatchObject({ status: 'pass', values: { precision: 'float64' } });
    expect(found.values.singleError).toBeGreaterThan(0);
    expect(found.tolerance).toBeLessThan(1e-5);
  });

  it('finds a model in single that is not what its twin is', async () => {
    const make: MakeForceField = async (change) =>
      change.precision === 'f64'
        ? withTwin(change)
        : faulty(
            {
              after: ({ forces }) => {
                forces[3] += 0.02;
              },
            },
            await withTwin(change),
          );
    expect(await examined('gradient', make)).toMatchObject({ status: 'fail', values: { nature: 'single' } });
  });

  it('looks closer where the slope of a force jumps', async () => {
    let kink: number | null = null;
    const make = made(() =>
      faulty({
        after: (output, { positions }) => {
          kink ??= positions[0] + 7e-4;
          const beyond = Math.max(0, positions[0] - kink);
          output.energy += 5 * beyond ** 2;
          output.forces[0] -= 10 * beyond;
        },
      }),
    );
    expect(await examined('gradient', make, buildSystem('si8'))).toMatchObject({ status: 'pass' });
  });

  it('names a factor', async () => {
    const scaled = faulty({
      after: ({ forces }) =>
        forces.forEach((force, k) => {
          forces[k] = 1.01 * force;
        }),
    });
    const found = await examined(
      'gradient',
      made(() => scaled),
    );
    expect(found).toMatchObject({ status: 'fail', values: { nature: 'scaled' } });
    expect(found.values.factor).toBeCloseTo(1.01, 6);
  });

  it('finds the factor in single precision without a twin', async () => {
    const make: MakeForceField = async (change) =>
      faulty(
        {
          after: ({ forces }) =>
            forces.forEach((force, k) => {
              forces[k] = 1.01 * force;
            }),
        },
        await named('silicon-student')({ ...change, precision: undefined } as never),
      );
    expect(await examined('gradient', make)).toMatchObject({ status: 'fail' });
  });

  it('finds a factor of one part in ten thousand in double', async () => {
    const scaled = faulty({
      after: ({ forces }) =>
        forces.forEach((force, k) => {
          forces[k] *= 1 + 1e-4 + 0 * force;
        }),
    });
    expect(
      (
        await examined(
          'gradient',
          made(() => scaled),
        )
      ).status,
    ).toBe('fail');
  });

  it('names a direct force model', async () => {
    const direct = faulty({
      after: ({ forces }, { positions }) => {
        for (let k = 0; k < forces.length; k += 3) {
          const next = (k + 3) % forces.length;
          forces[k] += 0.05 * Math.sin(positions[next + 1]);
        }
      },
    });
    const found = await examined(
      'gradient',
      made(() => direct),
    );
    expect(found).toMatchObject({ status: 'fail', values: { nature: 'direct' } });
  });

  it('tells forces of another energy from forces of none', async () => {
    const other = faulty({
      after: ({ forces }, { positions }) => {
        for (let k = 0; k < forces.length; k++) forces[k] -= 0.05 * Math.sin(positions[k]);
      },
    });
    const found = await examined(
      'gradient',
      made(() => other),
    );
    expect(found).toMatchObject({ status: 'fail', values: { nature: 'other', factor: null } });
  });

  it('blames no jump at the cutoff on the forces', async () => {
    expect(await examined('gradient', named('lennard-jones-plain'))).toMatchObject({ status: 'pass' });
  });

  it('is skipped where the energy is too large for its precision', async () => {
    const make: MakeForceField = async (change) =>
      faulty(
        {
          after: (output) => {
            output.energy = Math.fround(output.energy - 1e6);
          },
        },
        await named('silicon-student')({ ...change, precision: undefined } as never),
      );
    expect(await examined('gradient', make, buildSystem('si8'))).toMatchObject({
      status: 'skipped',
      values: { reason: 'too-coarse' },
    });
  });
});
