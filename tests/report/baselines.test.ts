// What mdbench baseline prints.

import { describe, expect, it } from 'vitest';
import { renderBaseline, renderBaselines } from '../../src/report/index.js';
import type { StoredBaseline } from '../../src/result/baseline.js';
import { syntheticCampaign } from '../support/synthetic-campaign.js';
import { syntheticDocument } from '../support/synthetic-case.js';

const cost = { forces: 0.2, neighbors: 0.03, integrate: 0.005, other: 0.002 };
const { arms, pairs } = syntheticCampaign({
  id: 'si64',
  labels: { baseline: 'silicon-student', candidate: 'silicon-student' },
  costs: { baseline: cost, candidate: cost },
  atoms: 64,
});
const run = (time: number) => ({
  seed: 1,
  metrics: { 'force-call-p50': time / 2, 'step-time-p50': time },
  control: 2,
  worker: pairs[0]!.workers.baseline,
});
const baseline: StoredBaseline = {
  baselineVersion: 1,
  name: 'main',
  createdAt: '2026-11-22T01:35:00.000Z',
  tool: { name: 'mdbench', version: '0.1.0' },
  environment: syntheticDocument().environment,
  fingerprint: {
    hardware: { hash: 'a', parts: { cpu: 'A CPU', cores: 2 } },
    software: { hash: 'b', parts: { node: 'v20.1.0' } },
    workload: { hash: 'c', parts: { system: 'si64' } },
  },
  controlTime: 2,
  arm: arms.baseline,
  runs: [0.24, 0.22, 0.25].map(run),
};
const entry = { name: 'main', baseline, problem: null };

describe('stored baselines in a terminal', () => {
  it('are lines: when, what, how often, and the time of the step before others', () => {
    expect(renderBaselines([entry, { ...entry, name: 'a-longer-name' }], 'here').split('\n')).toEqual([
      'main           2026-11-22 01:35 UTC  silicon-student  3 runs  step-time-p50 0.240 ms (0.220 to 0.250)',
      'a-longer-name  2026-11-22 01:35 UTC  silicon-student  3 runs  step-time-p50 0.240 ms (0.220 to 0.250)',
    ]);
  });

  it('are listed with what is wrong with them, control characters made harmless', () => {
    const broken = { name: 'main', baseline: null, problem: { message: 'No \u001b[31mversion.' } };
    expect(renderBaselines([broken], 'here')).toBe('main  cannot be used: No \ufffd[31mversion.');
    expect(renderBaselines([], 'there')).toBe('No baseline is stored in there.');
  });

  it('are shown with machine, software, workload and times', () => {
    expect(renderBaseline(baseline).split('\n')).toEqual([
      'main',
      '  stored          2026-11-22 01:35 UTC, mdbench 0.1.0',
      '  arm             silicon-student, 3 fresh processes',
      '  cpu             A CPU',
      '  cores           2',
      '  node            v20.1.0',
      '  system          si64',
      '  force-call-p50  0.1200 ms (0.1100 to 0.1250)',
      '  step-time-p50   0.240 ms (0.220 to 0.250)',
    ]);
  });
});
