// The proof on a GPU, as far as it goes without one: its comparisons, its own reader, and how it declines.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiled, noCompiler } from '../support/cuda-stubs.js';
import { hookLibrary, inProcessClient, noNvtx, spawnAmong } from '../support/hook-run.js';

const python = process.env.MDBENCH_PYTHON ?? 'python3';
const noPython = spawnSync(python, ['--version']).status === 0 ? null : 'no Python';
const proof = resolve('native/gpu-proof');

function run(args: readonly string[]) {
  return spawnSync(python, args, { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
}

/** What the reader in Python makes of the one trace of a client. */
function read(file: string) {
  const script = `
import json, sys
sys.path.insert(0, ${JSON.stringify(proof)})
from hook_trace import attribute, read_trace
trace = read_trace(${JSON.stringify(file)})
attribute(trace)
kernels = [[k.name, k.step, k.grid[0]] for k in trace.kernels]
print(json.dumps({"state": trace.state, "whole": trace.whole, "clock": trace.within_clock(), "kernels": kernels,
  "copies": sorted([kind, size] for kind, size, *_ in trace.copies), "cupti": trace.cupti_version}))`;
  const { stdout, stderr } = run(['-c', script]);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as {
    state: string;
    whole: boolean;
    clock: boolean;
    cupti: number;
    kernels: [string, number | null, number][];
    copies: [number, number][];
  };
}

describe.skipIf(noPython !== null)(`gpu-proof${noPython ? `: ${noPython}` : ''}`, () => {
  it('tells right from wrong in its comparisons', () => {
    expect(run([proof, '--self-check'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('proves nothing where there is no GPU, and says so with exit code 2', () => {
    const { status, stderr } = run([proof, '--out', '/nowhere/at-all.json']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/nothing is proved here: PyTorch (is not installed|sees no NVIDIA GPU)/);
  });
});

const missing = noPython ?? noCompiler;
describe.skipIf(missing !== null)(`the reader of gpu-proof${missing ? `: ${missing}` : ''}`, () => {
  it('gives every kernel its step by external identifiers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdbench-proof-'));
    const file = join(folder, 'a.trace');
    spawnAmong(inProcessClient(), ['init:1', `start:${file}`, 'steps:2:30:4', 'copies', 'sync', 'stop'], {});
    const trace = read(file);
    rmSync(folder, { recursive: true });
    expect([trace.state, trace.whole, trace.clock, trace.cupti]).toEqual(['ready', true, true, 22]);
    expect(trace.kernels.length).toBe(240);
    expect(trace.kernels.filter(([, step, grid]) => step !== grid - 1)).toEqual([]);
    expect(new Set(trace.kernels.map(([name]) => name))).toEqual(
      new Set(['axpy(float, float*, float*)', 'void model::kernel<float>(float*, int)']),
    );
    expect(trace.copies.map(([, size]) => size).sort((a, b) => a - b)).toEqual([1001, 2002, 3003, 4004, 5e9]);
  });

  it.skipIf(noNvtx !== null)('gives every kernel its step by NVTX ranges on the launching thread', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdbench-proof-'));
    const client = compiled('client', ['client.c'], nvtx());
    const injected = { CUDA_INJECTION64_PATH: hookLibrary, NVTX_INJECTION64_PATH: hookLibrary };
    const run = spawnAmong(client, ['init:1', 'steps:3:20:5', 'sync'], {
      ...injected,
      MDBENCH_TRACE_FOLDER: folder,
    });
    const trace = read(join(folder, `${run.pid}-0.trace`));
    rmSync(folder, { recursive: true });
    expect(trace.kernels.length).toBe(300);
    expect(trace.kernels.filter(([, step, grid]) => step !== grid - 1)).toEqual([]);
  });
});

function nvtx(): string[] {
  return [
    '-DWITH_NVTX',
    `-I${resolve(process.env.MDBENCH_CUPTI_WHEELS ?? '.venv/cupti', 'nvtx/nvidia/nvtx/include')}`,
  ];
}
