// Memory checkpoints: sizes in bytes after a forced collection, taken between steps, never inside a timed one.

import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Memory } from '../result/document.js';

export interface MemoryProbe {
  readonly checkpoints: Memory;
  checkpoint(step: number): void;
}

export function createMemoryProbe(): MemoryProbe {
  const checkpoints: Memory = { step: [], rss: [], heapUsed: [], external: [], arrayBuffers: [], pss: [] };
  const collect = garbageCollector();

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
  }

  return { checkpoints, checkpoint };
}

/** bytes: the largest resident set this process ever had. */
export function peakResidentSet(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Pss of the process, shared pages divided among their users; null where the system does not tell. */
function proportionalSetSize(): number | null {
  try {
    const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/smaps_rollup', 'latin1'));
    return line ? Number(line[1]) * 1024 : null;
  } catch {
    return null;
  }
}
