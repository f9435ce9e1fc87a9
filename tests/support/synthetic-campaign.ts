// A paired campaign as two arms of known step times would have left it: process, session and block noise, seeded.

import { createRandom, type Random } from '../../src/random.js';
import type { ArmName, Pair, PairedCampaign, WorkerRecord } from '../../src/result/campaign.js';

/** ms of one step by phase. */
export interface StepCost {
  readonly forces: number;
  readonly neighbors: number;
  readonly integrate: number;
  readonly other: number;
}

export interface CampaignOptions {
  readonly id: string;
  readonly labels: Record<ArmName, string>;
  readonly costs: Record<ArmName, StepCost>;
  readonly atoms: number;
  readonly pairs?: number;
  readonly status?: PairedCampaign['status'];
  readonly rerun?: boolean;
  /** Relative standard deviations of a process and of a block. */
  readonly noise?: { readonly process: number; readonly block: number };
}

const blocks = 4;
const sessions = 2;

/** Eight pairs of two sessions of two blocks; of a failed one, what came before the crash. */
export function syntheticCampaign(options: CampaignOptions): PairedCampaign {
  const { id, labels, costs, pairs = 8, status = 'complete', rerun = false } = options;
  const random = createRandom(17 * pairs + options.atoms + (rerun ? 1 : 0));
  const done = status === 'complete' ? pairs : Math.floor(pairs / 3);
  const arm = (name: ArmName) => ({
    label: labels[name],
    spec: null,
    command: null,
    workload: { forceField: labels[name], system: id, atoms: options.atoms, threads: 1, provider: 'cpu' },
    segmentSteps: Math.ceil(100 / stepOf(costs[name])),
  });
  return {
    id,
    arms: { baseline: arm('baseline'), candidate: arm('candidate') },
    design: {
      pairs,
      looks: [4, 6, 8].filter((look) => look <= pairs),
      sessions,
      blocks: blocks / sessions,
      segment: 100,
      budget: 60_000,
      tolerance: 0.03,
      alpha: 0.002,
      seed: 1,
      handover: 0,
      expectedSpread: 0.012,
      expectedDetectable: 0.031,
      expectedTime: 41_000,
    },
    machine: {
      grade: 'usable',
      loadAverage: 0.8,
      coresUsable: 2,
      cpuGovernor: null,
      steal: 0.004,
      throttled: null,
      controlSpread: 0.013,
      controlTime: 4.1,
      reasons: ['load'],
    },
    pairs: Array.from({ length: done }, (_, pair) => pairOf(pair, options, random)),
    status,
    failure:
      status === 'failed'
        ? {
            arm: 'candidate',
            pair: done,
            cause: 'crash',
            message: 'The worker ended with SIGSEGV.',
            hint: null,
          }
        : null,
    elapsed: 5100 * done,
    rerun,
  };
}

function pairOf(pair: number, { costs, noise }: CampaignOptions, random: Random): Pair {
  const { process, block: scatter } = noise ?? { process: 0.008, block: 0.01 };
  const offset = { baseline: process * random.normal(), candidate: process * random.normal() };
  const order = Array.from({ length: blocks }, () => (random.uniform() < 0.5 ? 'ABBA' : 'BAAB'));
  const segments: Pair['segments'] = {
    arm: [],
    session: [],
    block: [],
    at: [],
    steps: [],
    metrics: {},
    phases: {},
    parts: [],
  };
  const push = (table: Record<string, number[]>, id: string, value: number) => {
    table[id] ??= [];
    table[id].push(value);
  };
  order.forEach((letters, block) => {
    for (const letter of letters) {
      const arm: ArmName = letter === 'A' ? 'baseline' : 'candidate';
      const factor = Math.exp(offset[arm] + scatter * random.normal());
      const step = stepOf(costs[arm]) * factor;
      const steps = Math.ceil(100 / stepOf(costs[arm]));
      segments.arm.push(arm);
      segments.session.push(Math.floor((block * sessions) / blocks));
      segments.block.push(block);
      segments.at.push(5100 * pair + 700 + 105 * segments.at.length);
      segments.steps.push(steps);
      push(segments.metrics, 'step-time-p50', step);
      push(segments.metrics, 'step-time-mean', step * 1.01);
      push(segments.metrics, 'force-call-p50', costs[arm].forces * factor);
      for (const [phase, ms] of Object.entries(costs[arm])) push(segments.phases, phase, ms * steps * factor);
      segments.parts.push(...Array.from({ length: 5 }, () => step * (1 + 0.003 * random.normal())));
    }
  });
  return {
    seed: pair + 1,
    workers: { baseline: worker(costs.baseline, 184e6), candidate: worker(costs.candidate, 121e6) },
    segments,
    control: {
      at: Array.from({ length: blocks + 1 }, (_, k) => 5100 * pair + 690 + 425 * k),
      elapsed: Array.from({ length: blocks + 1 }, () => 4.1 * Math.exp(0.012 * random.normal())),
    },
  };
}

function worker(cost: StepCost, peakRss: number): WorkerRecord {
  return {
    start: 310,
    sessionCreate: 58,
    firstCall: 9 * cost.forces,
    earlyCalls: Array.from({ length: 9 }, () => 1.3 * cost.forces),
    warmUp: { steps: 900, elapsed: 510, settled: true },
    peakRss,
  };
}

export function stepOf(cost: StepCost): number {
  return cost.forces + cost.neighbors + cost.integrate + cost.other;
}
