// The passes of a profile as their parent asks for them, each in a fresh process. What breaks is a value.

import type { PassRecording } from '../profile/index.js';
import type { CudaDevice, Failure } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import { type CampaignOptions, type CaseProgress, workerOptions } from './campaign.js';
import { failureOfWorker } from './case-failure.js';
import { now } from './clock.js';
import { watchDevices } from './device-monitor.js';
import { tracedPids } from './injection.js';
import {
  decodeRecording,
  type OperatorPass,
  type PassAsked,
  type ProfilePass,
  type ProfileRequest,
} from './profile-protocol.js';
import type { Progress, Reply } from './protocol.js';
import { askWorker, isDeath } from './worker-process.js';

type PassOptions = Pick<CampaignOptions, 'signal' | 'patience' | 'onProgress'>;

/** A pass with what the devices did meanwhile; they are looked at only where the hook is on. */
export interface MeasuredPass extends ProfilePass {
  readonly devices: readonly CudaDevice[];
  readonly deviceReason: string | null;
}

/** @returns the pass, or why there is none */
export async function profileCase(
  spec: CaseSpec,
  asked: PassAsked,
  options: PassOptions,
): Promise<MeasuredPass | Failure> {
  const processes: number[] = [];
  const { cuda } = asked;
  const monitor = cuda ? watchDevices(() => [...processes, ...tracedPids(cuda.folder)]) : null;
  const request: ProfileRequest = { type: 'profile', case: spec, ...asked };
  const reply = await ask(request, spec, asked.seed, options, (pid) => processes.push(pid));
  const { devices, reason } = monitor?.finish() ?? { devices: [], reason: null };
  if ('cause' in reply) return reply;
  if (reply.type !== 'profiled') return unexpected(reply, asked.seed);
  const recording: PassRecording = decodeRecording(reply.recording);
  return { ...reply, recording, devices, deviceReason: reason };
}

/** @returns the pass, or why there is none */
export async function profileOperators(
  spec: CaseSpec,
  plainCall: number | null,
  options: PassOptions,
): Promise<OperatorPass | Failure> {
  const { seed } = spec.dynamics;
  const reply = await ask({ type: 'operators', case: spec, plainCall }, spec, seed, options);
  if ('cause' in reply) return reply;
  return reply.type === 'operators' ? reply : unexpected(reply, seed);
}

async function ask(
  request: ProfileRequest,
  spec: CaseSpec,
  seed: number,
  options: PassOptions,
  onStart?: (pid: number) => void,
): Promise<Exclude<Reply, { type: 'failed' }> | Failure> {
  let last: Progress | null = null;
  const outcome = await askWorker(request, {
    ...workerOptions(options),
    ...(onStart ? { onStart } : {}),
    onNote(note) {
      if (note.type !== 'progress') return;
      last = note.progress;
      const progress: CaseProgress = { ...note.progress, caseId: spec.id, seed, clock: now() };
      options.onProgress?.(progress);
    },
  });
  if (isDeath(outcome) || outcome.type === 'failed') return failureOfWorker(outcome, last, seed);
  return outcome;
}

function unexpected({ type }: Reply, seed: number): Failure {
  const message = `unexpected answer ${type}`;
  return { stage: 'profile', seed, step: null, cause: 'protocol', message, hint: null };
}
