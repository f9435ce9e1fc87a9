// From what was asked to the grid of cases, and the suites that ship.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CaseSpec, caseSpec, loadSuite, planCases } from '../../src/spec/index.js';

const ids = (cases: readonly CaseSpec[]) => cases.map(({ id }) => id);

describe('the plan', () => {
  it('names cases after what they are, safe as file names', () => {
    const cases = planCases({
      forceFields: [{ name: 'models/My Net (v2).onnx' }, { name: 'stillinger-weber' }],
      systems: [{ name: 'si64' }, { structure: '../a b/Cell.extxyz', repeat: [2, 1, 1] }],
    });
    expect(ids(cases)).toEqual([
      'si64-my-net-v2-nve',
      'cell-2x1x1-my-net-v2-nve',
      'si64-stillinger-weber-nve',
      'cell-2x1x1-stillinger-weber-nve',
    ]);
    for (const spec of cases) expect(caseSpec.parse(spec)).toEqual(spec);
  });

  it('tells equal names apart', () => {
    const forceFields = [{ name: 'a/net.onnx' }, { name: 'b/net.onnx' }, { name: 'b/net.onnx', threads: 2 }];
    expect(ids(planCases({ forceFields, systems: [] }))).toEqual([
      'si64-net-nve',
      'si64-net-nve-2',
      'si64-net-nve-3',
    ]);
  });

  it('chooses the system that suits a force field when none is named', () => {
    const forceFields = [{ name: 'lennard-jones' }, { name: 'silicon-student' }];
    expect(ids(planCases({ forceFields, systems: [] }))).toEqual([
      'ar256-lennard-jones-nve',
      'si64-silicon-student-nve',
    ]);
  });

  it('fills in the defaults', () => {
    const [{ dynamics }] = planCases({ forceFields: [{ name: 'silicon-student' }], systems: [] });
    expect(dynamics).toMatchObject({ steps: 1000, timestep: 1, temperature: 300, seeds: 1, ensemble: 'nve' });
  });

  it.each([
    [{ steps: 0 }, 'steps must be a whole number above 0 (received 0)'],
    [{ timestep: -1 }, 'timestep must be a number above 0 (received -1)'],
    [{ temperature: 0 }, 'temperature must be a number above 0 (received 0)'],
    [{ steps: 1e9 }, 'steps must be at most 20000000 (received 1000000000)'],
    [{ seeds: 1.5, steps: -1 }, 'seeds must be a whole number above 0 (received 1.5)'],
  ])('refuses %o', (dynamics, says) => {
    expect(() => planCases({ forceFields: [{ name: 'a' }], systems: [], dynamics })).toThrow(says);
  });
});

describe('the suites that ship', () => {
  it.each(readdirSync('benchmarks/suites'))('%s is valid and can be planned', (name) => {
    const { forceFields, systems, dynamics } = loadSuite(name.replace('.json', ''));
    expect(planCases({ forceFields, systems, dynamics })).toHaveLength(forceFields.length * systems.length);
  });
});
