// Sums over the activity of one traced process: its tables, devices, phases, launch delays, and what is in steps. ns.

import type { Placement } from './attribution.js';
import { addDuration, createDurations } from './durations.js';
import { addInterval, belongsToSteps, createOccupancy, forgetSteps, type Occupancy } from './occupancy.js';
import { type Waiting, waitingKinds } from './pending.js';
import { createTables, type Row, type RowKind } from './tables.js';

export interface PhaseTotals {
  host: number;
  device: number;
  kernels: number;
}

export type Totals = ReturnType<typeof createTotals>;

export const mostPhases = 1024;

export function createTotals() {
  const tables = createTables();
  const devices = new Map<number, Occupancy>();
  /** By the number of the name. */
  const phases = new Map<number, PhaseTotals>();
  const delays = { inSteps: createDurations(), all: createDurations() };
  const counts = {
    inSteps: 0,
    outside: 0,
    /** Of those outside: the API call is not known, or its thread marks no steps. */
    launchUnknown: 0,
    elsewhere: 0,
    /** Ranges and launches of phases beyond the 1024 that are kept. */
    phasesCut: 0,
  };

  /** The row of an activity or a call, to which its duration was added. */
  function add(waiting: Waiting, kind: RowKind, id: number, domain = 0): Row {
    waiting.row = tables.place(kind, id, domain);
    const row = tables.rows[waiting.row];
    const { start, end, device, bytes } = waiting;
    addDuration(row.durations, end - start);
    if (kind === 'call') return row;
    row.bytes += bytes;
    addInterval(occupancyOf(device), start, end);
    return row;
  }

  function place(waiting: Waiting, placement: Placement, exact: boolean): void {
    if (waiting.kind === waitingKinds.range) placeRange(waiting);
    else placeActivity(waiting, placement, exact);
  }

  function placeActivity(waiting: Waiting, placement: Placement, exact: boolean): void {
    const row = tables.rows[waiting.row];
    const inStep = !Number.isNaN(placement.step);
    if (inStep) {
      row.inSteps++;
      row.timeInSteps += waiting.end - waiting.start;
    }
    if (waiting.kind === waitingKinds.call) return;
    if (inStep) placeInStep(row, waiting, placement);
    else placeOutside(placement, exact);
    if (row.kind === 'kernel') addDelay(waiting, placement);
  }

  function placeRange({ row, start, end, phase }: Waiting): void {
    const totals = phase === 1 ? phaseOf(row) : null;
    if (totals !== null) totals.host += end - start;
  }

  function placeInStep({ kind }: Row, { device, start, end }: Waiting, { phases: names }: Placement): void {
    counts.inSteps++;
    belongsToSteps(occupancyOf(device), start, end);
    for (const name of names) {
      const totals = phaseOf(name);
      if (totals === null) continue;
      totals.device += end - start;
      if (kind === 'kernel') totals.kernels++;
    }
  }

  function placeOutside({ called, marked }: Placement, exact: boolean): void {
    counts.outside++;
    if (!called) counts.launchUnknown++;
    else if (!exact && !marked) counts.elsewhere++;
  }

  /** A kernel of a graph has no call of its own. */
  function addDelay({ start, graph }: Waiting, { launch, step }: Placement): void {
    const delay = start - launch.start;
    if (graph === 1 || !(delay >= 0)) return;
    addDuration(delays.all, delay);
    if (!Number.isNaN(step)) addDuration(delays.inSteps, delay);
  }

  function phaseOf(name: number): PhaseTotals | null {
    const known = phases.get(name);
    if (known) return known;
    if (phases.size >= mostPhases) {
      counts.phasesCut++;
      return null;
    }
    const totals = { host: 0, device: 0, kernels: 0 };
    phases.set(name, totals);
    return totals;
  }

  function occupancyOf(device: number): Occupancy {
    const known = devices.get(device);
    if (known) return known;
    const occupancy = createOccupancy();
    devices.set(device, occupancy);
    return occupancy;
  }

  /** Nothing that was placed so far belongs to a step. */
  function takeBack(): void {
    counts.outside += counts.inSteps;
    counts.inSteps = 0;
    for (const row of tables.rows) {
      row.inSteps = 0;
      row.timeInSteps = 0;
    }
    for (const totals of phases.values()) Object.assign(totals, { device: 0, kernels: 0 });
    for (const occupancy of devices.values()) forgetSteps(occupancy);
    delays.inSteps = createDurations();
  }

  return { rows: tables.rows, devices, phases, delays, counts, add, place, takeBack };
}
