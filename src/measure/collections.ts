// Garbage collections of this thread as they happen, on the clock of all times (ms).

import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import type { Collection } from '../profile/index.js';

const kinds: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

export interface CollectionWatch {
  /** All since the watch began, in order; it ends. */
  finish(): Promise<readonly Collection[]>;
}

export function watchCollections(): CollectionWatch {
  const seen: Collection[] = [];
  const keep = (entries: readonly PerformanceEntry[]) => {
    for (const entry of entries) {
      const { startTime, duration } = entry;
      const { kind = 0 } = (entry as { detail?: { kind?: number } }).detail ?? {};
      seen.push({ begin: startTime, duration, kind: kinds[kind] ?? 'other' });
    }
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return {
    async finish() {
      // The last collections are told in a turn of the event loop of their own.
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      keep(observer.takeRecords());
      observer.disconnect();
      return seen.sort((a, b) => a.begin - b.begin);
    },
  };
}
