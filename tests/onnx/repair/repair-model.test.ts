// Real exporters' files through all passes: the faulty ones give golden energies afterwards, the others still do, and each
// change is told, judged and can be switched off.

import { describe, expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import { type Feeds, type Judge, readModelFile, repairIds, repairModel } from '../../../src/onnx/index.js';
import type { ModelProto } from '../../../src/onnx/proto/onnx_pb.js';
import { standardOpset } from '../../../src/onnx/repair/opset-raise.js';
import { floats, longs, model, node, run, scattered } from '../../support/onnx-nodes.js';
import { goldenCasesOf, goldenFeeds, listZoo, type ZooFile } from '../../support/zoo.js';

const zoo = listZoo();
/** Faults that no pass can mend. */
const beyond = new Set(['baked-atom-count']);

function feedsOf(file: ZooFile): Feeds[] {
  return goldenCasesOf(file).map((golden) => goldenFeeds(file, golden) as unknown as Feeds);
}

function probingOf(file: ZooFile) {
  const [first, second] = feedsOf(file);
  return { run: graphRunner, probes: () => (second ? [first!, second] : [first!]) };
}

function energy(proto: ModelProto, file: ZooFile, feeds: Feeds): number {
  const values = run(proto, feeds)[Object.keys(file.outputs)[0]!]!.data;
  return Number(values[0]);
}

function expectGolden(proto: ModelProto, file: ZooFile): void {
  for (const [k, golden] of goldenCasesOf(file).entries()) {
    const error = Math.abs(energy(proto, file, feedsOf(file)[k]!) - golden.energy);
    expect(error / Math.max(1, Math.abs(golden.energy))).toBeLessThanOrEqual(file.tolerance);
  }
}

describe('a file of the zoo', () => {
  const whole = zoo.filter(({ faults }) => !faults.some((fault) => beyond.has(fault)));
  it.each(whole)('$file gives golden energies once repaired', async (file) => {
    const { proto } = readModelFile(file.path);
    const { model: repaired, lints, rejected } = await repairModel(proto, probingOf(file));
    expectGolden(repaired, file);
    expect(standardOpset(repaired)).toBeGreaterThanOrEqual(18);
    expect(repaired.functions).toEqual([]);
    expect(rejected).toEqual([]);
    expect(lints.filter(({ id }) => id === 'pass-refused' || id === 'unknown-domain')).toEqual([]);
  });

  it.each(zoo.filter(({ faults }) => faults.some((fault) => fault.endsWith('without-reduction'))))(
    '$file is wrong without the pass that mends it',
    async (file) => {
      const { proto } = readModelFile(file.path);
      const options = { ...probingOf(file), without: ['scatter-accumulate'] };
      const { model: repaired, changes, lints } = await repairModel(proto, options);
      const wrong = goldenCasesOf(file).some((golden, k) => {
        const error = Math.abs(energy(repaired, file, feedsOf(file)[k]!) - golden.energy);
        return error > 100 * file.tolerance * Math.max(1, Math.abs(golden.energy));
      });
      expect(wrong).toBe(true);
      expect(changes.map(({ pass }) => pass)).not.toContain('scatter-accumulate');
      expect(lints.map(({ id }) => id)).toContain('scatter-overwrites');
    },
  );

  it.each(['schnet-legacy.onnx', 'zpos-legacy-eye.onnx', 'mace-legacy.onnx', 'padded-periodic-legacy.onnx'])(
    '%s gives golden energies in double',
    async (name) => {
      const file = zoo.find((other) => other.file === name)!;
      const { proto } = readModelFile(file.path);
      const { model: cast } = await repairModel(proto, { ...probingOf(file), precision: 'float64' });
      const wide = (feeds: Feeds): Feeds =>
        Object.fromEntries(
          Object.entries(feeds).map(([key, { type, dims, data }]) => [
            key,
            type === 'float32'
              ? { type: 'float64', dims, data: Float64Array.from(data as Float32Array) }
              : { type, dims, data },
          ]),
        );
      for (const [k, golden] of goldenCasesOf(file).entries()) {
        const error = Math.abs(energy(cast, file, wide(feedsOf(file)[k]!)) - golden.energy);
        expect(error / Math.max(1, Math.abs(golden.energy))).toBeLessThan(file.tolerance);
      }
    },
  );
});

/** Energy of atoms with neighbors: the sum over atoms of the square of the sum over its pairs. */
function summing(scatter: 'added' | 'alone', opset = 16): ModelProto {
  const nodes = [
    node('Shape', 'x', 's'),
    node('ConstantOfShape', 's', 'zeros', { value: floats([0]) }),
    node('Gather', 'x j', 'neighbors'),
    node('ScatterElements', 'zeros i neighbors', 'sums'),
    node(scatter === 'added' ? 'Add' : 'Mul', scatter === 'added' ? 'x sums' : 'sums two', 'z'),
    node('Mul', 'z z', 'squares'),
    node('ReduceSum', 'squares', 'y', { keepdims: 0 }),
  ];
  return model(
    {
      nodes,
      inputs: { x: 'float32[n]', i: 'int64[e]', j: 'int64[e]' },
      outputs: { y: 'float32' },
      weights: { two: floats([1]) },
    },
    { opset },
  );
}

const pairs: Feeds = { x: floats([1, 2, 4]), i: longs([0, 0, 1, 1, 2, 2]), j: longs([1, 2, 0, 2, 0, 1]) };
/** The same pairs in another order: a sum over neighbors does not notice. */
const judge: Judge = (_, after) => {
  const other = { ...pairs, i: longs([2, 1, 0, 2, 1, 0]), j: longs([1, 2, 2, 0, 0, 1]) };
  return run(after, pairs).y!.data[0] === run(after, other).y!.data[0];
};
const blind = { run: graphRunner, probes: () => null };

describe('scatters', () => {
  it('that stand alone are changed only where a judge finds the change better', async () => {
    const given = summing('alone');
    const before = structuredClone(given);
    expect((await repairModel(given, blind)).changes.map(({ pass }) => pass)).not.toContain(
      'scatter-accumulate',
    );
    const { model: repaired, changes } = await repairModel(given, { ...blind, judge });
    expect(changes.at(-1)).toMatchObject({ pass: 'scatter-accumulate', count: 1, values: { form: 'alone' } });
    expect(run(repaired, pairs).y!.data[0]).toBe(36 + 25 + 9);
    const { rejected, model: kept } = await repairModel(given, { ...blind, judge: () => true });
    expect(rejected).toHaveLength(1);
    expect(run(kept, pairs)).toEqual(run(given, pairs));
    expect(given).toEqual(before);
  });

  it('that are added to something are changed unless a judge finds it worse', async () => {
    const given = summing('added');
    const right = 49 + 49 + 49;
    for (const options of [blind, { ...blind, judge }])
      expect(run((await repairModel(given, options)).model, pairs).y!.data[0]).toBe(right);
    const { rejected, lints } = await repairModel(given, { ...blind, judge: async () => false });
    expect(rejected.map(({ pass }) => pass)).toEqual(['scatter-accumulate']);
    expect(lints.map(({ id }) => id)).toContain('scatter-overwrites');
  });

  it('below operator set 16 wait for the upgrade', async () => {
    const given = summing('added', 13);
    const { changes, lints } = await repairModel(given, { ...blind, without: ['opset-upgrade'] });
    expect(changes).toEqual([]);
    expect(lints.map(({ id }) => id)).toEqual(['scatter-overwrites']);
    expect(run((await repairModel(given, blind)).model, pairs).y!.data[0]).toBe(147);
  });

  it('of a constant, or at constant places, are what they look like', async () => {
    const mask = model({
      nodes: [
        node('Shape', 'x', 's'),
        node('ConstantOfShape', 's', 'zeros'),
        node('Shape', 'i', 'e'),
        node('Expand', 'one e', 'ones'),
        node('ScatterElements', 'zeros i ones', 'mask'),
        node('Add', 'x mask', 'y'),
      ],
      inputs: { x: 'float32[n]', i: 'int64[e]' },
      outputs: { y: 'float32' },
      weights: { one: floats([1]) },
    });
    expect((await repairModel(mask, { ...blind, judge: () => true })).model).toBe(mask);
  });
});

describe('a pass', () => {
  it('is one of those that can be switched off', () => {
    expect(repairIds).toEqual([
      ...['external-data', 'inline-functions', 'opset-upgrade', 'pin-dimensions', 'eye-like'],
      ...['scatter-accumulate', 'inline-if', 'empty-reductions', 'precision-cast'],
    ]);
  });

  it('that cannot do its work says why, and the others go on', async () => {
    const given = model(
      {
        nodes: [node('Resize', 'x s', 'r'), node('Add', 'r w', 'y')],
        inputs: { x: 'float32[n,m]' },
        outputs: { y: 'float32' },
        weights: { s: floats([1, 2]), w: scattered([1]) },
      },
      { opset: 10 },
    );
    const { changes, lints } = await repairModel(given, { ...blind, pin: { n: 3 } });
    expect(changes.map(({ pass }) => pass)).toEqual(['pin-dimensions']);
    expect(lints[0]).toMatchObject({
      id: 'pass-refused',
      values: { pass: 'opset-upgrade', code: 'opset-unsupported' },
    });
  });
});
