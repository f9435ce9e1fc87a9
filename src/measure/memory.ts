// Memory checkpoints: sizes in bytes after a forced collection, taken between steps, never inside a timed one.

import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Memory } from '../result/document.js';

/** Steps between two checkpoints at first; doubled whenever there are `most`, of which every second one then goes. */
const firstInterval = 200;
const most = 128;

export interface MemoryProbe {
  readonly checkpoints: Memory;
  /** Whether a checkpoint is wanted after this step: enough of them whenever a run ends, and never too many. */
  isDue(step: number): boolean;
  checkpoint(step: number): void;
}

export function createMemoryProbe(): MemoryProbe {
  const checkpoints: Memory = { step: [], rss: [], heapUsed: [], external: [], arrayBuffers: [], pss: [] };
  const collect = garbageCollector();
  let interval = firstInterval;

  function checkpoint(step: number): void {
    collect();
    const usage = process.memoryUsage();
    const pss = proportionalSetSize();
    checkpoints.step.push(step);
    checkpoints.rss.push(usage.rss);
    checkpoints.heapUsed.push(usage.heapUsed);
    checkpoints.external.push(usage.external);
    checkpoints.arrayBuffers.push(usage.arrayBuffers);
    if (pss !== null) checkpoints.pss.push(pss);
    if (checkpoints.step.length > most) thin();
  }

  function thin(): void {
    interval *= 2;
    for (const series of Object.values(checkpoints)) {
      const kept = series.filter((_, k) => k % 2 === 0);
      series.splice(0, series.length, ...kept);
    }
  }

  return { checkpoints, isDue: (step) => step % interval === 0, checkpoint };
}

/**
 * bytes: the largest resident set this process ever had. On Linux from VmHWM, because the maximum that getrusage tells
 * begins with that of the parent process.
 */
export function peakResidentSet(): number {
  return kilobytes('/proc/self/status', 'VmHWM') ?? process.resourceUsage().maxRSS * 1024;
}

/** A collection, now: a full one, or of the young generation alone. */
export function garbageCollector(): (extent?: { readonly type: 'minor' }) => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

/** Pss of the process, shared pages divided among their users; null where the system does not tell. */
function proportionalSetSize(): number | null {
  return kilobytes('/proc/self/smaps_rollup', 'Pss');
}

function kilobytes(file: string, name: string): number | null {
  try {
    const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(file, 'latin1'));
    return line ? Number(line[1]) * 1024 : null;
  } catch {
    return null;
  }
}
