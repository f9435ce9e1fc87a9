// The hook inside of Node: a process without CUDA, whose stand-in of CUPTI launches three kernels and a copy a step.

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addon } from '../../src/addon.js';
import { hookStages } from '../../src/result/cuda-profile.js';
import { noCompiler, type Stubs } from '../support/cuda-stubs.js';
import { type Environment, isWhole, runTraced } from '../support/hook-run.js';
import { stepsOfKernels } from '../support/hook-trace.js';

const skipped = noCompiler === null ? '' : `: ${noCompiler}`;
const launching = { MDBENCH_STUB_LAUNCHES: '3', MDBENCH_STUB_KERNEL_NS: '100000' };

/** Runs `script`, in which `addon` is the addon and `steps` are steps that await something. */
function runNode(script: string, environment: Environment = launching, stubs: Stubs = {}) {
  const prelude = `
    const addon = require(${JSON.stringify(resolve('native/build/mdbench.node'))});
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    const say = (value) => console.log(JSON.stringify(value));
    const steps = async (from, to) => {
      for (let step = from; step < to; step++) {
        addon.hookPushStep(step);
        await new Promise((done) => setImmediate(done));
        addon.hookPopStep();
      }
    };
    (async () => {${script}})();`;
  const run = runTraced([process.execPath, '-e', prelude], environment, stubs);
  expect([run.status, run.stderr]).toEqual([0, '']);
  return {
    traces: run.traces,
    said: run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

describe.skipIf(noCompiler !== null)(`the hook in Node${skipped}`, () => {
  it.each(['11.8', '12.4', '13.0'])('attributes what each step launched (CUDA %s)', (cupti) => {
    const { traces, said } = runNode(
      `say(addon.hookStart('TRACE/a.trace', 0));
      await steps(0, 50);
      addon.hookFlush(false);
      await steps(50, 100);
      await pause(100);
      addon.hookStop();`,
      launching,
      { cupti },
    );
    expect(said[0].slice(0, 2)).toEqual([0, 0]);
    const trace = traces[0]!;
    expect(isWhole(trace)).toBe(true);
    expect(trace.kernels).toHaveLength(300);
    expect(stepsOfKernels(trace)).toEqual(trace.kernels.map(({ grid }) => grid[0]! - 1));
    const steps = new Map(trace.externals.map(({ correlation, external }) => [correlation, external]));
    expect(trace.copies.map(({ correlation, bytes }) => bytes - steps.get(correlation)!)).toEqual(
      new Array(100).fill(4096n),
    );
  });

  it('looks without starting', () => {
    const { traces, said } = runNode('say(addon.hookProbe()); say(addon.hookProbe());');
    expect(said.map(([stage, code]) => [stage, code])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(traces).toEqual([]);
  });

  it('says why it cannot', () => {
    const { said } = runNode("say(addon.hookProbe()); say(addon.hookStart('TRACE/a.trace', 1));", {
      MDBENCH_STUB_FAIL: 'cuInit=100',
    });
    const reason = [hookStages.indexOf('no-device'), 100, expect.stringContaining('stub CUDA error 100')];
    expect(said).toEqual([reason, reason]);
  });

  it('does nothing where nothing was started', () => {
    const { traces } = runNode(
      'await steps(0, 3); addon.hookFlush(true); addon.hookStop(); addon.hookStop();',
    );
    expect(traces).toEqual([]);
  });

  it('writes its end when Node exits without stopping it', () => {
    const { traces } = runNode("addon.hookStart('TRACE/a.trace', 0); await steps(0, 10); process.exit(0);");
    expect(traces[0]!.end).not.toBeNull();
    expect(traces[0]!.kernels.length + Number(traces[0]!.end!.dropped)).toBeGreaterThanOrEqual(30);
  });

  it('can trace twice, one after the other', () => {
    const { traces } = runNode(
      `for (const k of [1, 2]) {
        addon.hookStart('TRACE/' + k + '.trace', 0);
        await steps(0, 10 * k);
        await pause(50);
        addon.hookStop();
      }`,
    );
    expect(traces.map(({ kernels }) => kernels.length)).toEqual([30, 60]);
    expect(traces.map(isWhole)).toEqual([true, true]);
  });
});

describe.skipIf(addon === null)('names', () => {
  it.each([
    ['_ZN5model6kernelIfEEvPT_i', 'void model::kernel<float>(float*, int)'],
    ['_Z4axpyfPfS_', 'axpy(float, float*, float*)'],
    ['_ZN2at6native13reduce_kernelILi512ELi1EEEvv', 'void at::native::reduce_kernel<512, 1>()'],
    ['volta_sgemm_128x64_nn', 'volta_sgemm_128x64_nn'],
    ['_Zbroken', '_Zbroken'],
    ['', ''],
  ])('%s is %s', (mangled, name) => {
    expect(addon!.demangle(mangled)).toBe(name);
  });
});
