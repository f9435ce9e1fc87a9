// mdbench doctor tests the check on this machine, and measures where its noise comes from.

import { describe, expect, it } from 'vitest';
import { rivalRules } from '../../src/stats/index.js';
import { mdbench } from '../support/cli.js';

const words = { pass: 'PASSED', fail: 'FAILED', inconclusive: 'INCONCLUSIVE', error: 'ERROR' } as const;

describe('mdbench doctor --self-test', () => {
  it('prints both verdicts and what every rule says, and exits 0 only when both are right', async () => {
    const args = ['--self-test', 'stillinger-weber', '--system', 'si8', '--rules', '--time-budget', '60s'];
    const { code, stdout } = await mdbench(['doctor', ...args, '--quiet']);
    const [same, slower] = stdout.split('Against itself with 5 % more work');
    const verdictIn = (text: string) =>
      Object.values(words).find((word) => new RegExp(`^${word}:`, 'm').test(text));
    const verdicts = [verdictIn(same), verdictIn(slower)];
    expect(verdicts[0]).not.toBe(words.fail);
    expect(verdicts[1]).not.toBe(words.pass);
    expect(code).toBe(verdicts[0] === words.pass && verdicts[1] === words.fail ? 0 : 5);
    for (const { id } of rivalRules) expect(stdout).toMatch(new RegExp(`^  ${id} +(same|slower|–)`, 'm'));
    expect(stdout).toMatch(/^ {2}mdbench +\w+ +\w+/m);
  }, 120_000);
});

describe('mdbench doctor --noise', () => {
  it('tells processes, sessions and blocks apart, and what that means for a plan', async () => {
    const args = ['--noise', 'stillinger-weber', '--system', 'si8', '--time-budget', '20s', '--quiet'];
    const { code, stdout } = await mdbench(['doctor', ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/process +session +block/);
    expect(stdout).toMatch(/stillinger-weber on si8 +\S+ (ms|µs) +\d+/);
    expect(stdout).toMatch(/finds a\s+slowdown\s+of[\s\S]*%\s+with\s+8|too few/);
  }, 120_000);
});
