// Times that this thread was taken off its processor: what a latency spike may come from.

import { addon } from '../addon.js';

export interface StepUsage {
  /** Of whom the switches are: without the addon the system tells them of the whole process alone. */
  readonly scope: 'thread' | 'process';
  /**
   * Context switches since the last reading, about 1 µs. Involuntary ones (the system gave the processor to others) and
   * voluntary ones (the thread waited: for a lock, a page, the other threads of a pool) together.
   */
  read(): number;
}

export function createStepUsage(): StepUsage {
  const thread = threadSwitches();
  const total = thread ?? processSwitches;
  let last = total();
  return {
    scope: thread ? 'thread' : 'process',
    read() {
      const before = last;
      last = total();
      return last - before;
    },
  };
}

/** Null where the addon is not there, or its system does not tell. */
function threadSwitches(): (() => number) | null {
  if (typeof addon?.threadUsage !== 'function') return null;
  const { threadUsage } = addon;
  const values = new Float64Array(5);
  const total = () => {
    threadUsage(values);
    return values[0] + values[1];
  };
  return Number.isFinite(total()) ? total : null;
}

function processSwitches(): number {
  const { voluntaryContextSwitches, involuntaryContextSwitches } = process.resourceUsage();
  return voluntaryContextSwitches + involuntaryContextSwitches;
}
