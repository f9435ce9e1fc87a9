// A paired campaign of known truth: planted effects, scatter of processes and blocks, and what can be wrong with it.

import { createRandom, type Random } from '../../src/random.js';
import type { Arm, ArmName, Pair, PairedCampaign } from '../../src/result/campaign.js';
import { syntheticCase } from './synthetic-case.js';

export interface PlantedCampaign {
  readonly seed?: number;
  readonly id?: string;
  readonly labels?: Readonly<Record<ArmName, string>>;
  readonly pairs?: number;
  /** log(candidate / baseline) by metric, and the baseline's own time in ms. */
  readonly effects?: Readonly<Record<string, number>>;
  readonly times?: Readonly<Record<string, number>>;
  /** Standard deviations of logarithms: of a process, and of a segment. */
  readonly process?: number;
  readonly scatter?: number;
  /** Shares of the step, forces first. */
  readonly phases?: Readonly<Record<ArmName, readonly [number, number, number, number]>> | null;
  /** Workers (of the candidate) that reach their level only after more than half of the run. */
  readonly unsteady?: number;
  /** The control workload: factor of its later half, and standard deviation of its logarithm. */
  readonly control?: { readonly shift?: number; readonly spread?: number };
  readonly atoms?: number | null;
  readonly commands?: boolean;
  readonly status?: PairedCampaign['status'];
  readonly rerun?: boolean;
  readonly alpha?: number;
  readonly looks?: readonly number[];
}

export function plantedCampaign(options: PlantedCampaign = {}): PairedCampaign {
  const { id = 'si64', pairs = 8, status = 'complete', seed = 1, rerun = false } = options;
  const random = createRandom(seed);
  return {
    id,
    arms: { baseline: arm('baseline', options), candidate: arm('candidate', options) },
    design: {
      pairs,
      looks: [...(options.looks ?? [4, pairs].filter((look) => look <= pairs))],
      sessions: 2,
      blocks: 2,
      segment: 100,
      budget: null,
      tolerance: 0.03,
      alpha: options.alpha ?? 0.002,
      seed,
      handover: 0,
      expectedSpread: 0.01,
      expectedDetectable: 0.02,
      expectedTime: 40_000,
    },
    machine: {
      grade: 'quiet',
      loadAverage: 0.1,
      coresUsable: 2,
      cpuGovernor: null,
      steal: 0,
      throttled: null,
      controlSpread: 0.01,
      controlTime: 4,
      reasons: [],
    },
    pairs: Array.from({ length: pairs }, (_, k) => pairOf(k, pairs, random, options)),
    status,
    failure:
      status === 'failed'
        ? { arm: 'candidate', pair: pairs, cause: 'crash', message: 'It died.', hint: null }
        : null,
    elapsed: 5000 * pairs,
    rerun,
  };
}

function arm(name: ArmName, options: PlantedCampaign): Arm {
  const { id = 'si64', atoms = 64 } = options;
  const label = options.labels?.[name] ?? (name === 'baseline' ? 'silicon-teacher' : 'silicon-student');
  const { spec } = syntheticCase([]);
  return {
    label,
    spec: options.commands
      ? null
      : { ...spec, id: `${id}-${label}-nve`, forceField: { ...spec.forceField, name: `${label}.onnx` } },
    command: options.commands ? ['node', `bin/${name}.js`] : null,
    workload: { forceField: label, system: id, atoms, threads: 1 },
    segmentSteps: 100,
  };
}

function pairOf(index: number, pairs: number, random: Random, options: PlantedCampaign): Pair {
  const { times = { 'step-time-p50': 1.3, 'step-time-mean': 1.35, 'force-call-p50': 1.1 } } = options;
  const { process = 0.008, scatter = 0.01, unsteady = 0 } = options;
  const offset = { baseline: process * random.normal(), candidate: process * random.normal() };
  const order = [0, 1, 2, 3].flatMap(() => (random.uniform() < 0.5 ? 'ABBA' : 'BAAB').split(''));
  const arms = order.map((letter): ArmName => (letter === 'A' ? 'baseline' : 'candidate'));
  const noise = arms.map((name) => offset[name] + scatter * random.normal());
  const timesOf = (metric: string, time: number) =>
    arms.map((name, k) => {
      const effect = name === 'candidate' ? (options.effects?.[metric] ?? 0) : 0;
      return time * Math.exp(effect + noise[k]);
    });
  const level = (name: ArmName, k: number) => (name === 'candidate' && index < unsteady && k < 10 ? 1.4 : 1);
  const control = options.control ?? {};
  return {
    seed: index + 1,
    workers: { baseline: worker, candidate: worker },
    segments: {
      arm: arms,
      session: arms.map((_, k) => Math.floor(k / 8)),
      block: arms.map((_, k) => Math.floor((k % 8) / 4)),
      at: arms.map((_, k) => 5000 * index + 110 * k),
      steps: arms.map(() => 100),
      metrics: Object.fromEntries(Object.entries(times).map(([id, time]) => [id, timesOf(id, time)])),
      phases: phasesOf(arms, noise, options),
      parts: arms.flatMap((name, k) =>
        Array.from({ length: 5 }, () => level(name, k) * (1 + 0.01 * random.normal())),
      ),
    },
    control: {
      at: [0, 1, 2, 3, 4].map((k) => 5000 * index + 440 * k),
      elapsed: [0, 1, 2, 3, 4].map(
        () =>
          4 *
          (2 * index >= pairs ? (control.shift ?? 1) : 1) *
          Math.exp((control.spread ?? 0.01) * random.normal()),
      ),
    },
  };
}

function phasesOf(arms: readonly ArmName[], noise: readonly number[], { phases }: PlantedCampaign) {
  if (phases === null) return {};
  const shares = phases ?? { baseline: [0.9, 0.06, 0.03, 0.01], candidate: [0.6, 0.25, 0.1, 0.05] };
  const names = ['forces', 'neighbors', 'integrate', 'other'];
  return Object.fromEntries(
    names.map((name, p) => [name, arms.map((owner, k) => 100 * shares[owner][p]! * Math.exp(noise[k]!))]),
  );
}

const worker: Pair['workers'][ArmName] = {
  start: 300,
  sessionCreate: 60,
  firstCall: 5,
  earlyCalls: [2, 1.5],
  warmUp: { steps: 900, elapsed: 510, settled: true },
  peakRss: 120e6,
};
