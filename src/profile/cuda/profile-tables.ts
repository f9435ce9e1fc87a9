// The tables of a profile from the rows of its traces: rows of the same name become one, the longest first. ms.

import type { CudaCopy, CudaKernel, CudaProfile } from '../../result/cuda-profile.js';
import { type DurationStatistics, describeDurations, mergeDurations } from './durations.js';
import { perStep, type SteppedTrace } from './stepped-trace.js';
import type { Configuration, RowKind } from './tables.js';
import type { NamedRow } from './trace-reader.js';

interface Entry {
  readonly of: SteppedTrace;
  readonly row: NamedRow;
}

/** Rows of one name, of all traces. */
interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly instances: number;
  /** Instances and ms. */
  readonly perStep: number;
  readonly timePerStep: number;
  readonly durations: DurationStatistics;
}

/** @param plainStep ms; null: not known */
export function kernelTable(traces: readonly SteppedTrace[], plainStep: number | null): CudaKernel[] {
  const groups = groupsOf(traces, 'kernel');
  const total = groups.reduce((sum, { durations }) => sum + durations.total, 0);
  const known = plainStep !== null && plainStep > 0 && traces.some(({ steps }) => steps > 0);
  return groups.map(({ name, instances, perStep, timePerStep, durations, entries }) => ({
    name,
    instances,
    perStep,
    durations,
    share: total > 0 ? (100 * durations.total) / total : 0,
    shareOfStep: known ? (100 * timePerStep) / plainStep : null,
    ...launchOf(entries),
  }));
}

function launchOf(entries: readonly Entry[]) {
  const counts = new Map<string, { configuration: Configuration; count: number }>();
  for (const [key, { configuration, count }] of entries.flatMap(({ row }) => [...row.launches.counts])) {
    counts.set(key, { configuration, count: count + (counts.get(key)?.count ?? 0) });
  }
  const most = [...counts.values()].reduce((best, next) => (next.count > best.count ? next : best));
  const [gx, gy, gz, bx, by, bz, registers, staticShared, dynamicShared] = most.configuration;
  return {
    grid: [gx, gy, gz] as [number, number, number],
    block: [bx, by, bz] as [number, number, number],
    configurations: counts.size - 1,
    registers,
    staticShared,
    dynamicShared,
  };
}

export function copyTable(traces: readonly SteppedTrace[]): CudaCopy[] {
  return groupsOf(traces, 'copy', 'memset').map(({ name, instances, perStep, durations, entries }) => ({
    direction: name,
    instances,
    perStep,
    bytes: entries.reduce((sum, { row }) => sum + row.bytes, 0),
    durations,
  }));
}

export function callTable(traces: readonly SteppedTrace[]): CudaProfile['api'] {
  return groupsOf(traces, 'call').map(({ name, instances, perStep, durations }) => ({
    name,
    instances,
    perStep,
    durations,
  }));
}

function groupsOf(traces: readonly SteppedTrace[], ...kinds: readonly RowKind[]): Group[] {
  const byName = new Map<string, Entry[]>();
  for (const of of traces) {
    for (const row of of.trace.rows) {
      if (!kinds.includes(row.kind)) continue;
      byName.set(row.name, [...(byName.get(row.name) ?? []), { of, row }]);
    }
  }
  const groups = [...byName].map(([name, entries]) => groupOf(name, entries));
  return groups.sort((a, b) => b.durations.total - a.durations.total || (a.name < b.name ? -1 : 1));
}

function groupOf(name: string, entries: readonly Entry[]): Group {
  const durations = mergeDurations(entries.map(({ row }) => row.durations));
  const rates = entries.map(({ of, row }) => perStep(of, row));
  return {
    name,
    entries,
    instances: durations.count,
    perStep: rates.reduce((sum, { instances }) => sum + instances, 0),
    timePerStep: rates.reduce((sum, { time }) => sum + time, 0) / 1e6,
    durations: describeDurations(durations),
  };
}

/** Sums over the processes, each divided by its own steps. */
export function phaseTable(traces: readonly SteppedTrace[]): CudaProfile['phases'] {
  const sums = new Map<string, { name: string; host: number; device: number; kernels: number }>();
  for (const { trace, steps } of traces.filter((stepped) => stepped.steps > 0)) {
    for (const { name, host, device, kernels } of trace.phases) {
      const sum = sums.get(name) ?? { name, host: 0, device: 0, kernels: 0 };
      sum.host += host / steps / 1e6;
      sum.device += device / steps / 1e6;
      sum.kernels += kernels / steps;
      sums.set(name, sum);
    }
  }
  return [...sums.values()].sort((a, b) => b.device - a.device || b.host - a.host);
}
