import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookStages } from '../../src/result/cuda-profile.js';
import { noCompiler, type Stubs, soname, stubFolder } from '../support/cuda-stubs.js';
import { type Environment, runInjected, runInProcess } from '../support/hook-run.js';

const fail = (list: string): Environment => ({ MDBENCH_STUB_FAIL: list });

/** Stage, code, words of the message, and what is wrong. */
const causes: [(typeof hookStages)[number], number, string, Environment, Stubs?][] = [
  ['ready', 0, 'libcupti.so.12', {}],
  ['cupti-library', 0, 'MDBENCH_CUPTI', { MDBENCH_CUPTI: '/nowhere/libcupti.so.12' }],
  ['cupti-library', 0, 'CUDA 10', { MDBENCH_STUB_DRIVER: '10020' }],
  ['cupti-symbols', 0, 'cuptiActivityFlushAll', {}, { missing: ['cuptiActivityFlushAll'] }],
  ['cupti-symbols', 0, 'cuptiSubscribe', {}, { missing: ['cuptiSubscribe'] }],
  ['cupti-symbols', 999, 'cuptiGetVersion: stub CUPTI error 999', fail('cuptiGetVersion=999')],
  ['driver-library', 0, 'no NVIDIA driver', { MDBENCH_DRIVER_PROBE: '/nowhere' }],
  ['driver-library', 0, 'cuInit', {}, { missing: ['cuInit'] }],
  ['no-device', 100, 'stub CUDA error 100', fail('cuInit=100')],
  ['no-device', 0, '0 devices', { MDBENCH_STUB_DEVICES: '0' }],
  ['driver-init', 999, 'stub CUDA error 999', fail('cuInit=999')],
  ['driver-too-old', 803, 'stub CUDA error 803', fail('cuInit=803')],
  ['cupti-busy', 39, 'cuptiSubscribe: stub CUPTI error 39', fail('cuptiSubscribe=39')],
  ['cupti-busy', 12, 'cuptiSubscribe: stub CUPTI error 12', fail('cuptiSubscribe=12')],
  ['cupti-busy', 39, 'cuptiSubscribe', fail('cuptiSubscribe=39'), { cupti: '13.0' }],
  ['cupti-subscribe', 999, 'cuptiSubscribe: stub CUPTI error 999', fail('cuptiSubscribe=999')],
  ['cupti-subscribe', 15, 'cuptiSubscribe: stub CUPTI error 15', fail('cuptiSubscribe=15')],
  ['cupti-privileges', 35, 'cuptiSubscribe', fail('cuptiSubscribe=35')],
  ['cupti-privileges', 35, 'cuptiActivityEnable', fail('cuptiActivityEnable:10=35')],
  ['cupti-register', 15, 'cuptiActivityRegisterCallbacks', fail('cuptiActivityRegisterCallbacks=15')],
  ['cupti-enable', 21, 'cuptiActivityEnable', fail('cuptiActivityEnable:10=21')],
  ['cupti-enable', 21, 'cuptiActivityEnable', fail('cuptiActivityEnable:39=21')],
  ['cupti-enable', 999, 'cuptiActivityEnable', fail('cuptiActivityEnable=999')],
];

describe.skipIf(noCompiler !== null)(`the stages of the hook${noCompiler ? `: ${noCompiler}` : ''}`, () => {
  it('have one number each on both sides of the trace', () => {
    const header = readFileSync('native/cuda/hook-stage.h', 'utf8');
    const numbers = [...header.matchAll(/HOOK_([A-Z_]+) = (\d+)/g)].map(([, name = '', number]) => [
      name.toLowerCase().replaceAll('_', '-'),
      Number(number),
    ]);
    expect(numbers).toEqual(hookStages.map((stage, number) => [stage, number]));
  });

  it.each(causes)('%s, code %i, says "%s"', (stage, code, words, environment, stubs) => {
    const run = runInProcess('start:TRACE/a.trace steps:1:3:0', environment, stubs);
    const number = hookStages.indexOf(stage);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain(`stage ${number} code ${code} `);
    const trace = run.traces[0]!;
    expect(trace.states).toEqual([{ stage: number, code, text: expect.stringContaining(words), mode: 0 }]);
    expect(trace.processes).toHaveLength(1);
    expect(trace.clocks.length).toBeGreaterThan(0);
    expect(trace.end).not.toBeNull();
  });

  it('no-hook, where the trace cannot be written', () => {
    const run = runInProcess('start:TRACE/nowhere/a.trace steps:1:3:0 flush:1 stop');
    expect(run.stdout).toContain(`stage ${hookStages.indexOf('no-hook')} code 2 `);
    expect(run.status).toBe(0);
  });

  it('driver-too-old, where the libcupti that is asked for is of a newer CUDA', () => {
    const asked = { MDBENCH_CUPTI: join(stubFolder({ cupti: '13.0' }), soname('13.0')) };
    const older = { MDBENCH_STUB_CUPTI: '13.0', MDBENCH_STUB_DRIVER: '12040' };
    const run = runInProcess('start:TRACE/a.trace', { ...asked, ...older });
    expect(run.traces[0]!.states[0]!.stage).toBe(hookStages.indexOf('driver-too-old'));
    expect(run.traces[0]!.states[0]!.text).toMatch(/CUDA 13.*12\.4/);
  });

  it('cupti-busy, for a second trace of one process', () => {
    const run = runInProcess('start:TRACE/a.trace start:TRACE/b.trace init:1 steps:1:1:2 sync stop');
    expect(run.stdout.match(/stage \d+/g)).toEqual(['stage 0', `stage ${hookStages.indexOf('cupti-busy')}`]);
    expect(run.traces.map(({ file, kernels }) => [file, kernels.length])).toEqual([['a.trace', 2]]);
  });

  it('a kind that an old CUPTI does not know is done without', () => {
    const run = runInProcess(
      'init:1 start:TRACE/a.trace steps:1:1:2 sync stop',
      fail('cuptiActivityEnable:22=21'),
    );
    expect(run.traces[0]!.states[0]!.stage).toBe(0);
    expect(run.traces[0]!.kernels).toHaveLength(2);
  });

  it('are told by an injected hook too, and the program runs on', () => {
    const run = runInjected('init:1 steps:1:2:2 sync', fail('cuptiSubscribe=39'));
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces[0]!.states).toMatchObject([{ stage: hookStages.indexOf('cupti-busy'), code: 39 }]);
    expect(run.traces[0]!.kernels).toEqual([]);
  });
});

describe.skipIf(noCompiler !== null)('which libcupti is taken', () => {
  const twelve = { cupti: '12.4' };
  const both = () => [stubFolder(twelve), stubFolder({ cupti: '13.0' })].join(':');
  const libraryOf = (environment: Environment) => {
    const run = runInProcess('start:TRACE/a.trace stop', { LD_LIBRARY_PATH: both(), ...environment }, twelve);
    expect(run.traces[0]!.states[0]).toMatchObject({ stage: 0 });
    return run.traces[0]!.processes[0]!.library;
  };

  it('the newest that the driver can serve', () => {
    expect(libraryOf({ MDBENCH_STUB_DRIVER: '13000' })).toMatch(/libcupti\.so\.13$/);
    expect(libraryOf({ MDBENCH_STUB_DRIVER: '12080' })).toMatch(/libcupti\.so\.12$/);
  });

  it('the one that is asked for', () => {
    const asked = join(stubFolder(twelve), soname('12.4'));
    expect(libraryOf({ MDBENCH_STUB_DRIVER: '13000', MDBENCH_CUPTI: asked })).toBe(asked);
  });

  it('never a second one beside one that is in the process', () => {
    const mapped = join(stubFolder(twelve), soname('12.4'));
    const other = join(stubFolder({ cupti: '13.0' }), soname('13.0'));
    expect(libraryOf({ LD_PRELOAD: mapped, MDBENCH_CUPTI: other })).toBe(mapped);
  });
});
