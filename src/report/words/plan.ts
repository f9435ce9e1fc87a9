// What is about to be measured in words, and what the state of the machine means for it.

import type { CampaignDesign, MachineState } from '../../result/campaign.js';
import type { GateResult } from '../../result/judgement.js';
import { tFactor } from '../../stats/index.js';
import { count, counted, quantity, significantDigits } from '../format.js';
import { share } from './gate-numbers.js';

/** `8 process pairs, each 2 sessions of 2 blocks of four 100 ms segments; about 41 s of at most 60 s.` */
export function describeDesign(design: CampaignDesign): string {
  const { pairs, sessions, blocks, segment, expectedTime, budget } = design;
  const limit = budget === null ? '' : ` of at most ${seconds(budget)}`;
  return `${counted(pairs, 'process pair')}, each ${counted(sessions, 'session')} of ${counted(blocks, 'block')} of four ${quantity(segment, 'ms', 2)} segments (ABBA or BAAB); about ${seconds(expectedTime)}${limit}.`;
}

/** What pairs are measured for. */
export type PlanPurpose =
  | { readonly verb: 'check' }
  /** Until the half widths of the speed-ups' intervals are at most this share of them. */
  | { readonly verb: 'compare'; readonly closeEnough: number };

/** When it may stop, and what it can see. */
export function describeSight(design: CampaignDesign, purpose: PlanPurpose): string {
  const { looks } = design;
  const [sight, stop] =
    purpose.verb === 'check'
      ? [slowdownSeen(design), 'every gate is decided']
      : [
          speedUpWidth(design),
          `the intervals of whole step and force call are within ±${share(purpose.closeEnough)}`,
        ];
  return looks.length > 1 ? `${sight} Looked at after ${listOf(looks)} pairs; it stops when ${stop}.` : sight;
}

function slowdownSeen({ tolerance, alpha, expectedDetectable, expectedSpread }: CampaignDesign): string {
  if (expectedDetectable === null || !(expectedDetectable < 1))
    return `Too few pairs for their scatter (${share(expectedSpread)}) to see a slowdown below ${share(1)}.`;
  const short =
    expectedDetectable > tolerance
      ? ` That is more than the tolerated ${share(tolerance)}: a smaller slowdown may stay inconclusive.`
      : '';
  return `Smallest slowdown that it can see: ${share(expectedDetectable)} (pairs are expected to scatter by ${share(expectedSpread)}; at most ${share(alpha)} false alarms a look).${short}`;
}

/** The half width of exp(mean log ratio ± h) is sinh(h) of its middle. */
function speedUpWidth({ pairs, expectedSpread }: CampaignDesign): string {
  if (pairs < 2) return 'One pair: the speed-up will have no interval.';
  const half = Math.sinh((tFactor(0.95, pairs - 1) * expectedSpread) / Math.sqrt(pairs));
  return half < 1
    ? `Expected 95\u202f% interval of the speed-up: ±${share(half)} (pairs are expected to scatter by ${share(expectedSpread)}).`
    : `Too few pairs for their scatter (${share(expectedSpread)}) to tell the speed-up within ±${share(1)}.`;
}

const consequences = {
  check: {
    quiet: 'Small changes can be seen.',
    usable: 'Expect wider intervals than on a quiet one.',
    noisy: 'Expect inconclusive gates: nothing is decided from noise, but less can be seen.',
  },
  compare: {
    quiet: 'Small differences can be seen.',
    usable: 'Expect wider intervals than on a quiet one.',
    noisy: 'Expect much wider intervals than on a quiet one.',
  },
} as const;

/** The grade of the machine and its consequence. */
export function describeGrade(
  machine: MachineState,
  verb: PlanPurpose['verb'] = 'compare',
): { short: string; text: string } {
  const { grade } = machine;
  const because = machine.reasons.map((code) => reasonText(code, machine));
  const why = because.length === 0 ? '' : `: ${because.join('; ')}`;
  return {
    short: `Before that the machine was ${grade}.`,
    text: `The machine is ${grade}${why}. ${consequences[verb][grade]}`,
  };
}

export const nothingPaired = 'No gate is about a time: nothing is measured in pairs.';

/** A gate before anything is judged by it. */
export type PlannedGate = Pick<GateResult, 'pattern' | 'severity' | 'rule' | 'limit'>;

/** `Gate step-time-p50: at most 3 % slower` */
export function describePlannedGate({ pattern, severity, rule, limit }: PlannedGate): string {
  const asked = {
    maxRegression: `at most ${quantity(100 * limit, '%')} slower`,
    max: `at most ${limit}`,
    min: `at least ${limit}`,
  }[rule];
  return `${severity === 'error' ? 'Gate' : 'Gate that warns'} ${pattern}: ${asked}`;
}

export function describeMorePaths(left: number): string {
  return `and ${count(left)} more`;
}

/**
 * What is measured beside the pairs.
 * @param cases their ids
 * @param examined systems with frames that both force fields label
 * @param time ms
 */
export function describeBeside(cases: readonly string[], examined: readonly string[], time: number): string {
  const what = [...cases, ...examined.map((id) => `frames of both on ${id}`)];
  return `Beside the pairs, about ${count(Math.ceil(time / 1000))} s: ${what.join(', ')}`;
}

/** @param time ms that the least of it is longer than the budget */
export function describeBeyond(time: number): string {
  return `That is about ${count(Math.ceil(time / 1000))} s more than the time budget holds, as short as it can be: give it so much more time, fewer --steps or a smaller system, or take these gates out.`;
}

function reasonText(code: string, machine: MachineState): string {
  const { loadAverage, coresUsable, steal, controlSpread, cpuGovernor, throttled } = machine;
  const known: Record<string, string> = {
    load: `load ${loadAverage === null ? 'unknown' : significantDigits(loadAverage, 2)} on ${counted(coresUsable, 'usable core')}`,
    steal: `the host took ${steal === null ? 'some' : share(steal)} of the processor time`,
    'control-spread': `the control workload scatters by ${share(controlSpread)}`,
    governor: `governor ${cpuGovernor ?? 'unknown'}, the clock may change`,
    throttling: `throttled ${throttled === null ? 'for heat' : `${counted(throttled, 'time')} for heat`}`,
  };
  return Object.hasOwn(known, code) ? known[code]! : code;
}

function seconds(ms: number): string {
  return ms < 1000 ? quantity(ms, 'ms', 2) : `${significantDigits(ms / 1000, 3)} s`;
}

function listOf(looks: readonly number[]): string {
  return looks.length === 1 ? String(looks[0]) : `${looks.slice(0, -1).join(', ')} and ${looks.at(-1)}`;
}
