import { describe, expect, it } from 'vitest';
import { compareStored, judgeGates } from '../../src/compare/index.js';
import { createRandom } from '../../src/random.js';
import { fingerprintOf, type SoloRun, type StoredBaseline } from '../../src/result/index.js';
import type { Gate } from '../../src/spec/index.js';
import { plantedCampaign } from '../support/paired-campaign.js';
import { syntheticDocument } from '../support/synthetic-case.js';
import { thrownBy } from '../support/thrown.js';

const { environment, tool } = syntheticDocument();
const campaign = plantedCampaign({ pairs: 1 });

function print(
  change: { cpu?: string; node?: string; tool?: string; controlTime?: number; atoms?: number } = {},
) {
  const { cpu = environment.cpu, node = environment.node, atoms = 64 } = change;
  return fingerprintOf({
    environment: { ...environment, cpu, node },
    tool: change.tool ?? '0.1.0',
    workload: { forceField: 'silicon-student', atoms },
    controlTime: change.controlTime ?? 4,
  });
}

function runs(count: number, factor = 1, seed = 1, spread = 0.01): SoloRun[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, k) => ({
    seed: k + 1,
    metrics: { 'step-time-p50': 1.3 * factor * Math.exp(spread * random.normal()) },
    control: 4,
    worker: campaign.pairs[0]!.workers.candidate,
  }));
}

function stored(change: Partial<StoredBaseline> = {}): StoredBaseline {
  return {
    baselineVersion: 1,
    name: 'main',
    createdAt: '2026-01-01T00:00:00.000Z',
    tool: { name: 'mdbench', version: tool.version },
    environment,
    fingerprint: print(),
    controlTime: 4,
    arm: campaign.arms.baseline,
    runs: runs(12),
    ...change,
  };
}

function compared(now: SoloRun[], baseline = stored(), fingerprint = print(), crossMachine = false) {
  return compareStored(
    baseline,
    { label: 'silicon-student', system: 'si64', fingerprint, runs: now },
    { crossMachine },
  );
}

const speed: Gate = { pattern: '*/step-time-p50', severity: 'error', rule: 'maxRegression', limit: 0.03 };
const judged = (comparison: ReturnType<typeof compared>) =>
  judgeGates([speed], syntheticDocument(), { onInconclusive: 'warn', stored: comparison });

describe('a stored baseline', () => {
  it('shows a change of the process medians with its interval', () => {
    const [metric] = compared(runs(12, 1.1, 2)).metrics;
    expect(metric!.change.value).toBeCloseTo(0.1, 1);
    expect(metric!.change.low!).toBeGreaterThan(0.08);
    expect(metric!.runs).toEqual({ baseline: 12, candidate: 12 });
  });

  it('warns of a slowdown and never fails a build', () => {
    const slower = judged(compared(runs(12, 1.1, 2)));
    expect(slower).toMatchObject({ mode: 'stored', indicative: true, verdict: 'pass', baseline: 'main' });
    expect(slower.gates).toMatchObject([
      {
        metric: 'silicon-student/si64/step-time-p50',
        state: 'failed',
        severity: 'warn',
        reason: { code: 'indicative' },
      },
    ]);
    expect(judged(compared(runs(12, 1, 2))).gates[0]).toMatchObject({ state: 'passed', severity: 'error' });
  });

  it('is inconclusive where the runs scatter, and with fewer than ten of them', () => {
    const wide = judged(compared(runs(12, 1, 1, 0.2), stored({ runs: runs(12, 1, 1, 0.2) })));
    expect(wide.gates[0]!.state).toBe('inconclusive');
    const few = compared(runs(12, 1.1, 2), stored({ runs: runs(9) }));
    expect(few.warnings).toEqual([
      { code: 'few-stored-runs', values: { baseline: 'main', runs: 9, needed: 10 } },
    ]);
    expect(judged(few)).toMatchObject({ verdict: 'inconclusive', warnings: [{ code: 'few-stored-runs' }] });
    expect(compared(runs(12), stored({ runs: runs(10) })).warnings).toEqual([]);
  });

  it('still lets a gate on the physics of the candidate fail', () => {
    const document = syntheticDocument();
    const drift: Gate = { pattern: 'student/step-time-p50', severity: 'error', rule: 'max', limit: 0.01 };
    const found = judgeGates([drift], document, { onInconclusive: 'warn', stored: compared(runs(12)) });
    expect(found.gates[0]).toMatchObject({ state: 'error', reason: { code: 'no-value' } });
  });

  it('is refused on another machine or software, unless asked for, and then marked', () => {
    for (const [other, key] of [
      [print({ cpu: 'Other CPU' }), 'cpu'],
      [print({ controlTime: 5 }), 'controlTime'],
      [print({ node: 'v22.0.0' }), 'node'],
    ] as const) {
      const error = thrownBy(() => compared(runs(12), stored(), other));
      expect(error.code).toBe('incomparable');
      expect(error.message).toContain(key);
      expect(error.hint).toContain('--allow-cross-machine');
      const marked = compared(runs(12, 1.5), stored(), other, true);
      expect(marked.warnings).toEqual([{ code: 'cross-machine', values: { baseline: 'main', keys: key } }]);
      expect(judged(marked)).toMatchObject({ verdict: 'pass', indicative: true });
    }
    expect(() => compared(runs(12), stored(), print({ tool: '0.2.0' }))).not.toThrow();
  });

  it('is refused for another workload, whatever is asked for', () => {
    const error = thrownBy(() => compared(runs(12), stored(), print({ atoms: 216 }), true));
    expect(error.code).toBe('incomparable');
    expect(error.message).toContain('atoms (workload: 64 stored, 216 here)');
  });
});
