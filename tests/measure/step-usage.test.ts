// Switches of this thread against the kernel's own account of it in /proc.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { addon } from '../../src/addon.js';
import { createStepUsage } from '../../src/measure/step-usage.js';

const linux = process.platform === 'linux';

function switchesOfThread(): number {
  const status = readFileSync('/proc/thread-self/status', 'utf8');
  const all = [...status.matchAll(/voluntary_ctxt_switches:\s*(\d+)/g)];
  return all.reduce((sum, [, count]) => sum + Number(count), 0);
}

const cell = new Int32Array(new SharedArrayBuffer(4));

describe.skipIf(!linux)('switches between two readings', () => {
  it('are those of the kernel: every wait is one', () => {
    const outer = switchesOfThread();
    const usage = createStepUsage();
    usage.read();
    const inner = switchesOfThread();
    for (let k = 0; k < 40; k++) Atomics.wait(cell, 0, 0, 1);
    const atLeast = switchesOfThread() - inner;
    const counted = usage.read();
    const atMost = switchesOfThread() - outer;
    expect(atLeast).toBeGreaterThanOrEqual(40);
    if (usage.scope === 'thread') {
      expect(counted).toBeGreaterThanOrEqual(atLeast);
      expect(counted).toBeLessThanOrEqual(atMost);
    } else expect(counted).toBeGreaterThanOrEqual(40);
  });

  it.skipIf(!addon)('leave out those of other threads (native part)', async () => {
    const usage = createStepUsage();
    const before = process.resourceUsage().voluntaryContextSwitches;
    const worker = new Worker(
      `const cell = new Int32Array(new SharedArrayBuffer(4));
       for (let k = 0; k < 600; k++) Atomics.wait(cell, 0, 0, 1);`,
      { eval: true },
    );
    usage.read();
    await new Promise((resolve) => worker.once('exit', resolve));
    const all = process.resourceUsage().voluntaryContextSwitches - before;
    expect(usage.scope).toBe('thread');
    expect(all).toBeGreaterThanOrEqual(600);
    expect(usage.read()).toBeLessThan(all - 500);
  });
});

it('without the addon they are those of the process', () => {
  const script = `
    const { createStepUsage } = await import('./dist/measure/step-usage.js');
    const usage = createStepUsage();
    usage.read();
    const cell = new Int32Array(new SharedArrayBuffer(4));
    for (let k = 0; k < 30; k++) Atomics.wait(cell, 0, 0, 1);
    console.log(JSON.stringify([usage.scope, usage.read()]));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, MDBENCH_BACKEND: 'reference' },
  });
  const [scope, switches] = JSON.parse(run.stdout);
  expect(scope).toBe('process');
  if (process.platform !== 'win32') expect(switches).toBeGreaterThanOrEqual(30);
});
