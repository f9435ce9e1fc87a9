// The project's own workflow calls what is there: its files exist, and its gate steps run as they stand, on small budgets.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/cli.js';

interface Step {
  readonly name?: string;
  readonly run?: string;
}

const workflow = parse(readFileSync('.github/workflows/check.yml', 'utf8')) as {
  readonly jobs: Record<string, { readonly steps: readonly Step[] }>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const gates = steps.filter(({ run }) => run?.includes('mdbench check'));

/** Runs a step as the runner does (`bash -e`); this build is the last release too, and what it writes lands elsewhere. */
function runStep(script: string, replaced: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const all = {
    ...replaced,
    'reports/planted': join(folder, 'planted'),
    'gate.xml': join(folder, 'gate.xml'),
  };
  const elsewhere = script.includes('--out') ? script : script.replace('check', `check --out ${folder}`);
  const short = Object.entries(all).reduce((text, [from, to]) => text.replace(from, to), elsewhere);
  const summary = join(folder, 'summary.md');
  const env = { ...process.env, RELEASE: '.', GITHUB_STEP_SUMMARY: summary };
  return { ...spawnSync('bash', ['-e', '-c', short], { env, encoding: 'utf8' }), summary, folder };
}

describe('the workflow', () => {
  it('calls files that exist', () => {
    const text = steps.map(({ run }) => run ?? '').join('\n');
    expect(text.match(/\.ci\/run/g)?.filter((file) => !existsSync(file))).toEqual([]);
    expect(gates).toHaveLength(2);
  });

  it('passes a build that is as fast as the last release', { timeout: 120_000 }, () => {
    const ran = runStep(gates[0].run!, { '120s': '45s', '3%': '60%' });
    expect(ran.stderr).not.toContain('rror:');
    expect(ran.status).toBe(0);
    expect(readFileSync(ran.summary, 'utf8')).toContain('step-time-p50');
    expect(existsSync(join(ran.folder, 'gate.xml'))).toBe(true);
  });

  it('finds the planted slowdown', { timeout: 120_000 }, () => {
    const ran = runStep(gates[1].run!, { '15%': '80%' });
    expect([ran.status, ran.stderr.includes('rror:')]).toEqual([0, false]);
  });
});
