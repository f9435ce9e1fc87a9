// What belongs to the other process of a force call: its own time, its memory and processor time, and what the round trip
// between it and us costs without it. ms, bytes.

import { createForceOutput, type ForceField } from '../forcefield/index.js';
import type { External } from '../result/document.js';
import { quantile } from '../stats/quantile.js';
import type { System } from '../system/index.js';
import { now } from './clock.js';
import { treeUsage } from './process-tree.js';

export interface ExternalSide {
  /** After a force call. */
  noteCall(): void;
  /** Between two steps: looks at its processes. */
  sample(step: number): void;
  /** @param forces of the last call */
  record(roundTrip: number, forces: Float64Array): External;
}

const warmUpCalls = 50;
const timedCalls = { least: 101, most: 2001 };
/** ms: shorter, a median is that of one moment of a busy machine. */
const timedFor = 100;

/** ms, the median of force calls to a process that computes nothing, over a socket of the same kind. */
export async function measureRoundTrip({ external }: ForceField, system: System): Promise<number | null> {
  if (external === undefined) return null;
  const peer = await external.createNullPeer();
  try {
    await peer.prepare(system);
    const output = createForceOutput(system.numbers.length);
    const times: number[] = [];
    const start = now();
    for (let k = 0; k < warmUpCalls + timedCalls.most; k++) {
      const begun = now();
      if (times.length >= timedCalls.least && begun - start > timedFor) break;
      const pending = peer.compute(system, null, output);
      if (pending !== undefined) await pending;
      if (k >= warmUpCalls) times.push(now() - begun);
    }
    return quantile(times, 0.5);
  } finally {
    await peer.dispose();
  }
}

/** Null for a force field that is computed here. @param calls at most */
export function createExternalSide({ external }: ForceField, calls: number): ExternalSide | null {
  if (external === undefined) return null;
  const times = new Float64Array(calls);
  const processes: NonNullable<External['processes']> = { step: [], count: [], memory: [], cpuTime: [] };
  let noted = 0;
  return {
    noteCall() {
      const { clientTime } = external;
      if (noted < calls && !Number.isNaN(clientTime)) times[noted++] = clientTime;
    },
    sample(step) {
      const usage = external.pid === null ? null : treeUsage(external.pid, { isGuardian: !external.isLent });
      if (usage === null) return;
      processes.step.push(step);
      processes.count.push(usage.processes);
      processes.memory.push(usage.memory);
      processes.cpuTime.push(usage.cpuTime);
    },
    record(roundTrip, forces) {
      const told = times.subarray(0, noted);
      const mean = told.reduce((sum, time) => sum + time, 0) / noted;
      return {
        roundTrip,
        clientTime: noted === 0 ? null : { mean, median: quantile(told, 0.5), calls: noted },
        processes: processes.step.length === 0 ? null : processes,
        restingAtoms: restingAtoms(forces),
      };
    },
  };
}

function restingAtoms(forces: Float64Array): number {
  let count = 0;
  for (let k = 0; k < forces.length; k += 3) {
    if (forces[k] === 0 && forces[k + 1] === 0 && forces[k + 2] === 0) count++;
  }
  return count;
}
