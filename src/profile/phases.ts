// The table of phases of a plain step. The timing pass has measured four parts of it without any profiler; what the
// profiling pass adds is how each of them divides. Refused where the parts of the profiling pass exceed the plain step.

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

/** Medians of the step time, in ms, of the processes of each kind in the order plain, profiled, profiled, plain. */
export interface PassMedians {
  readonly plain: readonly number[];
  readonly profiled: readonly number[];
}

/** By how much the parts of the profiling pass may exceed the plain step before they say nothing of it. */
const toleratedExcess = 0.1;
const largeUnattributed = 5;
const slowProfiling = 1.1;
const largeSpread = 1.05;

export function phaseTable(plain: PlainStep, totals: PartTotals, medians: PassMedians): PhaseTable {
  const slowdown = slowdownOf(medians);
  const profiledStep = totals.whole / totals.steps;
  const excess = profiledStep / plain.whole - 1;
  const refused = !(excess <= toleratedExcess);
  const rows = refused ? [] : rowsOf(plain, totals);
  return {
    plainSteps: plain.steps,
    profiledSteps: totals.steps,
    plainStep: plain.whole,
    profiledStep,
    slowdown,
    rows,
    warnings: [
      ...(refused
        ? [
            {
              code: 'parts-exceed-whole',
              values: { parts: profiledStep, whole: plain.whole, excess: 100 * excess },
            },
          ]
        : []),
      ...remarks(rows, slowdown),
    ],
  };
}

function remarks(rows: readonly PhaseRow[], { ratio, spread }: PhaseTable['slowdown']): Warning[] {
  const share = rows.find(({ phase }) => phase === 'unattributed')?.share ?? 0;
  return [
    ...(share > largeUnattributed ? [{ code: 'unattributed-large', values: { share } }] : []),
    ...(ratio > slowProfiling ? [{ code: 'profiling-slow', values: { ratio } }] : []),
    ...(spread !== null && spread > largeSpread ? [{ code: 'plain-spread', values: { spread } }] : []),
  ];
}

/** Geometric mean over the two processes of each kind, so that a steady change of the machine's speed cancels. */
function slowdownOf({ plain, profiled }: PassMedians): PhaseTable['slowdown'] {
  const logMean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + Math.log(value), 0) / values.length;
  return {
    ratio: Math.exp(logMean(profiled) - logMean(plain)),
    spread: plain.length > 1 ? Math.max(...plain) / Math.min(...plain) : null,
  };
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
