// Times that this thread was taken off its processor, by itself or by the system: what a latency spike may come from.

import { addon } from '../addon.js';

export interface StepUsage {
  /** Context switches since the last reading, voluntary and involuntary. */
  read(): number;
}

/** Of this thread alone with the native part, of the whole process without. */
export function createStepUsage(): StepUsage {
  const total = addon ? threadSwitches(addon.threadUsage) : processSwitches;
  let last = total();
  return {
    read() {
      const now = total();
      const since = now - last;
      last = now;
      return since;
    },
  };
}

function threadSwitches(usage: (values: Float64Array) => void): () => number {
  const values = new Float64Array(5);
  usage(values);
  if (Number.isNaN(values[0])) return processSwitches;
  return () => {
    usage(values);
    return values[0] + values[1];
  };
}

function processSwitches(): number {
  const { voluntaryContextSwitches, involuntaryContextSwitches } = process.resourceUsage();
  return voluntaryContextSwitches + involuntaryContextSwitches;
}
