// The whole way of CUDA kernels into a report, as a person types it, on stand-ins for libcuda, libcupti and NVML.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSchema, type Profile } from '../../src/result/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';
import { compiled, noCompiler, stubFolder } from '../support/cuda-stubs.js';
import { hookLibrary } from '../support/hook-run.js';
import { checkTimeline } from '../support/timeline-check.js';

const missing = noCompiler ?? (existsSync(hookLibrary) ? null : 'the hook is not built');
const skipped = missing === null ? '' : `: ${missing}`;

async function profiled(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const out = temporaryFolder();
  const typed = await mdbench(['profile', ...args, '--out', out], {
    env: {
      LD_LIBRARY_PATH: stubFolder(),
      MDBENCH_DRIVER_PROBE: '/proc/self/stat',
      MDBENCH_STUB_CUPTI: '12.4',
      ...environment,
    },
  });
  const read = () => documentSchema.parse(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')));
  return { ...typed, out, profile: (): Profile => read().profiles![0]! };
}

describe.skipIf(missing !== null)(`kernels of a force field${skipped}`, async () => {
  // The body of a skipped suite runs all the same.
  if (missing !== null) return;
  const run = await profiled(
    ['silicon-student', '--system', 'si8', '--steps', '60', '--equilibrate', '0', '--cuda', 'full'],
    { MDBENCH_STUB_LAUNCHES: '3', MDBENCH_STUB_KERNEL_NS: '10000' },
  );

  it('are told by step, all of them', () => {
    expect([run.code, run.stderr.includes('mdbench:')]).toEqual([0, false]);
    const cuda = run.profile().cuda!;
    expect(cuda.state).toMatchObject({ available: true, stage: 'ready' });
    expect(cuda.kernels).toMatchObject([{ name: 'model::kernel(int)', instances: 180, perStep: 3 }]);
    expect(cuda.kernels[0]!.durations.median).toBeCloseTo(0.01, 6);
    expect(cuda.copies).toMatchObject([{ direction: 'host-to-device', instances: 60, perStep: 1 }]);
    expect(cuda.copies[0]!.bytes).toBe(60 * 4096 + (60 * 61) / 2);
    expect(cuda.processes).toMatchObject([
      {
        attribution: 'external-correlation',
        attributed: 240,
        unattributed: 0,
        complete: true,
        hijacked: false,
      },
    ]);
    expect(cuda.steps).toBe(60);
    expect(cuda.overhead).toMatchObject({ mode: 'full', of: 'step' });
  });

  it('have the devices of NVML beside them', () => {
    const { devices, deviceReason } = run.profile().cuda!;
    expect(deviceReason).toBeNull();
    expect(devices.length).toBeGreaterThan(0);
    expect(devices[0]!.samples).toBeGreaterThan(1);
  });

  it('stand on the timeline of their steps', () => {
    const { complaints, slices, events } = checkTimeline(readFileSync(join(run.out, 'trace.json'), 'utf8'));
    expect(complaints).toEqual([]);
    expect(slices(/^GPU 0/, /stream 7/).length).toBe(240);
    expect(events.filter(({ ph }) => ph === 's').length).toBe(240);
  });

  it('are on the terminal and in the reports', () => {
    for (const text of [run.stdout, readFileSync(join(run.out, 'report.md'), 'utf8')])
      expect(text).toContain('model::kernel(int)');
    expect(readFileSync(join(run.out, 'report.html'), 'utf8')).toContain('model::kernel(int)');
  });
});

describe.skipIf(missing !== null)(`kernels that were asked for${skipped}`, () => {
  const asked = [
    'silicon-student',
    '--system',
    'si8',
    '--steps',
    '20',
    '--equilibrate',
    '0',
    '--cuda',
    'kernels',
  ];

  it('and never launched are a failure, never a silent run on the processor', async () => {
    const run = await profiled(asked);
    expect(run.code).toBe(5);
    expect(run.profile().failure).toMatchObject({ cause: 'no-kernels', stage: 'profile' });
    expect(run.profile().phases).not.toBeNull();
  });

  it('but cannot be traced because another profiler holds CUPTI are one too', async () => {
    const run = await profiled(asked, { MDBENCH_STUB_FAIL: 'cuptiSubscribe=39' });
    expect(run.code).toBe(5);
    expect(run.profile().cuda!.state.stage).toBe('cupti-busy');
    expect(run.profile().failure).toMatchObject({ cause: 'cuda-unavailable' });
  });

  it('where there is no device are refused before anything is measured', async () => {
    const run = await profiled(asked, { MDBENCH_STUB_FAIL: 'cuInit=100' });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/CUDA kernels cannot be traced here/);
  });

  it('and were taken over by another tool are not reported as good', async () => {
    const run = await profiled(asked, { MDBENCH_STUB_LAUNCHES: '3', MDBENCH_STUB_HIJACK: 'callbacks:20' });
    const cuda = run.profile().cuda!;
    expect(cuda.processes).toMatchObject([{ hijacked: true }]);
    expect([cuda.kernels, cuda.copies, cuda.api]).toEqual([[], [], []]);
    expect(cuda.warnings.map(({ code }) => code)).toContain('trace-callbacks-taken');
  });
});

describe.skipIf(missing !== null)(`kernels of any program${skipped}`, () => {
  it('are listed with no change to it, as averages of the run where it marks no steps', async () => {
    const client = compiled('client-unmarked', ['client.c']);
    const run = await profiled(['--command', `${client} init:1 steps:1:5:4 sync`]);
    expect(run.code).toBe(0);
    const profile = run.profile();
    expect(profile.command).toEqual([`${client} init:1 steps:1:5:4 sync`]);
    const names = profile.cuda!.kernels.map(({ name, instances }) => [name, instances]);
    expect(names).toEqual(
      expect.arrayContaining([
        ['axpy(float, float*, float*)', 10],
        [expect.stringContaining('model::kernel<float>'), 10],
      ]),
    );
    expect(['average', 'none']).toContain(profile.cuda!.processes[0]!.attribution);
    expect(profile.cuda!.overhead).toMatchObject({ of: 'command', mode: 'kernels' });
  });

  it('that fails are told with its exit code, and nothing is traced twice', async () => {
    const run = await profiled(['--command', 'echo "no such layer" >&2; exit 3']);
    expect(run.code).toBe(5);
    expect(run.profile().failure?.message).toContain('no such layer');
  });

  it('that knows nothing of CUDA are none, and it is said why', async () => {
    const run = await profiled(['--command', 'true', '--once']);
    expect(run.code).toBe(0);
    expect(run.profile().warnings.map(({ code }) => code)).toEqual(['hook-not-loaded']);
    expect(run.profile().cuda!.overhead).toBeNull();
    expect(run.stdout).toContain('Nothing loaded the hook');
  });
});
