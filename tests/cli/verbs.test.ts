// The other verbs: systems, inspect, report, doctor.

import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listSystems } from '../../src/system/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';

const student = 'benchmarks/models/silicon-student.onnx';

describe('mdbench systems', () => {
  it('lists every system with its exact number of atoms, within 80 columns', async () => {
    const { code, stdout } = await mdbench(['systems']);
    expect(code).toBe(0);
    for (const { name, atoms } of listSystems())
      expect(stdout).toMatch(new RegExp(`^${name} +${atoms} `, 'm'));
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  it('lists them as JSON', async () => {
    const { stdout } = await mdbench(['systems', '--json']);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(listSystems())));
  });
});

describe('mdbench inspect', () => {
  it('shows how each tensor was bound and from where, operators, precision and cutoff', async () => {
    const { code, stdout } = await mdbench(['inspect', student]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/positions +float32\[n, 3\] +positions +signature/);
    expect(stdout).toMatch(/MatMul \d+/);
    expect(stdout).toMatch(/precision +float32/);
    expect(stdout).toMatch(/cutoff +[\d.]+ Å \(from metadata\)/);
    expect(stdout).toMatch(/assumed +nothing/);
  });

  it('exits 2 with the reason when the file is no force field', async () => {
    const { code, stdout, stderr } = await mdbench(['inspect', 'package.json']);
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(/package\.json.*not.*ONNX/is);
  });
});

describe('mdbench doctor', () => {
  it('says what can be measured, and what not and why', async () => {
    const { code, stdout } = await mdbench(['doctor']);
    expect(code).toBe(0);
    for (const what of [
      'Clock',
      'Neighbor lists',
      'ONNX Runtime',
      'CUDA',
      'Memory',
      'Load',
      'CPU frequency',
      'Counters',
      'Threads',
      'Energy',
      'Kernel tracing',
      'Hook library',
      'NVML',
    ]) {
      expect(stdout).toMatch(new RegExp(`^[✓!–] ${what} `, 'm'));
    }
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  it('gives the same as data, each finding with its state', async () => {
    const { code, stdout } = await mdbench(['doctor', '--json']);
    expect(code).toBe(0);
    const { findings } = JSON.parse(stdout) as { findings: { id: string; state: string }[] };
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['cuda', 'counters', 'threads', 'energy', 'cuda-hook', 'hook-library', 'nvml']),
    );
    for (const { state } of findings) expect(['ok', 'limited', 'unavailable']).toContain(state);
  });

  it('says what the native part would have told, and that a library of another tool is in the way', async () => {
    const { code, stdout } = await mdbench(['doctor'], {
      env: { MDBENCH_BACKEND: 'reference', CUDA_INJECTION64_PATH: '/opt/nsight/injection.so' },
    });
    const text = stdout.replace(/\n +/g, ' ');
    expect(code).toBe(0);
    expect(text).toMatch(/^– Counters .*the native part is not used \(MDBENCH_BACKEND=reference\)/m);
    expect(text).toMatch(/^– Kernel tracing .*MDBENCH_BACKEND/m);
    expect(text).toMatch(/^– NVML .*the native part is not used/m);
    expect(text).toMatch(/^(! Hook library .*CUDA_INJECTION64_PATH is set|– Hook library .*not built)/m);
  });

  it('looks no further than the kernel where no driver is, and survives one that is none', async () => {
    const states = async (probe: string) => {
      const { code, stdout } = await mdbench(['doctor', '--json'], { env: { MDBENCH_DRIVER_PROBE: probe } });
      const { findings } = JSON.parse(stdout) as {
        findings: { id: string; state: string; values: object }[];
      };
      const of = (id: string) => findings.find((finding) => finding.id === id)!;
      return { code, driver: of('cuda').values, hook: of('cuda-hook').state, nvml: of('nvml').state };
    };
    const none = { code: 0, hook: 'unavailable', nvml: 'unavailable' };
    expect(await states('/nowhere/driver')).toMatchObject({ ...none, driver: { driver: false } });
    expect(await states('package.json')).toMatchObject({ code: 0, driver: { driver: true } });
  });
});

describe('mdbench report', () => {
  const out = temporaryFolder();
  const elsewhere = temporaryFolder();

  beforeAll(async () => {
    await mdbench([
      'run',
      'stillinger-weber',
      '--system',
      'si8',
      '--steps',
      '40',
      '--equilibrate',
      '0',
      '--out',
      out,
    ]);
    copyFileSync(join(out, 'result.json'), join(elsewhere, 'moved.json'));
  });

  it('renders a document again, in another folder, to the same page', async () => {
    const page = join(elsewhere, 'page.html');
    const { code, stdout } = await mdbench(['report', 'moved.json', '--out', 'page.html'], {
      cwd: elsewhere,
    });
    expect([code, stdout.trim()]).toEqual([0, 'page.html']);
    expect(readFileSync(page).equals(readFileSync(join(out, 'report.html')))).toBe(true);
  });

  it('takes folders, several documents, and writes Markdown where the name says so', async () => {
    const { code } = await mdbench(['report', out, 'moved.json', '--out', 'both.md'], { cwd: elsewhere });
    expect(code).toBe(0);
    expect(
      readFileSync(join(elsewhere, 'both.md'), 'utf8').match(/si8-stillinger-weber-nve/g)?.length,
    ).toBeGreaterThan(1);
  });
});

describe('mdbench itself', () => {
  it('answers help and version with exit code 0', async () => {
    const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
    expect(await mdbench(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
    const help = await mdbench(['run', '--help']);
    expect(help.code).toBe(0);
    for (const option of [
      '--system',
      '--structure',
      '--repeat',
      '--steps',
      '--timestep',
      '--temperature',
      '--seed',
      '--seeds',
    ]) {
      expect(help.stdout).toContain(option);
    }
  });
});
