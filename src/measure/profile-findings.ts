// What `mdbench profile` can see on this machine: counters, threads, energy, kernels, devices.

import { existsSync } from 'node:fs';
import { probeCuda } from './cuda-probe.js';
import type { Finding } from './finding.js';
import { injectionLibrary, injectionVariables } from './injection.js';
import { tryCounters } from './processor-counters.js';
import { tryEnergy } from './processor-energy.js';
import { createStepUsage } from './step-usage.js';
import { textOf } from './system-files.js';
import { threadTimes } from './thread-times.js';

export function profileFindings(): Finding[] {
  const { hook, nvml } = probeCuda();
  return [
    counters(),
    threads(),
    energy(),
    { id: 'cuda-hook', state: hook.available ? 'ok' : 'unavailable', values: { ...hook } },
    hookLibrary(),
    { id: 'nvml', state: nvml.reason === null ? 'ok' : 'unavailable', values: { ...nvml } },
  ];
}

/** Those of the processor; the kernel's own (task clock, switches, faults) are told by every system. */
function counters(): Finding {
  const hardware = tryCounters().filter(({ id }) => id !== 'task-clock' && id !== 'migrations');
  const there = hardware.filter(({ reason }) => reason === null || reason === 'user-space');
  const missing = hardware.filter((counter) => !there.includes(counter));
  const userSpace = there.some(({ reason }) => reason !== null);
  const whole = missing.length === 0 && !userSpace;
  return {
    id: 'counters',
    state: whole ? 'ok' : there.length > 0 ? 'limited' : 'unavailable',
    values: {
      counted: idsOf(there),
      missing: idsOf(missing),
      reason: missing[0]?.reason ?? null,
      userSpace,
      paranoid: paranoia(),
      virtual: (textOf('/proc/cpuinfo') ?? '').includes('hypervisor'),
    },
  };
}

function threads(): Finding {
  const living = threadTimes().length;
  const exact = existsSync('/proc/self/schedstat');
  const { scope } = createStepUsage();
  const state = living === 0 ? 'unavailable' : exact && scope === 'thread' ? 'ok' : 'limited';
  return { id: 'threads', state, values: { living, exact, scope } };
}

function energy(): Finding {
  const { domains, reason } = tryEnergy();
  const state = domains.length > 0 ? 'ok' : 'unavailable';
  return { id: 'energy', state, values: { domains: domains.join(', '), reason } };
}

/** What is given to a program of others, so that it traces itself. */
function hookLibrary(): Finding {
  const built = existsSync(injectionLibrary);
  const taken = injectionVariables.filter((name) => process.env[name]);
  const state = !built ? 'unavailable' : taken.length > 0 ? 'limited' : 'ok';
  return { id: 'hook-library', state, values: { built, taken: taken.join(', ') } };
}

function idsOf(counters: readonly { readonly id: string }[]): string {
  return counters.map(({ id }) => id).join(', ');
}

function paranoia(): number | null {
  const text = textOf('/proc/sys/kernel/perf_event_paranoid');
  return text === null ? null : Number(text);
}
