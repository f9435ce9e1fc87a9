// CUDA in the program that computes an external force field: the hook is in the traced pass alone, what the program
// launches and marks belongs to the step that waited for it, and nothing stays behind. On stand-ins for libcuda and libcupti.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { documentSchema, type Profile } from '../../src/result/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';
import { noCompiler, stubFolder } from '../support/cuda-stubs.js';
import { hookLibrary } from '../support/hook-run.js';
import { hasModule, python } from '../support/peers.js';
import { checkTimeline } from '../support/timeline-check.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const missing = noCompiler ?? (existsSync(hookLibrary) ? null : 'the hook is not built');
const noPeer = missing ?? (hasModule('ase', 'nvtx') ? null : 'no Python with ASE and nvtx (MDBENCH_PYTHON)');
const skipped = (reason: string | null) => (reason === null ? '' : `: ${reason}`);

const onStubs = () => ({
  LD_LIBRARY_PATH: stubFolder(),
  MDBENCH_DRIVER_PROBE: '/proc/self/stat',
  MDBENCH_STUB_CUPTI: '12.4',
});
const noDriver = { MDBENCH_DRIVER_PROBE: '/nowhere' };
const nullClient = `ipi:${process.execPath} ${resolve('dist/forcefield/ipi/null-client.js')} unix:{name}`;

/** Its temporary files go into a folder of their own. */
async function profiled(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const [out, temporary] = [temporaryFolder(), temporaryFolder()];
  const typed = await mdbench(['profile', ...args, '--equilibrate', '3', '--out', out], {
    env: { TMPDIR: temporary, MDBENCH_PYTHON: python, ...environment },
  });
  const read = () => documentSchema.parse(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')));
  return { ...typed, out, left: () => readdirSync(temporary), profile: (): Profile => read().profiles![0]! };
}

/** Launches by a name, from Python. */
const launcher = `
import ctypes
import sys

cuda = ctypes.CDLL("libcuda.so.1")
cuda.cuLaunchKernel.argtypes = [ctypes.c_void_p] + 7 * [ctypes.c_uint] + 3 * [ctypes.c_void_p]
cuda.cuInit(0)
names = []


def launch(name):
    names.append(ctypes.create_string_buffer(name.encode()))
    cuda.cuLaunchKernel(ctypes.addressof(names[-1]), 1, 1, 1, 1, 1, 1, 0, None, None, None)
`;

/** A program that a calculator starts, and that outlives it. */
const helper = `${launcher}
import time

for line in sys.stdin:
    launch("helper_" + line.strip())
    print("done", flush=True)
time.sleep(1000)
`;

/**
 * An ASE calculator that launches two kernels a call and marks what it does, each by the number of the call; a program of
 * its own launches a third.
 */
const calculator = `${launcher}
import os
import subprocess

import nvtx
from ase.calculators.emt import EMT

beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "helper.py")
helper = subprocess.Popen([sys.executable, beside], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

with open(os.environ["SEEN"], "a") as seen:
    variables = ("CUDA_INJECTION64_PATH", "NVTX_INJECTION64_PATH", "MDBENCH_TRACE_FOLDER", "MDBENCH_TRACE_MODE")
    loaded = "libmdbench-hook" in open("/proc/self/maps").read()
    seen.write("%s %s\\n" % (loaded, " ".join(name for name in variables if name in os.environ)))


class Marked(EMT):
    calls = 0

    def calculate(self, *args, **kwargs):
        self.calls += 1
        with nvtx.annotate("forward"):
            nvtx.mark("call %d" % self.calls)
            launch("call_%d" % self.calls)
            launch("call_%d" % self.calls)
            print(self.calls, file=helper.stdin, flush=True)
            helper.stdout.readline()
            super().calculate(*args, **kwargs)


def calculator():
    return Marked()
`;

const copper = `4
Lattice="3.61 0 0 0 3.61 0 0 0 3.61" Properties=species:S:1:pos:R:3 pbc="T T T"
Cu 0 0 0
Cu 0 1.805 1.805
Cu 1.805 0 1.805
Cu 1.805 1.805 0
`;

describe.skipIf(noPeer !== null)(`kernels of an ASE calculator${skipped(noPeer)}`, async () => {
  // The body of a skipped suite runs all the same.
  if (noPeer !== null) return;
  const folder = temporaryFolder();
  const [file, structure, seen] = ['marked.py', 'cu.xyz', 'seen'].map((name) => join(folder, name));
  writeFileSync(file, calculator);
  writeFileSync(structure, copper);
  writeFileSync(join(folder, 'helper.py'), helper);
  const steps = 40;
  const sized = ['--structure', structure, '--repeat', '2,2,2', '--steps', `${steps}`];
  const run = await profiled([`ase:${file}`, ...sized, '--cuda', 'full'], { ...onStubs(), SEEN: seen });
  /** One call before the first step, and one for each step of the equilibration. */
  const before = 1 + 3;

  it('are told by step, all that were launched in one', () => {
    expect([run.code, run.stderr.includes('mdbench:')]).toEqual([0, false]);
    const cuda = run.profile().cuda!;
    expect(cuda.state).toMatchObject({ available: true, stage: 'ready' });
    const byName = cuda.processes.toSorted(
      (a, b) => Number(/helper/.test(a.name)) - Number(/helper/.test(b.name)),
    );
    expect(byName).toMatchObject([
      {
        name: expect.stringContaining('mdbench_ase.py'),
        attribution: 'force-call',
        attributed: 2 * steps,
        unattributed: 2 * before,
        complete: true,
        hijacked: false,
      },
      {
        name: expect.stringContaining('helper.py'),
        attribution: 'force-call',
        attributed: steps,
        unattributed: before,
        complete: false,
        hijacked: false,
      },
    ]);
    expect(cuda.steps).toBe(steps);
    expect(cuda.kernels.length).toBe(2 * (steps + before));
    expect(cuda.kernels.reduce((sum, { perStep }) => sum + perStep, 0)).toBeCloseTo(3, 12);
    expect(cuda.overhead).toMatchObject({ mode: 'full', of: 'step' });
    expect(run.profile().failure).toBeNull();
  });

  it('are all there of a program that had to be ended, and it is said so', () => {
    expect(run.profile().cuda!.warnings.map(({ code }) => code)).toEqual(['trace-incomplete']);
  });

  it('belong to the step for which they were launched, as the program itself counts', () => {
    const { complaints, slices } = checkTimeline(readFileSync(join(run.out, 'trace.json'), 'utf8'));
    expect(complaints).toEqual([]);
    const kernels = slices(/^GPU 0, process/, /./).map(({ name, args }) => [name, args?.step]);
    const truth = (name: string) =>
      Array.from({ length: steps }, (_, k) => [`${name}${k + 1 + before}`, k + 1]);
    const launched = [...truth('call_'), ...truth('call_'), ...truth('helper_')];
    expect(kernels.toSorted()).toEqual(launched.toSorted());
    const host = slices(/^process \d+$/, /^thread/);
    const marks = host
      .filter(({ name }) => name.startsWith('call '))
      .map(({ name, args }) => [name, args?.step]);
    expect(marks).toEqual(truth('call '));
  });

  it('have its ranges beside them as phases of a step', () => {
    const forward = run.profile().cuda!.phases.find(({ name }) => name === 'forward')!;
    expect(forward.kernels).toBe(2);
    expect(forward.host).toBeGreaterThan(0);
  });

  it('come from one pass: no other has the hook', () => {
    const started = readFileSync(seen, 'utf8').trim().split('\n');
    const hooked = started.filter((line) => line !== 'False ');
    expect(hooked).toEqual([
      'True CUDA_INJECTION64_PATH NVTX_INJECTION64_PATH MDBENCH_TRACE_FOLDER MDBENCH_TRACE_MODE',
    ]);
    expect(started.length).toBeGreaterThan(3);
  });

  it('leave nothing behind', () => {
    expect(run.left()).toEqual([]);
  });

  it('are on the terminal and in the reports', () => {
    for (const text of [run.stdout, readFileSync(join(run.out, 'report.md'), 'utf8')])
      expect(text.replace(/\s+/g, ' ')).toContain(
        `${2 * steps} of ${2 * (steps + before)} activities belong to a step by the force call during which`,
      );
  });
});

describe.skipIf(missing !== null)(`a program that uses no device${skipped(missing)}`, () => {
  const small = [nullClient, '--system', 'ar108', '--steps', '10'];

  it('is no failure where nobody asked for kernels: a note', async () => {
    const run = await profiled(small, onStubs());
    expect(run.code).toBe(0);
    const { cuda, failure } = run.profile();
    expect([failure, cuda?.kernels]).toEqual([null, []]);
    expect(cuda?.warnings.map(({ code }) => code)).toEqual(['client-unhooked']);
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('· Nothing loaded the CUDA hook in the client');
    expect(run.left()).toEqual([]);
  });

  it('is one where somebody did', async () => {
    const run = await profiled([...small, '--cuda', 'kernels'], onStubs());
    expect(run.code).toBe(5);
    expect(run.profile().failure).toMatchObject({ cause: 'no-kernels', stage: 'profile' });
    expect(run.profile().failure?.hint).toContain('program itself');
  });

  it('is not even looked into where there is no driver, and nothing is said', async () => {
    const run = await profiled(small, noDriver);
    expect(run.code).toBe(0);
    expect(run.profile().cuda).toBeNull();
    expect(run.stdout).not.toMatch(/CUDA|hook/);
  });
});
