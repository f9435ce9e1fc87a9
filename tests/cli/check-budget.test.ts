// What a check may spend, to the millisecond; and what becomes of it when a worker hangs.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/result/index.js';
import { cutToFit, strictest, timeLeft } from '../../src/run-check-budget.js';
import { mdbench, temporaryFolder } from '../support/cli.js';

describe('the time of a check', () => {
  it('is the budget without what was spent, and never negative', () => {
    expect([timeLeft(60_000, 20_800), timeLeft(10_000, 12_000), timeLeft(null, 5)]).toEqual([
      39_200,
      0,
      null,
    ]);
  });

  it('is cut among steps and frames between their bounds', () => {
    const timeOf = ({ steps, frames }: { steps: number; frames: number }) => 500 + 2 * steps + 10 * frames;
    const bounds = { least: { steps: 1000, frames: 20 }, most: { steps: 5000, frames: 50 } };
    const cutTo = (available: number | null) => cutToFit(timeOf, available, bounds);
    expect(cutTo(null)).toEqual({ ...bounds.most, beyond: 0 });
    expect(cutTo(11_000)).toEqual({ ...bounds.most, beyond: 0 });
    expect(cutTo(6850)).toEqual({ steps: 3000, frames: 35, beyond: 0 });
    expect(cutTo(2700)).toEqual({ ...bounds.least, beyond: 0 });
    expect(cutTo(1700)).toEqual({ ...bounds.least, beyond: 1000 });
    for (const available of [3000, 4321, 9999])
      expect(timeOf(cutTo(available))).toBeLessThanOrEqual(available);
  });

  it('is planned for the strictest of the gates on changes', () => {
    const gate = { pattern: '*', severity: 'error' } as const;
    const changes = [0.05, 0.02, 0.1].map((limit) => ({ ...gate, rule: 'maxRegression', limit }) as const);
    expect(strictest([...changes, { ...gate, rule: 'max', limit: 0.001 }])).toBe(0.02);
    expect(strictest([{ ...gate, rule: 'max', limit: 1 }])).toBeUndefined();
  });
});

describe('mdbench check', () => {
  it('whose candidate hangs in its third pair exits 5, within its time', async () => {
    const out = temporaryFolder();
    const fault = { on: 'segment', process: 3, count: 2, kind: 'hang' };
    const worker = (name: string, more: object) => {
      const script = JSON.stringify({ name, log: join(out, 'log.jsonl'), ...more });
      return `"${process.execPath}" "${resolve('tests/support/scripted-worker.mjs')}" '${script}'`;
    };
    const arms = ['--baseline-command', worker('a', {}), '--candidate-command', worker('b', { fault })];
    const begun = performance.now();
    const typed = await mdbench([
      'check',
      ...arms,
      '--axis',
      'forceField',
      '--time-budget',
      '20s',
      '--out',
      out,
    ]);
    expect(performance.now() - begun).toBeLessThan(1.1 * 20_000 + 2000);
    const { campaigns, check } = readDocument(out);
    expect(campaigns![0]).toMatchObject({
      status: 'failed',
      failure: { arm: 'candidate', pair: 2, cause: 'no-progress' },
    });
    expect([typed.code, check?.verdict, campaigns![0].pairs.length]).toEqual([5, 'error', 2]);
    expect(campaigns![0].design.budget).toBeLessThan(20_000 - 500);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('No sign of life');
  }, 60_000);
});
