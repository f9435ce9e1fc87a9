// One line of progress each; what changes comes first, so that a narrow terminal cuts off names and nothing else.

import type { AwaitedClient, FlowStage, PairProgress, RunProgress } from '../index.js';

/** A case: where it is, how fast, how long still, and whether the physics is sane. */
export function progressText(progress: RunProgress): string {
  const { caseIndex, caseCount, caseId, seed, stage, step, steps, elapsed, temperature, drift } = progress;
  const rate = (1000 * step) / Math.max(elapsed, 1e-6);
  const parts = [
    `${stage} ${step}/${steps}`,
    `${rate >= 100 ? rate.toFixed(0) : rate.toPrecision(2)} steps/s`,
    `${clockText((steps - step) / rate)} left`,
    `${temperature.toFixed(0)} K`,
  ];
  if (drift !== null) parts.push(`drift ${drift.toPrecision(2)} meV/atom`);
  parts.push(`${caseCount > 1 ? `${caseIndex + 1}/${caseCount} ` : ''}${caseId} seed ${seed}`);
  return parts.join('  ');
}

/** A campaign: where it is, how long it takes, the change so far and the smallest that the plan can see. */
export function pairText(progress: PairProgress): string {
  const { change, detectable } = progress;
  const found = change === null ? [] : [`change ${changeText(change)}`];
  if (detectable !== null && detectable < worthTelling)
    found.push(`sees ${(100 * detectable).toPrecision(2)} %`);
  return campaignText(progress, found);
}

/** The same of a comparison, with the speed-up so far. */
export function comparisonText(progress: PairProgress): string {
  const { change } = progress;
  return campaignText(progress, change === null ? [] : [`${timesText(1 / (1 + change))} so far`]);
}

function campaignText(progress: PairProgress, found: readonly string[]): string {
  const { campaign, stage, pair, pairs, block, blocks, elapsed, expected } = progress;
  if (stage === 'pilot') return `pilot  ${clockText(elapsed / 1000)}`;
  const parts = [
    `pair ${pair + 1}/${pairs}`,
    stage === 'start' ? 'starting' : `block ${block + 1}/${blocks}`,
    `${clockText(elapsed / 1000)} of ${clockText(expected / 1000)}`,
  ];
  return [...parts, ...found, campaign].join('  ');
}

/** A share beyond which nobody calls it a change. */
const worthTelling = 1;

const stages: Record<FlowStage['stage'], string> = {
  prepare: 'preparing every case once',
  physics: 'examining the physics of each force field',
  examine: 'frames of both trajectories under both force fields',
  runs: 'fresh processes of one arm alone',
  report: 'writing the report',
  profiled: 'profiling pass',
  again: 'plain and profiled once more, shorter',
  operators: 'operators of ONNX Runtime',
  cuda: 'CUDA kernels',
  program: 'the program as it is',
  traced: 'the program with the hook',
};

export function stageText({ stage, id }: FlowStage): string {
  return id === null ? stages[stage] : `${stages[stage]}  ${id}`;
}

/** A client that somebody has to start; said once, and again only where it was lost. */
export function awaitedText({ address, path, again }: AwaitedClient): string {
  const place = path === null ? address : `${address} (${path})`;
  return again
    ? `The client at ${address} is gone. Listening at ${place} again: start it once more.`
    : `Listening at ${place}: start the client now.`;
}

function changeText(change: number): string {
  const percent = 100 * change;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toPrecision(2)} %`;
}

/** Two digits of the ratio, three around 1. */
function timesText(ratio: number): string {
  if (ratio >= 10) return `${ratio.toFixed(0)}×`;
  return `${ratio >= 0.5 && ratio < 2 ? ratio.toFixed(2) : ratio.toPrecision(2)}×`;
}

function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
