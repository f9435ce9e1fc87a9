// What a worker of a paired campaign answers to each request. Order matters: prepare first and once, then the others.

import type { CaseSpec } from '../spec/case.js';
import { version } from '../version.js';
import { readEnvironment } from './environment.js';
import { garbageCollector, peakResidentSet } from './memory.js';
import type { PairReply, PairRequest } from './pair-protocol.js';
import { beginTrajectory, type SegmentTrajectory } from './segment-trajectory.js';
import { warmUp } from './segment-warm-up.js';

export type SegmentService = (request: PairRequest) => Promise<PairReply>;

/** Untimed calls in a fresh session and after a collection, which leaves caches cold. */
const warmingCalls = 2;
/** ms: a longer force call does not notice cold caches. */
const longCall = 10;

/** @param handicap share of each force call that is wasted on purpose; 0: none */
export function createSegmentService(
  spec: CaseSpec,
  handicap: number,
  isAborted: () => boolean,
): SegmentService {
  const collect = garbageCollector();
  let trajectory: SegmentTrajectory | null = null;

  async function prepare(seed: number): Promise<PairReply> {
    trajectory = await beginTrajectory(spec, { seed, handicap, isAborted });
    collect();
    const { sessionCreate, first, early } = trajectory.cold;
    return {
      type: 'prepared',
      workload: workloadOf(spec, trajectory),
      cold: { sessionCreate, firstCall: first, earlyCalls: [...early] },
    };
  }

  /** A full collection would throw compiled code away as well: the steps after it take a third longer for a while. */
  async function segment({ recorder, run, callUntimed }: SegmentTrajectory, steps: number) {
    const before = recorder.forceCallTimes.at(-1) ?? 0;
    collect({ type: 'minor' });
    if (before < longCall) await callUntimed(warmingCalls);
    await run(steps);
    return { type: 'segment', ...recorder.summary() } as const;
  }

  async function session({ isRenewable, renew, callUntimed }: SegmentTrajectory): Promise<PairReply> {
    if (!isRenewable) return { type: 'unsupported' };
    await renew();
    await callUntimed(warmingCalls);
    return { type: 'session' };
  }

  async function answer(request: PairRequest): Promise<PairReply> {
    if (request.type === 'end') {
      await trajectory?.dispose();
      return { type: 'ended', peakRss: peakResidentSet() };
    }
    if (request.type === 'prepare') {
      return trajectory ? outOfOrder('"prepare" comes once, first.') : prepare(request.seed);
    }
    if (!trajectory) return outOfOrder(`"prepare" has to come before "${request.type}".`);
    if (request.type === 'warm-up') return warmUp(trajectory, request.least, request.most);
    return request.type === 'session' ? session(trajectory) : segment(trajectory, request.steps);
  }

  return async (request) => {
    const reply = await answer(request);
    if (!trajectory?.failure) return reply;
    const { cause, message, hint } = trajectory.failure;
    return { type: 'failed', code: cause, message, hint };
  };
}

function outOfOrder(message: string): PairReply {
  return { type: 'failed', code: 'protocol', message, hint: null };
}

function workloadOf(
  { dynamics, forceField: { provider, threads } }: CaseSpec,
  trajectory: SegmentTrajectory,
) {
  const { id, kind, file, precision } = trajectory.forceField.description;
  const { backend, node, onnxruntime } = readEnvironment();
  return {
    forceField: id,
    file: file?.sha256 ?? null,
    system: trajectory.system.name,
    atoms: trajectory.system.numbers.length,
    structure: trajectory.structure,
    timestep: dynamics.timestep,
    temperature: dynamics.temperature,
    equilibrate: dynamics.equilibrate,
    skin: dynamics.skin,
    precision: kind === 'external' ? null : precision,
    threads,
    provider,
    backend,
    tool: version,
    node,
    onnxruntime,
  };
}
