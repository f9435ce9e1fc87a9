import { describe, expect, it } from 'vitest';
import {
  differences,
  refuseUnlike,
  specDifferences,
  unknownPrecision,
  untoldConditions,
} from '../../src/compare/index.js';
import { syntheticCase } from '../support/synthetic-case.js';
import { thrownBy } from '../support/thrown.js';

const workload = {
  forceField: 'silicon-teacher',
  file: 'a1',
  system: 'si64',
  atoms: 64,
  timestep: 1,
  temperature: 300,
  skin: 1,
  precision: 'float32',
  threads: 1,
  provider: 'cpu',
  backend: 'native',
  tool: '0.1.0',
  node: 'v20.1.0',
  onnxruntime: '1.30.0',
};

describe('differences of two workloads', () => {
  it('are none where only the force field and the version of mdbench differ', () => {
    const other = { ...workload, forceField: 'x', file: 'b2', parameters: 7, cutoff: 5, tool: '0.2.0' };
    expect(differences(workload, other, null)).toEqual([]);
  });

  it.each([
    ['system', 'si216'],
    ['atoms', 216],
    ['timestep', 2],
    ['temperature', 600],
    ['skin', 0.5],
    ['precision', 'float64'],
    ['threads', 2],
    ['provider', 'cuda'],
    ['backend', 'reference'],
    ['node', 'v22.0.0'],
    ['onnxruntime', '1.29.0'],
  ])('name %s, unless it is the axis', (key, value) => {
    const other = { ...workload, [key]: value };
    const difference = { key, baseline: workload[key as keyof typeof workload], candidate: value };
    expect(differences(workload, other, null)).toEqual([difference]);
    expect(differences(workload, other, key)).toEqual([]);
    expect(differences(workload, other, `${key}=1,2`)).toEqual([]);
    expect(differences(workload, other, 'another')).toHaveLength(1);
  });

  it('hold a condition that one side alone tells, and leave a key of the user’s own to a warning', () => {
    const { threads: _, ...silent } = workload;
    expect(differences(workload, silent, null)).toEqual([{ key: 'threads', baseline: 1, candidate: null }]);
    expect(differences(workload, { ...workload, dataset: 'b' }, null)).toEqual([]);
    expect(untoldConditions(workload, { ...workload, dataset: 'b', grid: 3 })).toEqual({
      code: 'workload-untold',
      values: { keys: 'dataset, grid' },
    });
    expect(untoldConditions(workload, silent)).toBeNull();
    expect(differences({ ...workload, dataset: 'a' }, { ...workload, dataset: 'b' }, null)).toEqual([
      { key: 'dataset', baseline: 'a', candidate: 'b' },
    ]);
  });

  it('leave the precision of another program to a warning, not one that a side keeps to itself', () => {
    const { precision: _, ...silent } = workload;
    const external = { ...silent, precision: null };
    expect(differences(external, workload, null)).toEqual([]);
    expect(differences(workload, external, null)).toEqual([]);
    expect(differences(workload, silent, null).map(({ key }) => key)).toEqual(['precision']);
    expect(unknownPrecision(external, workload)).toEqual({ code: 'precision-unknown', values: {} });
    expect(unknownPrecision(external, external)).toBeNull();
    expect(unknownPrecision(workload, silent)).toBeNull();
  });
});

describe('differences of two cases', () => {
  const { spec } = syntheticCase([]);

  it.each([
    ['system', { system: { name: 'si216' } }],
    ['seed', { dynamics: { ...spec.dynamics, seed: 2 } }],
    ['steps', { dynamics: { ...spec.dynamics, steps: 2000 } }],
    ['timestep', { dynamics: { ...spec.dynamics, timestep: 2 } }],
    ['threads', { forceField: { ...spec.forceField, threads: 2 } }],
    ['provider', { forceField: { ...spec.forceField, provider: 'cuda' } }],
  ])('name %s', (key, change) => {
    expect(specDifferences(spec, { ...spec, ...change }, null).map((one) => one.key)).toEqual([key]);
    expect(specDifferences(spec, { ...spec, ...change }, key)).toEqual([]);
  });

  it('are none between two force fields on the same box; a repeated structure is another box', () => {
    const other = { ...spec, id: 'x', forceField: { ...spec.forceField, name: 'other.onnx' } };
    expect(specDifferences(spec, other, null)).toEqual([]);
    const box = (repeat: [number, number, number]) => ({ ...spec, system: { structure: 'a.xyz', repeat } });
    expect(specDifferences(box([1, 1, 1]), box([2, 1, 1]), null)[0]).toMatchObject({
      baseline: 'a.xyz 1x1x1',
      candidate: 'a.xyz 2x1x1',
    });
  });
});

describe('the refusal of unlike things', () => {
  it('names every difference once and how to allow it', () => {
    const found = differences(workload, { ...workload, threads: 2, backend: 'reference' }, null);
    const error = thrownBy(() =>
      refuseUnlike([...found, found[0]!], { baseline: 'teacher', candidate: 'student' }),
    );
    expect(error.code).toBe('incomparable');
    expect(error.exitCode).toBe(4);
    expect(error.message).toBe(
      'Unlike things are not compared; these differ in threads (1 in teacher, 2 in student); backend (native in teacher, reference in student).',
    );
    expect(error.hint).toContain('--axis threads=1,2 or --axis backend');
    const [one] = found;
    expect(thrownBy(() => refuseUnlike([one!])).hint).toMatch(/^Run both alike, .* --axis threads=1,2$/);
  });

  it('is none without a difference', () => {
    expect(() => refuseUnlike([])).not.toThrow();
  });
});
