// The words for what a machine can be profiled with: every stage, every reason, every counter has some.

import { describe, expect, it } from 'vitest';
import { throttleReasons } from '../../src/measure/device-samples.js';
import { counterNames, watchCounters } from '../../src/measure/processor-counters.js';
import { unavailableCodes } from '../../src/measure/unavailable.js';
import {
  counterIds,
  describeCounter,
  describeEnergy,
  instructionsPerCycle,
  threadName,
} from '../../src/report/words/counters.js';
import { describeThrottling, throttleReason, throttlingCodes } from '../../src/report/words/devices.js';
import { describeHookState } from '../../src/report/words/hook-stages.js';
import { describeFinding } from '../../src/report/words/machine.js';
import { describeReason, describeUnavailable, reasonCodes } from '../../src/report/words/unavailable.js';
import { type Counter, hookStages } from '../../src/result/index.js';

const sentence = /^[A-Z].*\.$/;

describe('the stages of the hook', () => {
  const words = hookStages.map((stage) => describeHookState({ stage, code: null, message: '' }));

  it.each(hookStages)('%s has a meaning and, unless all is well, something to do', (stage) => {
    const { text, advice } = describeHookState({ stage, code: 35, message: 'CUPTI_ERROR_X.' });
    expect(text).toMatch(sentence);
    if (stage === 'ready') expect(advice).toBeNull();
    else {
      expect(text).toMatch(/ \(code 35, CUPTI_ERROR_X\)\.$/);
      expect(advice).toMatch(sentence);
    }
  });

  it('are told apart', () => {
    expect(new Set(words.map(({ text }) => text)).size).toBe(hookStages.length);
  });

  it.each([
    ['cupti-privileges', 'NVreg_RestrictProfilingToAdminUsers=0'],
    ['cupti-busy', 'compute-sanitizer'],
    ['injection-in-use', 'CUDA_INJECTION64_PATH'],
    ['no-device', 'CUDA_VISIBLE_DEVICES'],
    ['cupti-library', 'MDBENCH_CUPTI'],
    ['driver-library', '--gpus all'],
  ] as const)('%s names %s', (stage, name) => {
    expect(describeHookState({ stage, code: null, message: '' }).advice).toContain(name);
  });
});

describe('reasons', () => {
  it('are those that are raised', () => {
    expect([...reasonCodes].sort()).toEqual([...unavailableCodes].sort());
  });

  it.each(unavailableCodes)('%s is a clause with something to do', (code) => {
    const { why, advice } = describeReason(`${code}:EXY`);
    expect(why).toMatch(/^[a-zA-Z].*[^.]$/);
    expect(why).not.toContain(code);
    expect(advice).toMatch(/[a-z].*\.$/);
    expect(describeUnavailable(code)).toMatch(/^unavailable: .*[^.]$/);
  });

  it('keep all of their detail, and are shown as they are without words', () => {
    expect(describeReason('no-nvml:a.so: not found').why).toContain('(a.so: not found)');
    expect(describeReason('constructor')).toEqual({ why: 'constructor', advice: null });
    expect(describeUnavailable(null)).toBe('unavailable');
  });
});

describe('counters', () => {
  const counter = (change: Partial<Counter>): Counter => ({
    id: 'cycles',
    unit: 'count',
    total: 1_200_000,
    running: 1,
    reason: null,
    ...change,
  });

  it('each have a name of their own', () => {
    const { counters } = watchCounters().finish(1, 1);
    expect(counters.map(({ id }) => id).sort()).toEqual([...counterIds].sort());
    expect(counterNames.every((id) => counterIds.includes(id))).toBe(true);
    expect(new Set(counters.map((one) => describeCounter(one, 1).name)).size).toBe(counterIds.length);
  });

  it('are told in all and a step', () => {
    expect(describeCounter(counter({}), 400)).toEqual({
      name: 'Cycles',
      total: '1\u202f200\u202f000',
      perStep: '3000',
      note: null,
      advice: null,
    });
    expect(describeCounter(counter({ id: 'task-clock', unit: 'ms', total: 42 }), 0)).toMatchObject({
      total: '42.00 ms',
      perStep: '',
    });
  });

  it('say what they leave out', () => {
    const { note, advice } = describeCounter(counter({ running: 0.25, reason: 'user-space' }), 1);
    expect(note).toMatch(/kernel’s part is left out.*; counted 25 % of the time and extrapolated$/);
    expect(advice).toContain('perf_event_paranoid');
  });

  it('that are not there say why and what to do', () => {
    const words = describeCounter(counter({ total: null, running: null, reason: 'not-permitted:EACCES' }), 1);
    expect(words.total).toBe('unavailable: the system does not permit it (EACCES)');
    expect(words.advice).toContain('sysctl kernel.perf_event_paranoid');
    expect(words.perStep).toBe('');
  });

  it('of another version are shown by their ids', () => {
    expect(describeCounter(counter({ id: 'toString', total: 3 }), 1).name).toBe('toString');
    expect(threadName('cuda-EvtHandlr')).toBe('cuda-EvtHandlr');
  });

  it('give instructions a cycle where both are', () => {
    const both = [counter({}), counter({ id: 'instructions', total: 3_000_000 })];
    expect(instructionsPerCycle(both)).toBe('2.5 instructions a cycle');
    expect(instructionsPerCycle(both.slice(1))).toBeNull();
    expect(instructionsPerCycle([counter({ total: null }), both[1]])).toBeNull();
  });
});

describe('energy', () => {
  const counted = (energy: Parameters<typeof describeEnergy>[0]['energy']) => ({
    ...watchCounters().finish(200, 1),
    energy,
  });

  it('is of everything on the processor', () => {
    const text = describeEnergy(counted({ domains: [{ name: 'package-0', joules: 12.5 }], reason: null }));
    expect(text).toBe(
      'Energy of the processor, of everything that ran on it: package-0 12.5 J (62.5 mJ a step).',
    );
  });

  it('that is not there says why', () => {
    expect(describeEnergy(counted({ domains: [], reason: 'no-rapl' }))).toMatch(/unavailable: .*RAPL.*\.$/);
  });
});

describe('throttling', () => {
  it('has words for every reason that is raised', () => {
    const raised = throttleReasons(0x1ff);
    expect([...throttlingCodes].sort()).toEqual([...raised].sort());
    expect(throttleReason('reason-0x200')).toBe('reason-0x200');
  });

  it('is one sentence, or none', () => {
    const device = { name: 'GPU', samples: 40, throttled: 3, throttleReasons: ['power-cap'] };
    const whole = { ...device, uuid: '', processMemory: null, smClock: null, memoryClock: null };
    const full = { ...whole, temperature: null, power: null, energy: null };
    expect(describeThrottling(full)).toMatch(
      /^GPU was held back in 3 of 40 samples: its power limit\. .*\.$/,
    );
    expect(describeThrottling({ ...full, throttled: 0 })).toBeNull();
  });
});

describe('findings of the doctor', () => {
  const text = (id: string, state: 'ok' | 'limited' | 'unavailable', values: object) =>
    describeFinding({ id, state, values: values as Record<string, string> }).text;

  it('say which counters there are, and why others are not', () => {
    const counters = {
      counted: '',
      missing: 'cycles',
      reason: null,
      userSpace: false,
      paranoid: 4,
      virtual: false,
    };
    expect(text('counters', 'ok', { ...counters, counted: 'cycles, branch-misses', missing: '' })).toBe(
      'The processor counts cycles, branch misses.',
    );
    expect(text('counters', 'unavailable', { ...counters, reason: 'not-permitted:EACCES' })).toMatch(
      /^Processor time, .* are counted\. Unavailable: cycles: the system does not permit it \(EACCES\)\. kernel\.perf_event_paranoid is 4\. As root, /,
    );
    expect(
      text('counters', 'unavailable', { ...counters, reason: 'no-counter:ENOENT', virtual: true }),
    ).toMatch(/This is a virtual machine\. Most virtual machines have none/);
    expect(
      text('counters', 'limited', {
        ...counters,
        counted: 'cycles',
        missing: '',
        userSpace: true,
        paranoid: 2,
      }),
    ).toMatch(/in user space alone\. kernel\.perf_event_paranoid is 2\. .*=1 permits it\.$/);
  });

  it.each(hookStages)('explain the stage %s as the report does', (stage) => {
    const state = { stage, code: 3, message: 'said' };
    const { text: meaning, advice } = describeHookState(state);
    expect(text('cuda-hook', 'unavailable', { available: false, ...state })).toBe(
      [meaning, advice].filter(Boolean).join(' '),
    );
  });

  it('promise no trace that was not begun', () => {
    const found = { available: true, stage: 'ready', code: null, message: '' };
    expect(text('cuda-hook', 'ok', found)).toMatch(/were found\. Whether .* shows when a trace begins\.$/);
  });

  it('tell a library that is built from one that another tool keeps out', () => {
    expect(text('hook-library', 'ok', { built: true, taken: '' })).toMatch(/is built\.$/);
    expect(text('hook-library', 'limited', { built: true, taken: 'CUDA_INJECTION64_PATH' })).toMatch(
      /CUDA_INJECTION64_PATH is set: .*Unset it\.$/,
    );
    expect(text('hook-library', 'unavailable', { built: false, taken: '' })).toMatch(
      /not built\. .*npm run build/,
    );
  });

  it('tell threads, energy and NVML in each state', () => {
    expect(text('threads', 'limited', { living: 11, exact: false, scope: 'process' })).toMatch(
      /10 ms\. Switches in a step are those of the whole process/,
    );
    expect(text('threads', 'unavailable', { living: 0, exact: false, scope: 'process' })).toMatch(
      /only Linux/,
    );
    expect(text('energy', 'ok', { domains: 'package-0, package-0 dram', reason: null })).toMatch(/dram\.$/);
    expect(text('energy', 'unavailable', { domains: '', reason: 'energy-not-permitted:EACCES' })).toMatch(
      /by root alone \(EACCES\)\. Run as root/,
    );
    expect(text('nvml', 'ok', { devices: 'NVIDIA H100', reason: null })).toMatch(/sampled: NVIDIA H100\.$/);
    expect(text('nvml', 'unavailable', { devices: '', reason: 'no-driver' })).toMatch(
      /^Unavailable: no NVIDIA/,
    );
  });
});
