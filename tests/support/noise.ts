// Seeded paired campaigns without a clock: what a machine of known noise would have recorded of two arms whose true
// ratio is planted. Standard deviations are of log time, times in ms.

import { createRandom, type Random } from '../../src/random.js';
import type { ArmName } from '../../src/result/campaign.js';
import { quantile } from '../../src/stats/index.js';

export interface NoiseKind {
  readonly id: string;
  /** Of the effects log(candidate / baseline) of processes, sessions and blocks: each arm has 1/√2 of the first two. */
  readonly process: number;
  readonly session: number;
  readonly block: number;
  /** Two memory layouts: how much slower the second is, how often it is drawn, and by what. */
  readonly layouts?: { readonly slower: number; readonly share: number; readonly per: 'process' | 'session' };
  /** What the machine does to whichever arm runs: AR(1), drift a minute and a slow wave, two clock regimes. */
  readonly correlated?: { readonly deviation: number; readonly time: number };
  readonly drift?: { readonly perMinute: number; readonly wave: number; readonly period: number };
  readonly regimes?: { readonly slower: number; readonly stay: number };
  /** Calls that take `factor` times as long, and segments in which the core is shared. */
  readonly spikes?: { readonly share: number; readonly factor: number };
  readonly stolen?: { readonly share: number; readonly slower: number };
}

export interface Plan {
  readonly pairs: number;
  readonly sessions: number;
  readonly blocks: number;
}

/** Segment columns as in a campaign's document, with every call behind them. */
export interface SyntheticPair {
  readonly arms: ArmName[];
  readonly sessions: number[];
  readonly blocks: number[];
  readonly values: number[];
  readonly calls: Record<ArmName, number[]>;
}

const student = { process: 0.004, session: 0.007, block: 0.007 };
const teacher = { process: 0.009, session: 0.012, block: 0.017 };

/** The first four as measured on a quiet machine; 7.5 % between processes as on a bad one; then one evil at a time. */
export const noiseKinds: readonly NoiseKind[] = [
  { id: 'quiet student', ...student },
  { id: 'quiet teacher', ...teacher },
  { id: 'graph of 25 µs', process: 0.0035, session: 0.002, block: 0.006 },
  { id: 'JavaScript kernel', process: 0.014, session: 0, block: 0.006 },
  { id: 'process offsets', process: 0.075 * Math.SQRT2, session: 0.01, block: 0.017 },
  { id: 'AR(1)', ...student, correlated: { deviation: 0.03, time: 300 } },
  { id: 'drift', ...student, drift: { perMinute: 0.15, wave: 0.05, period: 15_000 } },
  { id: 'regimes', ...student, regimes: { slower: 0.25, stay: 2000 } },
  {
    id: 'spikes',
    ...student,
    spikes: { share: 0.03, factor: 3 },
    stolen: { share: 0.03, slower: 0.3 },
  },
  { id: 'bimodal processes', ...student, layouts: { slower: 0.08, share: 0.5, per: 'process' } },
  { id: 'bimodal sessions', ...student, layouts: { slower: 0.08, share: 0.5, per: 'session' } },
];

const segmentTime = 100;
const startTime = 1500;
const callsOfSegment = 40;
const callDeviation = 0.02;
const callMemory = 0.5;

/** @param effect log of the true ratio candidate/baseline */
export function syntheticCampaign(
  kind: NoiseKind,
  plan: Plan,
  effect: number,
  seed: number,
): SyntheticPair[] {
  const random = createRandom(seed);
  const machine = machineOf(kind, random);
  return Array.from({ length: plan.pairs }, () => {
    machine.pass(startTime);
    return syntheticPair(kind, plan, effect, machine, random);
  });
}

function syntheticPair(
  kind: NoiseKind,
  plan: Plan,
  effect: number,
  machine: Machine,
  random: Random,
): SyntheticPair {
  const pair: SyntheticPair = {
    arms: [],
    sessions: [],
    blocks: [],
    values: [],
    calls: { baseline: [], candidate: [] },
  };
  const processes = bothArms(() => offset(kind.process, 'process', kind, random));
  for (let session = 0; session < plan.sessions; session++) {
    const sessions = bothArms(() => offset(kind.session, 'session', kind, random));
    for (let block = 0; block < plan.blocks; block++) {
      for (const arm of order(random)) {
        const planted = arm === 'candidate' ? effect : 0;
        const level = planted + processes[arm] + sessions[arm] + segmentNoise(kind, random) + machine.level();
        const calls = callsAt(level, kind, random);
        machine.pass(segmentTime);
        pair.arms.push(arm);
        pair.sessions.push(session);
        pair.blocks.push(session * plan.blocks + block);
        pair.values.push(quantile(calls, 0.5));
        pair.calls[arm].push(...calls);
      }
    }
  }
  return pair;
}

function bothArms(draw: () => number): Record<ArmName, number> {
  return { baseline: draw(), candidate: draw() };
}

function order(random: Random): ArmName[] {
  const [a, b]: ArmName[] = random.uniform() < 0.5 ? ['baseline', 'candidate'] : ['candidate', 'baseline'];
  return [a, b, b, a];
}

function offset(
  deviation: number,
  of: 'process' | 'session',
  { layouts }: NoiseKind,
  random: Random,
): number {
  const isSlow = layouts?.per === of && random.uniform() < layouts.share;
  return (deviation / Math.SQRT2) * random.normal() + (isSlow ? Math.log1p(layouts.slower) : 0);
}

/** What is left of the block's variance once the median of the calls has had its share. */
function segmentNoise({ block, stolen }: NoiseKind, random: Random): number {
  const ofMedian = (1.7 * callDeviation) / Math.sqrt(callsOfSegment);
  const isStolen = stolen !== undefined && random.uniform() < stolen.share;
  const left = Math.sqrt(Math.max(block ** 2 - ofMedian ** 2, 0));
  return left * random.normal() + (isStolen ? Math.log1p(stolen.slower) : 0);
}

function callsAt(level: number, { spikes }: NoiseKind, random: Random): Float64Array {
  const kick = callDeviation * Math.sqrt(1 - callMemory ** 2);
  let noise = callDeviation * random.normal();
  return Float64Array.from({ length: callsOfSegment }, () => {
    noise = callMemory * noise + kick * random.normal();
    const isSpike = spikes !== undefined && random.uniform() < spikes.share;
    return Math.exp(level + noise) * (isSpike ? spikes.factor : 1);
  });
}

interface Machine {
  level(): number;
  pass(time: number): void;
}

/** The state that both arms share, as time passes. */
function machineOf({ correlated, drift, regimes }: NoiseKind, random: Random): Machine {
  const direction = random.uniform() < 0.5 ? -1 : 1;
  const phase = 2 * Math.PI * random.uniform();
  let now = 0;
  let walk = random.normal();
  let isSlow = random.uniform() < 0.5;
  return {
    level() {
      let level = 0;
      if (correlated) level += correlated.deviation * walk;
      if (drift) {
        level += (direction * drift.perMinute * now) / 60_000;
        level += drift.wave * Math.sin((2 * Math.PI * now) / drift.period + phase);
      }
      return level + (regimes && isSlow ? Math.log1p(regimes.slower) : 0);
    },
    pass(time) {
      now += time;
      if (correlated) {
        const memory = Math.exp(-time / correlated.time);
        walk = memory * walk + Math.sqrt(1 - memory ** 2) * random.normal();
      }
      if (regimes && random.uniform() < (1 - Math.exp((-2 * time) / regimes.stay)) / 2) isSlow = !isSlow;
    },
  };
}
