// mdbench compare as a person types it: teacher and student, several systems, an axis, what it refuses, what it survives.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, readDocument } from '../../src/result/index.js';
import { mdbench, type Typed, temporaryFolder } from '../support/cli.js';

const short = ['--steps', '300', '--equilibrate', '50', '--frames', '6', '--pairs', '2'];

describe('mdbench compare teacher student', () => {
  const out = temporaryFolder();
  let typed: Typed;
  let document: ResultDocument;

  beforeAll(async () => {
    typed = await mdbench(['compare', 'silicon-teacher', 'silicon-student', ...short, '--out', out]);
    document = readDocument(out);
  }, 180_000);

  it('exits 0 and measures each alone, both in pairs, and frames of both trajectories', () => {
    expect(typed.code).toBe(0);
    expect(document.status).toBe('complete');
    expect(document.cases.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'si64-silicon-teacher-nve ok',
      'si64-silicon-student-nve ok',
    ]);
    const [campaign] = document.campaigns!;
    expect([campaign.id, campaign.status, campaign.pairs.length]).toEqual(['si64', 'complete', 2]);
    const [examination] = document.examinations!;
    expect(examination.failure).toBeNull();
    expect(examination.frames.map(({ source, step }) => [source, step.length])).toEqual([
      ['baseline', 6],
      ['candidate', 6],
    ]);
    for (const { worstFile } of examination.frames) expect(existsSync(join(out, worstFile!))).toBe(true);
  });

  it('concludes how much faster and how accurate', () => {
    const [comparison] = document.comparison!.comparisons;
    expect([comparison.baseline, comparison.candidate]).toEqual(['silicon-teacher', 'silicon-student']);
    expect(comparison.cases).toEqual({
      baseline: 'si64-silicon-teacher-nve',
      candidate: 'si64-silicon-student-nve',
    });
    const speedUp = new Map(comparison.ratios.map((ratio) => [ratio.metric, ratio.speedUp.value]));
    expect(speedUp.get('step-time-p50')).toBeGreaterThan(1.5);
    expect(speedUp.get('force-call-p50')).toBeGreaterThan(1.5);
    expect(comparison.accuracy.map(({ source }) => source)).toEqual(['baseline', 'candidate']);
    expect(comparison.accuracy[0].forces.at(-1)!.rmse.value).toBeGreaterThan(0);
  });

  it('prints its plan before, a table within 80 columns after, and writes both reports', () => {
    expect(typed.stderr).toMatch(
      /silicon-student against silicon-teacher on si64[\s\S]*process pairs[\s\S]*(interval of the speed-up|to tell the speed-up)/,
    );
    expect(typed.stderr).not.toMatch(/gate|tolerated|slowdown/);
    const lines = typed.stdout.split('\n').filter((line) => !line.startsWith('/'));
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(typed.stdout).toContain('report.html');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('silicon-student');
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('silicon-student');
  });
});

describe('mdbench compare', () => {
  it('exits 5 where the time was too short for a pair, and says what to do', async () => {
    const out = temporaryFolder();
    const args = ['lennard-jones', 'lennard-jones-plain', '--system', 'ar108', ...short, '--no-validate'];
    const typed = await mdbench(['compare', ...args, '--time-budget', '10ms', '--out', out]);
    expect(typed.code).toBe(5);
    expect(typed.stdout).toMatch(/no process pair was finished\.\s+Allow\s+more\s+time \(--time-budget\)/);
    expect(readDocument(out).campaigns?.map(({ pairs }) => pairs.length)).toEqual([0]);
  });

  it('takes several systems, in one model of the costs', async () => {
    const out = temporaryFolder();
    const args = ['lennard-jones', 'lennard-jones-plain', '--system', 'ar108', 'ar256', ...short];
    const typed = await mdbench(['compare', ...args, '--pairs', '1', '--quiet', '--out', out]);
    expect([typed.code, typed.stdout, typed.stderr]).toEqual([0, '', '']);
    const { cases, campaigns, comparison } = readDocument(out);
    expect(cases).toHaveLength(4);
    expect(campaigns?.map(({ id }) => id)).toEqual(['ar108', 'ar256']);
    expect(comparison?.comparisons.map(({ atoms }) => atoms)).toEqual([108, 256]);
  }, 120_000);

  it('compares a force field with itself along an axis', async () => {
    const out = temporaryFolder();
    const args = ['silicon-student', '--axis', 'threads=1,2', ...short, '--pairs', '1', '--quiet'];
    expect((await mdbench(['compare', ...args, '--out', out])).code).toBe(0);
    const { cases, campaigns, comparison } = readDocument(out);
    expect(cases.map(({ id, spec }) => [id, spec.forceField.threads])).toEqual([
      ['si64-silicon-student-threads-1-nve', 1],
      ['si64-silicon-student-threads-2-nve', 2],
    ]);
    const { baseline, candidate } = campaigns![0].arms;
    expect([baseline.workload?.threads, candidate.workload?.threads]).toEqual([1, 2]);
    expect(comparison?.axis).toBe('threads');
  }, 120_000);

  it('refuses unlike things, naming what differs and how to allow it', async () => {
    const out = join(temporaryFolder(), 'out');
    const typed = await mdbench(['compare', 'silicon-student', 'stillinger-weber', ...short, '--out', out]);
    expect([typed.code, existsSync(out)]).toEqual([4, false]);
    expect(typed.stderr).toMatch(/precision \(float32 in silicon-student, float64 in stillinger-weber\)/);
    expect(typed.stderr).toContain('--axis precision');
  });

  it.each([
    [['silicon-student'], /nothing to compare/],
    [['silicon-student', '--axis', 'threads=1'], /at least two values/],
    [['silicon-student', '--axis', 'skin=1,2'], /--axis skin/],
    [['silicon-teacher', 'silicon-student', '--axis', 'threads=1,2,4'], /2 expected, 3 received/],
    [['silicon-teacher', 'no-student'], /no-student/],
    [['silicon-teacher', 'silicon-student', '--frames', '0'], /--frames.*above 0/],
  ])('refuses %j, with exit code 2', async (args, says) => {
    const typed = await mdbench(['compare', ...args, '--out', temporaryFolder()]);
    expect(typed.stderr).toMatch(says);
    expect(typed.code).toBe(2);
  });

  it('records a student that explodes, and goes on with the other', async () => {
    const out = temporaryFolder();
    const args = ['lennard-jones', 'lennard-jones-switched', '--system', 'ar108', '--timestep', '150'];
    const typed = await mdbench(['compare', ...args, ...short, '--equilibrate', '0', '--out', out]);
    expect(typed.code).toBe(5);
    const document = readDocument(out);
    expect(document.cases.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  }, 120_000);

  it('writes what was measured when it is asked to end, and exits 143', async () => {
    const out = temporaryFolder();
    const args = ['lennard-jones', 'lennard-jones-plain', '--system', 'ar108', ...short, '--pairs', '24'];
    const typed = await mdbench(['compare', ...args, '--out', out], {
      onStderr(text, child) {
        if (/pair [2-9]\/24/.test(text) && !text.includes('stopping')) child.kill('SIGTERM');
      },
    });
    expect(typed.code).toBe(143);
    expect(typed.stderr).toMatch(/pair [2-9]\/24 .*\d× so far/);
    const { status, cases, campaigns } = readDocument(out);
    expect([status, campaigns?.[0].status]).toEqual(['aborted', 'aborted']);
    expect(cases.map((result) => result.status)).toEqual(['ok', 'ok']);
  }, 120_000);
});
