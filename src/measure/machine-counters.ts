// What the system counts about itself: stolen processor time, thermal throttling. Null where it cannot be read.

import { namesIn, textOf } from './system-files.js';

export interface MachineWatch {
  /** Since the watch began: the share of processor time that the host took away, and throttling events. */
  read(): { readonly steal: number | null; readonly throttled: number | null };
}

export function watchMachine(): MachineWatch {
  const processorBefore = processorTime();
  const throttledBefore = throttleEvents();
  return {
    read() {
      const processor = processorTime();
      const throttled = throttleEvents();
      return {
        steal: processor && processorBefore ? stealShare(processorBefore, processor) : null,
        throttled: throttled === null || throttledBefore === null ? null : throttled - throttledBefore,
      };
    },
  };
}

interface ProcessorTime {
  readonly total: number;
  readonly stolen: number;
}

function stealShare(before: ProcessorTime, after: ProcessorTime): number | null {
  const total = after.total - before.total;
  return total > 0 ? (after.stolen - before.stolen) / total : null;
}

/** First line of /proc/stat: user nice system idle iowait irq softirq steal … in ticks; guests are part of user. */
function processorTime(): ProcessorTime | null {
  const line = /^cpu +(.*)$/m.exec(textOf('/proc/stat') ?? '')?.[1];
  const ticks = line?.split(' ').slice(0, 8).map(Number);
  if (!ticks || ticks.length < 8 || !ticks.every(Number.isFinite)) return null;
  return { total: ticks.reduce((sum, tick) => sum + tick, 0), stolen: ticks[7] };
}

function throttleEvents(): number | null {
  const folder = '/sys/devices/system/cpu';
  let events: number | null = null;
  for (const name of namesIn(folder)) {
    if (!/^cpu\d+$/.test(name)) continue;
    for (const counter of ['core_throttle_count', 'package_throttle_count']) {
      const text = textOf(`${folder}/${name}/thermal_throttle/${counter}`);
      if (text !== null) events = (events ?? 0) + Number(text);
    }
  }
  return events;
}
