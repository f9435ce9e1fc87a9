// The blocks of one pair: exactly one worker is asked at a time, ABBA or BAAB, the control workload between blocks.

import type { ArmName, CampaignDesign, Pair } from '../result/index.js';
import { now } from './clock.js';
import type { Control } from './control.js';
import { blockOrder, otherArm } from './pair-order.js';
import type { PairProcess } from './pair-process.js';
import type { SegmentRow } from './segment-columns.js';
import { droppedSteps } from './segment-length.js';
import { protocolError } from './worker-failure.js';

export interface BlocksAsked {
  readonly first: ArmName;
  readonly shape: Pick<CampaignDesign, 'sessions' | 'blocks' | 'handover'>;
  readonly steps: Readonly<Record<ArmName, number>>;
  /** ms a step, to know a worker that hangs. */
  readonly stepTimes: Readonly<Record<ArmName, number>>;
  /** Ids that every segment has to have. */
  readonly metrics: readonly string[];
  readonly control: Control;
  /** The clock's time that `at` counts from. */
  readonly begun: number;
  /** Called before each block, counted over the whole pair. */
  readonly onBlock: (block: number) => void;
}

export interface Blocks {
  readonly rows: readonly SegmentRow[];
  readonly control: Pair['control'];
}

/** @throws Error with a WorkerFailure in it */
export async function runBlocks(
  processes: Readonly<Record<ArmName, PairProcess>>,
  asked: BlocksAsked,
): Promise<Blocks> {
  const { shape, steps, stepTimes, metrics, first, begun } = asked;
  const rows: SegmentRow[] = [];
  const control = { at: [] as number[], elapsed: [] as number[] };
  let last: ArmName = first;

  async function segment(arm: ArmName, count: number) {
    if (shape.handover > 0 && last !== arm) await rest(shape.handover);
    last = arm;
    const at = now() - begun;
    const reply = await processes[arm].segment(count, count * stepTimes[arm]);
    const missing = metrics.find((id) => !(id in reply.metrics));
    if (missing !== undefined) throw protocolError(arm, `A segment came without the metric ${missing}.`);
    return { arm, at, ...reply };
  }

  /** The first run after a pause finds cold caches: it is not kept. */
  function runControl(): void {
    asked.control.run();
    control.at.push(now() - begun);
    control.elapsed.push(asked.control.run());
  }

  for (let session = 0; session < shape.sessions; session++) {
    for (const arm of [first, otherArm(first)]) {
      if (session > 0) await processes[arm].session();
      await segment(arm, droppedSteps(steps[arm]));
    }
    for (let k = 0; k < shape.blocks; k++) {
      const block = session * shape.blocks + k;
      asked.onBlock(block);
      runControl();
      for (const arm of blockOrder(first, block)) {
        rows.push({ ...(await segment(arm, steps[arm])), session, block });
      }
    }
  }
  runControl();
  return { rows, control };
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
