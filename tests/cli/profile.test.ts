// mdbench profile as a person types it, on a machine without a GPU.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSchema, type ResultDocument } from '../../src/result/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';
import { checkTimeline } from '../support/timeline-check.js';

const short = ['--steps', '300', '--equilibrate', '20'];

function documentOf(folder: string): ResultDocument {
  return documentSchema.parse(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')));
}

describe('mdbench profile of an ONNX force field', async () => {
  const out = temporaryFolder();
  const typed = await mdbench(['profile', 'silicon-student', '--system', 'si64', ...short, '--out', out]);
  const document = documentOf(out);
  const [profile] = document.profiles!;

  it('succeeds, with phases, operators, spikes and counters in the document', () => {
    expect([typed.code, profile!.failure]).toEqual([0, null]);
    expect(profile!.caseId).toBe(document.cases[0]!.id);
    expect(profile!.counters!.steps).toBe(300);
    expect(profile!.spikes!.median).toBeGreaterThan(0);
    expect(profile!.operators!.types.length).toBeGreaterThan(5);
    expect(profile!.cuda).toBeNull();
  });

  it('has a table that sums to 100 % of the plain step, or says why there is none', () => {
    const { rows, warnings, plainStep } = profile!.phases!;
    if (rows.length === 0) expect(warnings.map(({ code }) => code)).toContain('parts-exceed-whole');
    else {
      expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100, 8);
      expect(rows.reduce((sum, { time }) => sum + time, 0)).toBeCloseTo(plainStep, 10);
      const share = Object.fromEntries(rows.map((row) => [row.phase, row.share]));
      expect(share.forces).toBeGreaterThan(50);
      for (const phase of ['neighbors', 'feeds', 'outputs', 'integrate', 'observe'])
        expect(share[phase], phase).toBeGreaterThan(0);
    }
  });

  it('was the same trajectory as the timing pass, whose numbers are the headline', () => {
    expect(profile!.warnings.map(({ code }) => code)).not.toContain('trajectory-differs');
    expect(document.cases[0]!.metrics['step-time-p50']!.n).toBeLessThanOrEqual(300);
    expect(typed.stdout).toMatch(/To quote, from the timing pass: median\s+step/);
  });

  it('writes a timeline with its steps and its operators', () => {
    const file = join(out, 'trace.json');
    expect(profile!.trace).toEqual({ file, steps: 300, of: 300 });
    const { complaints, slices, other } = checkTimeline(readFileSync(file, 'utf8'));
    expect(complaints).toEqual([]);
    expect(other).toMatchObject({ steps: 300 });
    expect(slices(/si64-silicon-student/, 'steps').filter(({ name }) => name === 'step').length).toBe(300);
    expect(slices(/ONNX Runtime/, /thread/).map(({ name }) => name)).toContain('MatMul');
  });

  it('keeps to 80 columns and names its files', () => {
    const lines = typed.stdout.split('\n').filter((line) => !line.startsWith('/'));
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    for (const file of ['result.json', 'report.html', 'report.md', 'trace.json'])
      expect(typed.stdout).toContain(join(out, file));
  });
});

describe('mdbench profile', () => {
  it('of an analytic force field has no operators, and says so', async () => {
    const out = temporaryFolder();
    const trace = join(out, 'my.json');
    const typed = await mdbench(['profile', 'stillinger-weber', ...short, '--out', out, '--trace', trace]);
    const [profile] = documentOf(out).profiles!;
    expect([typed.code, profile!.operators]).toEqual([0, null]);
    expect(profile!.warnings).toContainEqual({ code: 'no-operators', values: { kind: 'stillinger-weber' } });
    expect(profile!.trace!.file).toBe(trace);
    expect(existsSync(join(out, 'trace.json'))).toBe(false);
  });

  it('writes a timeline for each of several systems', async () => {
    const out = temporaryFolder();
    const few = ['--steps', '30', '--equilibrate', '0'];
    const systems = ['--system', 'si8', 'si64'];
    const typed = await mdbench(['profile', 'stillinger-weber', ...systems, ...few, '--out', out]);
    expect(typed.code).toBe(0);
    const { profiles } = documentOf(out);
    expect(profiles!.map(({ trace }) => trace!.file)).toEqual(
      ['si8', 'si64'].map((system) => join(out, `trace-${system}-stillinger-weber-nve.json`)),
    );
  });

  it('keeps what it has when it is interrupted', async () => {
    const out = temporaryFolder();
    let isAsked = false;
    const typed = await mdbench(['profile', 'lennard-jones', '--steps', '20000', '--out', out], {
      onStderr: (text, child) => {
        // A second time would end it at once.
        if (!isAsked && text.includes(': ok')) isAsked = child.kill('SIGINT');
      },
    });
    expect(typed.code).toBe(130);
    const document = documentOf(out);
    expect([document.status, document.cases[0]!.status]).toEqual(['aborted', 'ok']);
    expect(document.profiles!.map(({ failure }) => failure)).toEqual([null]);
  });

  it.each([
    [['--cuda', 'kernels'], 2, /CUDA kernels cannot be traced here\. .+(driver|native part)/is],
    [['--cuda', 'some'], 2, /--cuda.*auto, off, kernels, full/s],
    [['--command', ' '], 2, /--command takes a program/],
    [['silicon-student', '--command', 'true'], 2, /--command traces a program of yours/],
    [['--once'], 2, /--once goes with --command/],
    [['--command', 'true', '--cuda', 'off'], 2, /--cuda off/],
    [['--top', '0'], 2, /--top takes a whole number above 0/],
    [['--trace', '/nowhere/trace.json'], 2, /--trace \/nowhere\/trace\.json cannot be written/],
    [['nowhere.onnx'], 2, /nowhere\.onnx/],
  ])(
    'refuses %j with exit code %i and a sentence, before anything is written',
    async (args, code, message) => {
      const out = join(temporaryFolder(), 'out');
      const typed = await mdbench(['profile', ...args, '--out', out]);
      expect(typed.code).toBe(code);
      expect(typed.stderr).toMatch(message);
      expect(existsSync(out)).toBe(false);
    },
  );

  it('says that another tool is in the way of --command, and leaves its variable alone', async () => {
    const typed = await mdbench(['profile', '--command', 'true'], {
      env: { CUDA_INJECTION64_PATH: '/opt/nsight/libinjection.so' },
    });
    expect(typed.code).toBe(2);
    expect(typed.stderr).toContain('CUDA_INJECTION64_PATH');
  });
});

const python = process.env.MDBENCH_PYTHON ?? '.venv/bin/python';
const noNvtx = spawnSync(python, ['-c', 'import nvtx']).status === 0 ? null : 'no nvtx for Python';
const unhooked = existsSync('native/build/libmdbench-hook.so') ? noNvtx : 'the hook is not built';

describe.skipIf(unhooked !== null)(
  `mdbench profile of a Python program${unhooked ? `: ${unhooked}` : ''}`,
  () => {
    it('has its NVTX steps and phases, also on a machine without CUDA', async () => {
      const out = temporaryFolder();
      const script = join(out, 'md.py');
      writeFileSync(
        script,
        `import nvtx, time
for k in range(20):
    with nvtx.annotate(f"step {k}"):
        with nvtx.annotate("neighbors"): time.sleep(0.001)
        with nvtx.annotate("forces"): time.sleep(0.004)
`,
      );
      const typed = await mdbench(['profile', '--command', `${resolve(python)} ${script}`, '--out', out]);
      expect(typed.code).toBe(0);
      const { cuda, trace } = documentOf(out).profiles![0]!;
      expect([cuda!.steps, cuda!.kernels, trace!.steps]).toEqual([20, [], 20]);
      expect(cuda!.processes).toMatchObject([{ attribution: 'nvtx', complete: true }]);
      const phases = Object.fromEntries(cuda!.phases.map(({ name, host }) => [name, host]));
      expect(phases.forces).toBeGreaterThan(4);
      expect(phases.neighbors).toBeGreaterThan(1);
      expect(phases.neighbors).toBeLessThan(phases.forces!);
      const { complaints, slices } = checkTimeline(readFileSync(join(out, 'trace.json'), 'utf8'));
      expect(complaints).toEqual([]);
      expect(slices(/^process/, /^thread/).filter(({ name }) => name === 'forces').length).toBe(20);
    });
  },
);
