// The plan of a campaign in words, and what the state of the machine means for it.

import type { CampaignDesign, MachineState } from '../../result/campaign.js';
import { counted, quantity, significantDigits } from '../format.js';
import { share } from './gate-numbers.js';

/** `8 process pairs, each 2 sessions of 2 blocks of four 100 ms segments; about 41 s of at most 60 s.` */
export function describeDesign(design: CampaignDesign): string {
  const { pairs, sessions, blocks, segment, expectedTime, budget } = design;
  const limit = budget === null ? '' : ` of at most ${seconds(budget)}`;
  return `${counted(pairs, 'process pair')}, each ${counted(sessions, 'session')} of ${counted(blocks, 'block')} of four ${quantity(segment, 'ms', 2)} segments (ABBA or BAAB); about ${seconds(expectedTime)}${limit}.`;
}

/** When it may stop, and what it can see. */
export function describeSight(design: CampaignDesign): string {
  const { looks, tolerance, alpha, expectedDetectable, expectedSpread } = design;
  const early =
    looks.length > 1 ? ` Looked at after ${listOf(looks)} pairs; it stops when every gate is decided.` : '';
  if (!(expectedDetectable < 1)) {
    return `Too few pairs for their scatter (${share(expectedSpread)}) to see a slowdown below ${share(1)}.${early}`;
  }
  const short =
    expectedDetectable > tolerance
      ? ` That is more than the tolerated ${share(tolerance)}: a smaller slowdown may stay inconclusive.`
      : '';
  return `Smallest slowdown that it can see: ${share(expectedDetectable)} (pairs are expected to scatter by ${share(expectedSpread)}; at most ${share(alpha)} false alarms a look).${short}${early}`;
}

/** The grade of the machine and its consequence. */
export function describeGrade(machine: MachineState): { short: string; text: string } {
  const { grade } = machine;
  const consequence = {
    quiet: 'Small changes can be seen.',
    usable: 'Expect wider intervals than on a quiet one.',
    noisy: 'Expect inconclusive gates: nothing is decided from noise, but less can be seen.',
  }[grade];
  const because = machine.reasons.map((code) => reasonText(code, machine));
  const why = because.length === 0 ? '' : `: ${because.join('; ')}`;
  return {
    short: `The machine was ${grade}.`,
    text: `The machine is ${grade}${why}. ${consequence}`,
  };
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
