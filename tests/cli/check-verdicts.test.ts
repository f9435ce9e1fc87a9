// mdbench check as a person types it: what passes, what fails, what stays undecided, and the exit code of each.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/result/index.js';
import { mdbench, program, type Typed, temporaryFolder } from '../support/cli.js';

const worker = `"${process.execPath}" "${program}" worker stillinger-weber --system si8`;
const small = ['--pairs', '4'];
const itself = ['--baseline', 'stillinger-weber', '--candidate', 'stillinger-weber', '--system', 'si8'];
const short = ['--steps', '300', '--equilibrate', '20'];

interface Checked extends Typed {
  readonly out: string;
}

/** A machine that is used by others may leave a check of four pairs undecided, never wrong: measured again then. */
async function decided(args: readonly string[]): Promise<Checked> {
  for (let attempt = 1; ; attempt++) {
    const typed = await checked(args);
    if (attempt === 3 || checkOf(typed.out).verdict !== 'inconclusive') return typed;
  }
}

async function checked(args: readonly string[], env: Record<string, string> = {}): Promise<Checked> {
  const out = temporaryFolder();
  return { ...(await mdbench(['check', ...args, '--out', out], { env })), out };
}

const checkOf = (out: string) => readDocument(out).check!;

function isDisturbed(out: string): boolean {
  const codes = readDocument(out).check?.gates.map(({ reason }) => reason.code) ?? [];
  return codes.some((code) => /contaminated|unsteady/.test(code));
}

describe('mdbench check', () => {
  it('never fails what is the same, prints its plan first, and writes for CI', async () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: at('summary.md'),
      GITHUB_OUTPUT: at('output'),
    };
    const exports = ['github-action-benchmark', 'bencher', 'junit'].flatMap((kind) => [
      '--export',
      `${kind}=${at(kind)}`,
    ]);
    const typed = await checked([...itself, ...small, '--max-regression', '30%', ...exports], env);
    expect(typed.code).toBe(0);
    const check = checkOf(typed.out);
    expect(check.gates).toHaveLength(1);
    expect(check.verdict).toBe(isDisturbed(typed.out) ? 'inconclusive' : 'pass');
    expect(check.gates[0].estimate?.value).toBeLessThan(0.3);
    expect(typed.stderr).toMatch(/4 process pairs/);
    expect(typed.stderr).toContain('candidate/si8/step-time-p50');
    expect(typed.stdout).toContain(check.verdict === 'pass' ? 'PASSED' : 'INCONCLUSIVE');
    expect(existsSync(join(typed.out, 'report.html'))).toBe(true);
    expect(existsSync(join(typed.out, 'report.md'))).toBe(true);
    expect(readFileSync(at('output'), 'utf8')).toContain(`verdict=${check.verdict}`);
    expect(readFileSync(at('summary.md'), 'utf8')).toContain('step-time-p50');
    expect(JSON.parse(readFileSync(at('github-action-benchmark'), 'utf8')).length).toBeGreaterThan(0);
    expect(Object.keys(JSON.parse(readFileSync(at('bencher'), 'utf8'))).length).toBeGreaterThan(0);
    expect(readFileSync(at('junit'), 'utf8')).toMatch(/<testsuite[\s\S]*<testcase/);
  }, 180_000);

  it('fails a planted slowdown of two commands, with exit code 1', async () => {
    const arms = ['--baseline-command', worker, '--candidate-command', `${worker} --handicap 90%`];
    const typed = await decided([...arms, ...small]);
    const [gate] = checkOf(typed.out).gates;
    expect(gate.estimate?.value).toBeGreaterThan(0.3);
    expect([typed.code, gate.state]).toEqual([1, 'failed']);
    expect(gate.metric).toBe('candidate/commands/step-time-p50');
  }, 180_000);

  it('judges physics by a case of the candidate alone, and times nothing in pairs for it', async () => {
    const gates = join(temporaryFolder(), 'gates.yaml');
    writeFileSync(
      gates,
      '"candidate/temperature-mean": ["error", {max: 1}]\n"*/rss-slope": ["warn", {max: 1e9}]\n',
    );
    const typed = await checked([...itself, ...short, '--gates', gates]);
    expect(typed.code).toBe(1);
    const document = readDocument(typed.out);
    expect(document.cases.map(({ id }) => id)).toEqual(['si8-stillinger-weber-nve-2']);
    expect(document.campaigns?.map(({ pairs }) => pairs.length)).toEqual([0]);
    expect(document.examinations).toEqual([]);
    expect(document.check?.gates.map(({ metric }) => metric)).toEqual([
      'candidate/si8/temperature-mean',
      'candidate/si8/rss-slope',
    ]);
    expect(document.check?.gates[0].state).toBe('failed');
  });

  it('judges accuracy on frames of both', async () => {
    const gates = join(temporaryFolder(), 'gates.json');
    writeFileSync(gates, JSON.stringify({ 'student/force-rmse': ['error', { max: 0.01 }] }));
    const typed = await checked([...itself, ...short, '--gates', gates]);
    expect(typed.code).toBe(0);
    const document = readDocument(typed.out);
    expect(document.examinations).toHaveLength(1);
    expect([document.cases, document.check?.gates[0].state]).toEqual([[], 'passed']);
  });

  it('exits 3 when two pairs decide nothing and that is to fail', async () => {
    const out = temporaryFolder();
    const strict = ['--pairs', '2', '--max-regression', '0.1%', '--on-inconclusive', 'fail'];
    const typed = await mdbench(['check', ...itself, ...strict, '--out', out]);
    expect([typed.code, checkOf(out).verdict]).toEqual([3, 'inconclusive']);
  });

  it('prints plan and gates with --dry-run, and writes nothing', async () => {
    const out = join(temporaryFolder(), 'never');
    const typed = await mdbench(['check', ...itself, '--dry-run', '--out', out]);
    expect([typed.code, existsSync(out)]).toEqual([0, false]);
    expect(typed.stdout).toMatch(/process pairs[\s\S]*Smallest slowdown[\s\S]*candidate\/si8\/step-time-p50/);
  });
});
