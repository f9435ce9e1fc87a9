// How a worker can end, each with its cause: real processes, really ended.

import { afterEach, describe, expect, it } from 'vitest';
import { checkCases, measureCase } from '../../src/measure/index.js';
import { planCases } from '../../src/spec/index.js';
import { temporaryFolder } from '../support/cli.js';

const [argon] = planCases({
  forceFields: [{ name: 'lennard-jones' }],
  systems: [{ name: 'ar4000' }],
  dynamics: { steps: 20_000, equilibrate: 0 },
});

afterEach(() => {
  delete process.env.NODE_OPTIONS;
});

describe('a worker that dies', () => {
  it('is out of memory when its heap is full', async () => {
    process.env.NODE_OPTIONS = '--max-old-space-size=5';
    const result = await measureCase(argon, { directory: temporaryFolder() });
    expect([result.status, result.failure?.cause]).toEqual(['failed', 'out-of-memory']);
    expect(result.failure?.hint).toContain('smaller system');
  });

  it('has crashed when it cannot even start, with its last words', async () => {
    process.env.NODE_OPTIONS = '--import=/nowhere/at-all.mjs';
    const result = await measureCase(argon, { directory: temporaryFolder() });
    expect([result.status, result.failure?.cause]).toEqual(['failed', 'crash']);
    expect(result.failure?.message).toContain('at-all.mjs');
  });

  it('is ended when it shows no sign of life', async () => {
    const result = await measureCase(argon, { directory: temporaryFolder(), patience: 5 });
    expect([result.status, result.failure?.cause]).toEqual(['failed', 'no-progress']);
  });

  it('stops at once when asked before it began', async () => {
    const abort = new AbortController();
    abort.abort();
    const result = await measureCase(argon, { directory: temporaryFolder(), signal: abort.signal });
    expect(result.status).toBe('aborted');
    expect(result.recording.trajectories[0]?.steps ?? 0).toBeLessThan(20_000);
  });
});

describe('the check before anything is timed', () => {
  it('prepares every case and says what it found', async () => {
    const cases = planCases({
      forceFields: [{ name: 'stillinger-weber' }],
      systems: [{ name: 'si8' }, { name: 'si64' }],
    });
    const prepared = await checkCases(cases, { directory: temporaryFolder() });
    expect(prepared?.map(({ system }) => system?.atoms)).toEqual([8, 64]);
    expect(prepared?.[1].system?.largestForce).toBeLessThan(1e-6);
  });

  it('stops between two cases when asked to', async () => {
    const abort = new AbortController();
    const systems = Array.from({ length: 40 }, () => ({ name: 'si1000' }));
    const cases = planCases({ forceFields: [{ name: 'silicon-teacher' }], systems });
    setTimeout(() => abort.abort(), 1500);
    expect(await checkCases(cases, { directory: temporaryFolder(), signal: abort.signal })).toBeNull();
  });

  it('throws what a worker found wrong, with its code and hint', async () => {
    const cases = planCases({ forceFields: [{ name: 'stillinger-weber' }], systems: [{ name: 'si9' }] });
    await expect(checkCases(cases, { directory: temporaryFolder() })).rejects.toMatchObject({
      name: 'MdbenchError',
      code: 'unknown-system',
    });
  });
});
