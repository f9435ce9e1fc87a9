// The pre-flight: is this machine fit to be measured on now, and if not, why. Thresholds are settings, not laws.

import os from 'node:os';
import type { MachineState } from '../result/index.js';
import { medianAbsoluteDeviation, quantile } from '../stats/index.js';
import { createControl } from './control.js';
import { readEnvironment } from './environment.js';
import { watchMachine } from './machine-counters.js';

/**
 * Up to the first number the machine counts as quiet, above the second as noisy. Load is that of others as a share of
 * all processors: one busy processor is taken for our own.
 */
const machineThresholds = {
  load: [0.25, 0.75],
  steal: [0.01, 0.05],
  controlSpread: [0.02, 0.06],
} as const;

const controlRuns = 40;
/** A median absolute deviation times this is a standard deviation where errors are normal. */
const normalScale = 1.4826;

export function examineMachineState(): MachineState {
  return beginMachineState().finish();
}

/** The control workload at once; what the system counts until `finish`, which may come much later. */
export function beginMachineState(): { finish(): MachineState } {
  const watch = watchMachine();
  const { loadAverage, coresUsable, cpuGovernor } = readEnvironment();
  const times = controlTimes();
  const controlTime = quantile(times, 0.5);
  const controlSpread = (normalScale * medianAbsoluteDeviation(times)) / controlTime;
  const found = { loadAverage, coresUsable, cpuGovernor, controlSpread, controlTime };
  return { finish: () => gradeMachine({ ...found, ...watch.read() }) };
}

/** Grades what was found; `cores` are all of the machine, which the load average counts. */
export function gradeMachine(
  found: Omit<MachineState, 'grade' | 'reasons'>,
  cores: number = os.cpus().length,
): MachineState {
  const reasons: string[] = [];
  let noisy = false;
  const judge = (reason: string, value: number | null, [quiet, usable]: readonly [number, number]) => {
    if (value === null || value <= quiet) return;
    reasons.push(reason);
    if (value > usable) noisy = true;
  };
  const load = found.loadAverage === null ? null : (found.loadAverage - 1) / cores;
  judge('load', load, machineThresholds.load);
  judge('steal', found.steal, machineThresholds.steal);
  judge('control-spread', found.controlSpread, machineThresholds.controlSpread);
  judge('throttling', found.throttled, [0, 0]);
  if (found.cpuGovernor !== null && found.cpuGovernor !== 'performance') reasons.push('governor');
  const grade = noisy ? 'noisy' : reasons.length > 0 ? 'usable' : 'quiet';
  return { ...found, grade, reasons };
}

function controlTimes(): number[] {
  const control = createControl();
  return Array.from({ length: controlRuns }, () => control.run());
}
