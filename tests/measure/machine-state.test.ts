// The control workload and the grade of a machine.

import { describe, expect, it } from 'vitest';
import { createControl } from '../../src/measure/control.js';
import { examineMachineState } from '../../src/measure/index.js';
import { gradeMachine } from '../../src/measure/machine-state.js';
import { quantile } from '../../src/stats/index.js';

describe('the control workload', () => {
  it('does the same at every run: pair energies of a cubic lattice', () => {
    const control = createControl();
    control.run();
    const first = control.energy;
    control.run();
    expect(control.energy).toBe(first);
    expect(first).toBeCloseTo(7 * latticeEnergy(8, 1.1), 6);
  });

  it('takes time, and no memory once it is compiled', () => {
    const control = createControl();
    for (let k = 0; k < 20; k++) control.run();
    const before = process.memoryUsage().heapUsed;
    const times = Array.from({ length: 40 }, () => control.run());
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000);
    expect(quantile(times, 0.5)).toBeGreaterThan(0.1);
  });
});

describe('the state of the machine', () => {
  const quiet = {
    loadAverage: 1,
    coresUsable: 2,
    cpuGovernor: 'performance',
    steal: 0.002,
    throttled: 0,
    controlSpread: 0.01,
    controlTime: 5,
  };

  it.each([
    [{}, 'quiet', []],
    [{ loadAverage: 1.4 }, 'quiet', []],
    [{ loadAverage: 2 }, 'usable', ['load']],
    [{ loadAverage: 3 }, 'noisy', ['load']],
    [{ steal: 0.03 }, 'usable', ['steal']],
    [{ steal: 0.2, controlSpread: 0.03 }, 'noisy', ['steal', 'control-spread']],
    [{ controlSpread: 0.1 }, 'noisy', ['control-spread']],
    [{ throttled: 1 }, 'noisy', ['throttling']],
    [{ cpuGovernor: 'powersave' }, 'usable', ['governor']],
    [{ loadAverage: null, cpuGovernor: null, steal: null, throttled: null }, 'quiet', []],
  ])('%o is %s', (change, grade, reasons) => {
    const state = gradeMachine({ ...quiet, ...change }, 2);
    expect([state.grade, state.reasons]).toEqual([grade, reasons]);
  });

  it('is found out on this machine', () => {
    const state = examineMachineState();
    expect(state.controlTime).toBeGreaterThan(0);
    expect(state.controlSpread).toBeGreaterThan(0);
    expect(state.coresUsable).toBeGreaterThan(0);
    if (process.platform === 'linux') {
      expect(state.steal).toBeGreaterThanOrEqual(0);
      expect(state.steal).toBeLessThanOrEqual(1);
    }
  });
});

/** By multiplicity of differences instead of pairs of atoms. */
function latticeEnergy(side: number, spacing: number): number {
  let energy = 0;
  for (let x = -side + 1; x < side; x++) {
    for (let y = -side + 1; y < side; y++) {
      for (let z = -side + 1; z < side; z++) {
        const square = spacing ** 2 * (x * x + y * y + z * z);
        if (square === 0) continue;
        const pairs = (side - Math.abs(x)) * (side - Math.abs(y)) * (side - Math.abs(z));
        energy += (pairs / 2) * 4 * (square ** -6 - square ** -3);
      }
    }
  }
  return energy;
}
