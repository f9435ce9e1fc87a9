// Documents of `mdbench profile` with known numbers: an ONNX force field, an analytic one, and what broke off.

import type { ReportInput } from '../../src/report/index.js';
import { documentSchema, type ResultDocument } from '../../src/result/document.js';
import {
  type Counters,
  type OperatorProfile,
  type PhaseTable,
  type Profile,
  type ProfilePhase,
  profilePhases,
  type Spikes,
} from '../../src/result/profile.js';
import { type CaseOptions, sampleInput } from './sample-document.js';

export const emptyProfile: Profile = {
  caseId: null,
  command: null,
  failure: null,
  phases: null,
  spikes: null,
  operators: null,
  counters: null,
  cuda: null,
  trace: null,
  warnings: [],
};

/** A step of 2 ms: 94 % force call, 1 % list, 0.5 % feeds, 1.5 % integrator, the rest below. */
export const onnxShares: Record<ProfilePhase, number> = {
  neighbors: 1,
  feeds: 0.5,
  forces: 94,
  outputs: 0.25,
  integrate: 1.5,
  observe: 0.25,
  'garbage-collection': 1.25,
  unattributed: 1.25,
};

export function phasesOf(shares: Record<ProfilePhase, number>, step: number): PhaseTable {
  return {
    plainSteps: 950,
    profiledSteps: 940,
    plainStep: step,
    profiledStep: 1.02 * step,
    slowdown: { ratio: 1.018, spread: 1.007 },
    rows: profilePhases.map((phase) => ({
      phase,
      share: shares[phase],
      time: (shares[phase] / 100) * step,
      profiled: (1.02 * shares[phase] * step) / 100,
    })),
    warnings: [],
  };
}

/** 61 % MatMul; the types sum to 98.5 %. */
export function operatorsOf(change: Partial<OperatorProfile> = {}): OperatorProfile {
  const callTime = 2;
  const types: [string, number, number][] = [
    ['MatMul', 61, 12],
    ['ScatterElements', 14, 2],
    ['Mul', 8, 30],
    ['Gather', 5, 4],
    ['Sigmoid', 4, 6],
    ['Add', 2, 20],
    ['Concat', 1.5, 4],
    ['Pow', 1, 3],
    ['Sqrt', 0.75, 2],
    ['Reshape', 0.5, 10],
    ['Slice', 0.25, 5],
    ['Cos', 0.25, 1],
    ['Cast', 0.25, 2],
  ];
  const nodes = types.flatMap(([operator, share, count]) =>
    Array.from({ length: count }, (_, k) => ({
      name: `/interaction.${k}/equivariant_layer_with_a_long_name/${operator}_${k}`,
      operator,
      provider: 'CPU',
      calls: 1,
      time: (share * callTime) / 100 / count,
      share: share / count,
      inputs: ['float32[1152,64]', 'float32[64,64]'],
      outputs: ['float32[1152,64]'],
    })),
  );
  return {
    provider: 'CPU',
    calls: 200,
    callTime,
    plainCall: 1.9,
    covered: 98.5,
    hostLaunch: false,
    threads: 1,
    types: types.map(([operator, share, count]) => ({
      operator,
      provider: 'CPU',
      nodes: count,
      calls: count,
      time: (share * callTime) / 100,
      share,
    })),
    nodes: nodes.sort((a, b) => b.time - a.time),
    hotSpots: [
      {
        code: 'dense-products',
        values: {
          operator: 'MatMul',
          share: 61.9,
          calls: 12,
          node: '/MatMul_0',
          shape: 'float32[1152,64]',
          threads: 1,
        },
      },
      {
        code: 'serial-scatter',
        values: {
          operator: 'ScatterElements',
          share: 14.2,
          calls: 2,
          node: '/Scatter_0',
          shape: null,
          threads: 1,
        },
      },
    ],
    warnings: [],
    ...change,
  };
}

/** Twelve spikes in 940 steps of 2 ms. */
function spikesOf(): Spikes {
  const spike = (step: number, time: number, ...causes: Spikes['largest'][number]['causes']) => ({
    step,
    time,
    causes,
    collection: causes.includes('garbage-collection') ? 0.9 : 0,
    switches: causes.includes('context-switch') ? 3 : 0,
  });
  const largest = [
    spike(41, 3.1, 'list-rebuild'),
    spike(114, 3.0, 'list-rebuild', 'context-switch'),
    spike(187, 3.2, 'list-rebuild'),
    spike(201, 4.5, 'checkpoint'),
    spike(260, 3.1, 'list-rebuild'),
    spike(333, 9.6, 'context-switch'),
    spike(401, 4.4, 'checkpoint'),
    spike(455, 3.4, 'garbage-collection'),
    spike(512, 21.5, 'unknown'),
    spike(640, 3.5, 'garbage-collection', 'context-switch'),
    spike(777, 2.9, 'context-switch'),
    spike(901, 3.6, 'garbage-collection'),
  ];
  const excess = (cause: string) =>
    largest.filter(({ causes }) => causes[0] === cause).reduce((sum, { time }) => sum + time - 2, 0);
  return {
    median: 2,
    threshold: 2.5,
    steps: 940,
    causes: [
      { cause: 'unknown', count: 1, excess: excess('unknown') },
      { cause: 'context-switch', count: 2, excess: excess('context-switch') },
      { cause: 'checkpoint', count: 2, excess: excess('checkpoint') },
      { cause: 'list-rebuild', count: 4, excess: excess('list-rebuild') },
      { cause: 'garbage-collection', count: 3, excess: excess('garbage-collection') },
    ],
    largest,
  };
}

/** A virtual machine: no counters of the processor. With `whole`: a machine that has them, 2.5 instructions a cycle. */
function countersOf(whole = false): Counters {
  const counter = (id: string, unit: string, total: number | null, reason: string | null = null) => ({
    id,
    unit,
    total,
    running: total === null ? null : 1,
    reason,
  });
  const missing = 'no-counter:ENOENT';
  return {
    steps: 1000,
    elapsed: 2100,
    counters: [
      counter('task-clock', 'ms', 2058),
      counter('cycles', 'count', whole ? 6e9 : null, whole ? null : missing),
      counter('instructions', 'count', whole ? 15e9 : null, whole ? null : missing),
      counter('cache-misses', 'count', whole ? 4_200_000 : null, whole ? null : missing),
      counter('context-switches-voluntary', 'count', 12),
      counter('context-switches-involuntary', 'count', 87),
    ],
    threads: [
      { id: 4711, name: 'node', time: 2031, voluntarySwitches: 4, involuntarySwitches: 80 },
      { id: 4713, name: 'v8', time: 21, voluntarySwitches: 6, involuntarySwitches: 7 },
      { id: 0, name: 'ended', time: 6, voluntarySwitches: 2, involuntarySwitches: 0 },
    ],
    energy: whole
      ? { domains: [{ name: 'package-0', joules: 31.5 }], reason: null }
      : { domains: [], reason: 'no-rapl' },
  };
}

const caseId = 'si64-silicon-student-nve';

export function onnxProfile(change: Partial<Profile> = {}): Profile {
  return {
    ...emptyProfile,
    caseId,
    phases: phasesOf(onnxShares, 2),
    spikes: spikesOf(),
    operators: operatorsOf(),
    counters: countersOf(),
    trace: { file: 'trace.json', steps: 1000, of: 1000 },
    ...change,
  };
}

/** 31 µs a step: 82 % forces, no feeds, no outputs. */
export function analyticProfile(): Profile {
  const shares = {
    ...onnxShares,
    neighbors: 9,
    feeds: 0,
    forces: 82,
    outputs: 0,
    integrate: 6,
    observe: 0.5,
  };
  return onnxProfile({
    phases: phasesOf(shares, 0.031),
    operators: null,
    spikes: { median: 0.031, threshold: 0.039, steps: 940, causes: [], largest: [] },
    counters: countersOf(true),
    warnings: [{ code: 'no-operators', values: { kind: 'stillinger-weber' } }],
  });
}

/** A document of one case a profile; none for those of commands. */
export function profileInput(
  profiles: readonly Profile[],
  cases: CaseOptions = {},
  change: Partial<ResultDocument> = {},
): ReportInput {
  const ids = [...new Set(profiles.flatMap(({ caseId }) => caseId ?? []))];
  const input = sampleInput(ids.map((id) => ({ steps: 300, ...cases, id })));
  return {
    samples: input.samples,
    document: documentSchema.parse({
      ...input.document,
      tool: {
        ...input.document.tool,
        command: ['mdbench', 'profile', ...(ids.length > 0 ? ['silicon-student.onnx'] : ['--command', '…'])],
      },
      profiles,
      ...change,
    }),
  };
}
