// The table of phases of a plain step. The timing pass has measured four parts of it without any profiler; what the
// profiling pass adds is how each of them divides. Refused where a profiled step and so its parts exceed the plain one.

import type { PhaseRow, PhaseTable, ProfilePhase } from '../result/profile.js';
import type { Warning } from '../result/records.js';
import type { PartTotals, StepPart } from './parts.js';

/** ms a step, means over the steady steps of the timing pass; `other` is the rest of the whole. */
export interface PlainStep {
  readonly steps: number;
  readonly whole: number;
  readonly forces: number;
  readonly neighbors: number;
  readonly integrate: number;
}

/** Medians of the step time, in ms, of each process of a kind. */
export interface PassMedians {
  readonly plain: readonly number[];
  readonly profiled: readonly number[];
}

/**
 * By how much a profiled step may exceed the plain one before its parts say nothing of it, unless plain processes differ
 * by as much among themselves; and before it is told.
 */
const toleratedSlowdown = 1.1;
const slowProfiling = 1.05;
const largeUnattributed = 5;
const largeSpread = 1.05;

/** Whether another process of each kind may change what the table says: the profiled ones are slower, or the plain ones differ. */
export function isDisturbed({ plain, profiled }: PassMedians): boolean {
  return fastest(profiled) / fastest(plain) > slowProfiling || (spreadOf(plain) ?? 1) > largeSpread;
}

export function phaseTable(plain: PlainStep, totals: PartTotals, medians: PassMedians): PhaseTable {
  const [parts, whole] = [fastest(medians.profiled), fastest(medians.plain)];
  const slowdown = { ratio: parts / whole, spread: spreadOf(medians.plain) };
  const refused = !(slowdown.ratio <= Math.max(toleratedSlowdown, slowdown.spread ?? 1));
  const rows = refused ? [] : rowsOf(plain, totals);
  return {
    plainSteps: plain.steps,
    profiledSteps: totals.steps,
    plainStep: plain.whole,
    profiledStep: totals.whole / totals.steps,
    slowdown,
    rows,
    warnings: [
      ...(refused
        ? [{ code: 'parts-exceed-whole', values: { parts, whole, excess: 100 * (slowdown.ratio - 1) } }]
        : remarks(rows, slowdown.ratio)),
      ...(slowdown.spread !== null && slowdown.spread > largeSpread
        ? [{ code: 'plain-spread', values: { spread: slowdown.spread } }]
        : []),
    ],
  };
}

function remarks(rows: readonly PhaseRow[], ratio: number): Warning[] {
  const share = rows.find(({ phase }) => phase === 'unattributed')?.share ?? 0;
  return [
    ...(share > largeUnattributed ? [{ code: 'unattributed-large', values: { share } }] : []),
    ...(ratio > slowProfiling ? [{ code: 'profiling-slow', values: { ratio } }] : []),
  ];
}

/** Of a machine that does something else a process only ever becomes slower: the fastest of each kind are compared. */
function fastest(medians: readonly number[]): number {
  return Math.min(...medians);
}

function spreadOf(medians: readonly number[]): number | null {
  return medians.length > 1 ? Math.max(...medians) / Math.min(...medians) : null;
}

type Group = 'forces' | 'neighbors' | 'integrate' | 'other';
const groups: Readonly<Record<Group, readonly StepPart[]>> = {
  neighbors: ['neighbors'],
  forces: ['feeds', 'forces', 'outputs'],
  integrate: ['integrate'],
  other: ['observe'],
};

function rowsOf(plain: PlainStep, totals: PartTotals): PhaseRow[] {
  const other = Math.max(0, plain.whole - plain.forces - plain.neighbors - plain.integrate);
  const whole = plain.forces + plain.neighbors + plain.integrate + other;
  const time: Record<ProfilePhase, number> = {
    neighbors: 0,
    feeds: 0,
    forces: 0,
    outputs: 0,
    integrate: 0,
    observe: 0,
    'garbage-collection': 0,
    unattributed: 0,
  };
  for (const group of ['neighbors', 'forces', 'integrate'] as const) {
    for (const [phase, share] of divided(groups[group], totals)) time[phase] += share * plain[group];
  }
  const booked = Math.min(other, totals.parts.observe / totals.steps);
  const collected = Math.min(other - booked, totals.collected.observe / totals.steps);
  time.observe = booked;
  time['garbage-collection'] += collected;
  time.unattributed = other - booked - collected;
  const profiled = profiledTimes(totals);
  return Object.entries(time).map(([phase, ms]) => ({
    phase: phase as ProfilePhase,
    share: (100 * ms) / whole,
    time: ms,
    profiled: profiled[phase as ProfilePhase],
  }));
}

/** How the parts of a group divide it, with the collections in them as one more. */
function divided(parts: readonly StepPart[], totals: PartTotals): [ProfilePhase, number][] {
  const collected = parts.reduce((sum, part) => sum + totals.collected[part], 0);
  const all = parts.reduce((sum, part) => sum + totals.parts[part], collected);
  if (!(all > 0)) return [[parts.at(-1)!, 1]];
  return [
    ...parts.map((part): [ProfilePhase, number] => [part, totals.parts[part] / all]),
    ['garbage-collection', collected / all],
  ];
}

function profiledTimes({ steps, parts, collected }: PartTotals): Record<ProfilePhase, number> {
  const collection = Object.values(collected).reduce((sum, ms) => sum + ms, 0);
  return {
    neighbors: parts.neighbors / steps,
    feeds: parts.feeds / steps,
    forces: parts.forces / steps,
    outputs: parts.outputs / steps,
    integrate: parts.integrate / steps,
    observe: parts.observe / steps,
    'garbage-collection': collection / steps,
    unattributed: 0,
  };
}
