// Memory checkpoints: after a collection, of this process alone, and never too many.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMemoryProbe, peakResidentSet } from '../../src/measure/memory.js';

describe('a checkpoint', () => {
  it('comes after a collection: what nobody holds is not counted', () => {
    const probe = createMemoryProbe();
    probe.checkpoint(0);
    let garbage: unknown = Array.from({ length: 400_000 }, (_, k) => ({ k }));
    const full = process.memoryUsage().heapUsed;
    garbage = null;
    probe.checkpoint(1);
    const [before, after] = probe.checkpoints.heapUsed;
    expect(garbage).toBeNull();
    expect(full - before).toBeGreaterThan(8e6);
    expect(after - before).toBeLessThan(2e6);
  });

  it('is due often enough for a short run, and thinned in a long one', () => {
    const probe = createMemoryProbe();
    const due = [];
    for (let step = 1; step <= 1000; step++) if (probe.isDue(step)) due.push(step);
    expect(due).toEqual([200, 400, 600, 800, 1000]);
    for (let step = 0; step <= 200_000; step += 1) if (probe.isDue(step)) probe.checkpoint(step);
    const { step, rss, heapUsed } = probe.checkpoints;
    expect(step.length).toBeLessThanOrEqual(129);
    expect(step.length).toBeGreaterThan(60);
    expect([rss.length, heapUsed.length]).toEqual([step.length, step.length]);
    expect(new Set(step.slice(1).map((value, k) => value - step[k])).size).toBeLessThanOrEqual(2);
    expect(step.at(-1)).toBeGreaterThan(190_000);
  });
});

describe('the peak', () => {
  it('is that of this process', () => {
    expect(peakResidentSet()).toBeGreaterThanOrEqual(process.memoryUsage().rss * 0.9);
  });

  it.skipIf(process.platform !== 'linux')('is not that of its parent', () => {
    const child = `const { peakResidentSet } = await import('${process.cwd()}/dist/measure/memory.js');
      console.log(peakResidentSet());`;
    const parent = `const held = new Float64Array(5e7).fill(1);
      const { execFileSync } = await import('node:child_process');
      process.stdout.write(execFileSync(process.execPath, ['--input-type=module', '-e', process.argv[1]]));
      if (held.length === 0) throw new Error();`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', parent, child], {
      encoding: 'utf8',
    });
    expect(readFileSync('/proc/self/status', 'utf8')).toContain('VmHWM');
    expect(Number(stdout)).toBeGreaterThan(2e7);
    expect(Number(stdout)).toBeLessThan(2e8);
  });
});
