// One arm alone, in fresh processes: what a stored baseline is made of.

import type { SoloRun, Workload } from '../result/index.js';
import { quantile } from '../stats/index.js';
import { type CampaignArm, firstSeed, type PairedOptions } from './campaign-arm.js';
import { now } from './clock.js';
import { type Control, createControl } from './control.js';
import { type PairProcess, startPairProcess } from './pair-process.js';
import { defaultSegment, droppedSteps, segmentSteps } from './segment-length.js';
import { failureOf, misuseOf } from './worker-failure.js';

/** A run with what its arm is; the same in all runs of one arm. */
export interface MeasuredSolo extends SoloRun {
  readonly workload: Workload;
  readonly segmentSteps: number;
}

const segments = 8;

/** @throws MdbenchError with the worker's own code for misuse, `measurement-failed` when a worker dies, `aborted` */
export async function measureSolo(
  arm: CampaignArm,
  runs: number,
  options: PairedOptions,
): Promise<MeasuredSolo[]> {
  const begun = now();
  const control = createControl();
  const measured: MeasuredSolo[] = [];
  for (let k = 0; k < runs; k++) {
    tell(arm, k, runs, begun, options);
    const seed = firstSeed(arm) + k;
    try {
      measured.push(await measureOnce(arm, seed, measured[0]?.segmentSteps ?? null, control, options));
    } catch (error) {
      throw misuseOf(failureOf(error), arm.label);
    }
  }
  return measured;
}

/** @param steps of a segment; null: as the first worker's warm-up says */
async function measureOnce(
  arm: CampaignArm,
  seed: number,
  steps: number | null,
  control: Control,
  options: PairedOptions,
): Promise<MeasuredSolo> {
  const process = await startPairProcess('baseline', arm, options);
  try {
    const { workload } = await process.prepare(seed);
    const { stepTime } = await process.warmUp();
    const count = steps ?? segmentSteps(stepTime, defaultSegment);
    const { metrics, controls } = await measureSegments(process, count, count * stepTime, control);
    await process.end();
    const worker = process.record();
    return { seed, metrics, control: quantile(controls, 0.5), worker, workload, segmentSteps: count };
  } finally {
    await process.kill();
  }
}

async function measureSegments(process: PairProcess, steps: number, length: number, control: Control) {
  const values: Record<string, number[]> = {};
  const controls: number[] = [];
  await process.segment(droppedSteps(steps), length);
  for (let k = 0; k < segments; k++) {
    control.run();
    controls.push(control.run());
    const { metrics } = await process.segment(steps, length);
    for (const [id, value] of Object.entries(metrics)) values[id] = [...(values[id] ?? []), value];
  }
  const metrics = Object.fromEntries(Object.entries(values).map(([id, list]) => [id, quantile(list, 0.5)]));
  return { metrics, controls };
}

function tell({ label }: CampaignArm, pair: number, pairs: number, begun: number, options: PairedOptions) {
  const elapsed = now() - begun;
  options.onProgress?.({
    campaign: label,
    stage: 'start',
    pair,
    pairs,
    block: 0,
    blocks: 1,
    elapsed,
    expected: pair > 0 ? (elapsed * pairs) / pair : 0,
    change: null,
    detectable: null,
    clock: now(),
  });
}
