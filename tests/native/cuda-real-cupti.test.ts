// NVIDIA's own libcupti of several versions, without a driver: it has to decline, in Node and in another program.

import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookStages } from '../../src/result/cuda-profile.js';
import { noCompiler, wheels, wheelVersions } from '../support/cuda-stubs.js';
import { runInjected, runTraced } from '../support/hook-run.js';

const reason = noCompiler ?? (wheelVersions.length === 0 ? "NVIDIA's libcupti is not installed" : null);
const refusals = ['cupti-symbols', 'cupti-subscribe', 'cupti-register', 'cupti-enable'] as const;

function libraryOf(version: string): string {
  const folders = ['cuda_cupti', 'cu13'].map((part) => join(wheels!, version, 'nvidia', part, 'lib'));
  const files = folders.flatMap((folder) => {
    try {
      return readdirSync(folder).map((file) => join(folder, file));
    } catch {
      return [];
    }
  });
  return files.find((file) => file.includes('libcupti.so'))!;
}

/** hookProbe and hookStart of the addon in a Node of its own. */
function startInNode(environment: Record<string, string>) {
  const script = `
    const addon = require(${JSON.stringify(resolve('native/build/mdbench.node'))});
    console.log(JSON.stringify([addon.hookProbe(), addon.hookStart('TRACE/a.trace', 0)]));
    for (let step = 0; step < 10; step++) { addon.hookPushStep(step); addon.hookPopStep(); }
    addon.hookFlush(true);
    addon.hookStop();`;
  const run = runTraced([process.execPath, '-e', script], environment);
  expect([run.status, run.stderr]).toEqual([0, '']);
  const [probed, started] = JSON.parse(run.stdout) as [number, number, string][];
  return { probed: probed!, started: started!, trace: run.traces[0]! };
}

describe.skipIf(reason !== null)(`NVIDIA's libcupti without a driver${reason ? `: ${reason}` : ''}`, () => {
  const inFrontOfStub = (version: string) => ({
    MDBENCH_CUPTI: libraryOf(version),
    MDBENCH_STUB_DRIVER: '13050',
  });

  it.each(wheelVersions)('of CUDA %s is never reached where no driver is loaded', (version) => {
    const environment = { ...inFrontOfStub(version), MDBENCH_DRIVER_PROBE: '/nowhere' };
    const { probed, started } = startInNode(environment);
    expect([probed[0], started[0]]).toEqual(new Array(2).fill(hookStages.indexOf('driver-library')));
    const run = runInjected('init:1 steps:1:5:2 sync', environment);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces[0]!.states.at(-1)!.stage).toBe(hookStages.indexOf('driver-library'));
  });

  it.each(wheelVersions)('of CUDA %s says so in its own words behind a driver that is none', (version) => {
    const { started, trace } = startInNode(inFrontOfStub(version));
    expect(refusals).toContain(hookStages[started[0]]);
    expect([15, 999]).toContain(started[1]);
    expect(started[2]).toMatch(/CUPTI_ERROR_(NOT_INITIALIZED|UNKNOWN)|cuptiGetVersion: no text/);
    expect(trace.states).toMatchObject([{ stage: started[0], code: started[1], text: started[2] }]);
    expect([trace.kernels, trace.end === null]).toEqual([[], false]);
  });

  it.each(wheelVersions)('of CUDA %s leaves another program alone', (version) => {
    const run = runInjected('init:1 steps:2:5:2 copies sync', inFrontOfStub(version));
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(refusals).toContain(hookStages[run.traces[0]!.states.at(-1)!.stage]);
    expect([run.traces[0]!.kernels, run.traces[0]!.end === null]).toEqual([[], false]);
  });
});
