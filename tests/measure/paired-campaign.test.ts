// Campaigns with real processes that do as a script says: who runs when, within which budget, and what is kept.

import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CampaignArm,
  type Pilot,
  type PlanAsked,
  pilotCampaign,
  planCampaign,
  runPairedCampaign,
} from '../../src/measure/index.js';
import { type ArmName, pairedCampaignSchema } from '../../src/result/index.js';
import { pairEffect } from '../../src/stats/index.js';
import { type LogEntry, scriptedArms } from '../support/scripted-arms.js';

const rule = { tolerance: 0.03, alpha: 0.002, seed: 5 };
const twenty = { ...rule, segment: 20 };
let pilot: Pilot;

beforeAll(async () => {
  pilot = await pilotCampaign(scriptedArms({}, { stepTime: 1.1 }).arms, {});
});

/** A machine that is busy for a moment is no reason to plan for a slow one. */
const swift = () => ({ ...pilot, elapsed: 0, startTime: 200 });

/** Of short segments, without the time of the pilot. */
function campaign(
  arms: Record<ArmName, CampaignArm>,
  asked: Partial<PlanAsked>,
  options: Parameters<typeof runPairedCampaign>[4] = {},
) {
  return runPairedCampaign(
    'commands',
    arms,
    swift(),
    planCampaign(swift(), { ...twenty, ...asked }),
    options,
  );
}

describe('the pilot', () => {
  it('finds out what a step takes and what a pair costs', () => {
    expect(pilot.metrics).toEqual(['step-time-p50', 'step-time-mean']);
    expect(pilot.steps).toEqual({ baseline: 100, candidate: 91 });
    expect(pilot.stepTimes.candidate).toBeCloseTo(1.1);
    expect(pilot.workloads.candidate.forceField).toBe('candidate');
    expect(pilot.blockTime).toBeGreaterThan(400);
    expect(pilot.elapsed).toBeGreaterThan(pilot.startTime + 2 * pilot.blockTime);
    expect(pilot.machine.controlTime).toBeGreaterThan(0);
  });

  it('throws what a worker says is wrong, with its code', async () => {
    const broken = scriptedArms({ fault: { on: 'prepare', kind: 'failed' } });
    await expect(pilotCampaign(broken.arms, {})).rejects.toMatchObject({
      code: 'measurement-failed',
      message: 'baseline: Energy is not a number.',
      hint: 'Smaller steps.',
    });
    expect(broken.alive()).toEqual([]);
  });

  it('takes steps of seconds one by one', async () => {
    const slow = scriptedArms({ stepTime: 2 }, { stepTime: 700 });
    const found = await pilotCampaign(slow.arms, {});
    expect(found.steps).toEqual({ baseline: 50, candidate: 5 });
    expect(
      slow
        .entries()
        .filter(({ type }) => type === 'segment')
        .map(({ steps }) => steps),
    ).toEqual([1, 1]);
  });
});

describe('a campaign', () => {
  it('runs ABBA and BAAB, one worker at a time, in fresh processes with the same seed', async () => {
    const scripted = scriptedArms({}, { stepTime: 1.1 });
    const seen: number[] = [];
    const measured = await campaign(
      scripted.arms,
      { pairs: 4 },
      {
        onProgress: ({ pair, change }) => {
          if (change !== null) seen.push(pair);
        },
      },
    );
    expect(pairedCampaignSchema.safeParse(measured).error).toBeUndefined();
    expect(measured.status).toBe('complete');
    expect(measured.pairs).toHaveLength(4);
    const orders = measured.pairs.map(({ segments }) => segments.arm.map((arm) => arm[0]).join(''));
    expect(new Set(orders)).toEqual(new Set(['bccbcbbcbccbcbbc', 'cbbcbccbcbbcbccb']));
    expect(measured.pairs[0].segments.block).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
    expect(measured.pairs[0].segments.session).toEqual([...Array(8).fill(0), ...Array(8).fill(1)]);
    expect(measured.pairs[0].control.elapsed).toHaveLength(5);
    expect(measured.pairs.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
    for (const { segments } of measured.pairs) {
      const effect = pairEffect(
        segments.arm,
        segments.session,
        segments.block,
        segments.metrics['step-time-p50'],
      );
      expect(effect).toBeCloseTo(Math.log(1.1));
    }
    expect(seen).toContain(1);
    expectOneAtATime(scripted.entries());
    expect(new Set(scripted.entries().map(({ pid }) => pid)).size).toBe(8);
    const prepared = scripted.entries().filter(({ type }) => type === 'prepare');
    expect(prepared.map(({ seed }) => seed)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expectDroppedSegments(scripted.entries(), measured.arms);
    expect(scripted.alive()).toEqual([]);
  });

  it('looks when the design says so, and stops when it is told enough', async () => {
    const looks: number[] = [];
    const short = { ...planCampaign(pilot, { ...twenty, sessions: 1, blocks: 1 }), looks: [2, 3, 8] };
    const measured = await runPairedCampaign('commands', scriptedArms().arms, pilot, short, {
      onLook: ({ length }) => looks.push(length) === 2,
    });
    expect(looks).toEqual([2, 3]);
    expect([measured.status, measured.pairs.length]).toEqual(['complete', 3]);
  });

  it('looks at its end, wherever that is', async () => {
    const looks: number[] = [];
    const two = planCampaign(pilot, { ...twenty, pairs: 2, sessions: 1, blocks: 1 });
    const measured = await runPairedCampaign(
      'commands',
      scriptedArms().arms,
      pilot,
      { ...two, looks: [4] },
      {
        onLook: ({ length }) => looks.push(length) < 0,
      },
    );
    expect([looks, measured.pairs.length]).toEqual([[2], 2]);
  });

  it('rests between workers that have threads', async () => {
    const { arms } = scriptedArms({ threads: 2 });
    const threaded = { ...pilot, workloads: { ...pilot.workloads, baseline: { threads: 2 } } };
    const design = planCampaign(threaded, { ...twenty, pairs: 1, sessions: 1, blocks: 1 });
    expect(design.handover).toBe(20);
    const { pairs } = await runPairedCampaign('commands', arms, threaded, design, {});
    const { at } = pairs[0].segments;
    expect(at[1] - at[0]).toBeGreaterThan(38);
    expect(at[3] - at[2]).toBeGreaterThan(38);
  });
});

describe('a budget', () => {
  it('holds: the pair that would not fit is not begun', async () => {
    const { arms, entries } = scriptedArms();
    const planned = planCampaign(swift(), { ...twenty, budget: 20_000, sessions: 1, blocks: 1 });
    const budget = 2500;
    const measured = await runPairedCampaign('commands', arms, swift(), { ...planned, budget }, {});
    expect(measured.elapsed).toBeLessThan(1.1 * budget);
    expect(measured.pairs.length).toBeGreaterThan(0);
    expect(measured.pairs.length).toBeLessThan(planned.pairs);
    expect(new Set(entries().map(({ pid }) => pid)).size).toBe(2 * measured.pairs.length);
  });

  it('too small for a single pair is kept as well', async () => {
    const { arms, entries } = scriptedArms();
    const measured = await campaign(arms, { budget: 10 });
    expect([measured.status, measured.pairs]).toEqual(['complete', []]);
    expect(measured.design.expectedTime).toBeGreaterThan(10);
    expect(entries()).toEqual([]);
  });

  it('ends a pair that turns out too slow', async () => {
    const { arms, alive } = scriptedArms({ slowness: [1, 3] });
    const shape = { budget: 5000, sessions: 1, blocks: 12, segment: 40 };
    const begun = performance.now();
    const measured = await campaign(arms, shape);
    expect(performance.now() - begun).toBeLessThan(1.1 * 5000);
    expect([measured.status, measured.failure, measured.pairs.length]).toEqual(['complete', null, 1]);
    expect(alive()).toEqual([]);
  });

  it('that is over while a worker hangs is no excuse for it', async () => {
    const { arms, alive } = scriptedArms({ fault: { on: 'segment', process: 2, count: 2, kind: 'hang' } });
    const measured = await campaign(arms, { budget: 6000, sessions: 1, blocks: 1 });
    expect(measured.elapsed).toBeLessThan(1.1 * 6000);
    expect([measured.status, measured.pairs.length]).toEqual(['failed', 2]);
    expect(measured.failure).toMatchObject({ cause: 'no-progress', arm: 'baseline', pair: 2 });
    expect(alive()).toEqual([]);
  });

  it('that is over while a worker hangs in its start is none either', async () => {
    const { arms } = scriptedArms({}, { fault: { on: 'prepare', process: 1, kind: 'hang' } });
    const { status, failure, pairs } = await campaign(arms, { budget: 4000, sessions: 1, blocks: 1 });
    expect([status, failure?.cause, failure?.arm, pairs.length]).toEqual([
      'failed',
      'no-progress',
      'candidate',
      1,
    ]);
  });
});

describe('an abort', () => {
  it('keeps complete pairs and leaves nothing running', async () => {
    const abort = new AbortController();
    const { arms, alive } = scriptedArms();
    const measured = await campaign(
      arms,
      { pairs: 4, sessions: 1, blocks: 2 },
      {
        signal: abort.signal,
        onProgress: ({ pair, stage, block }) => {
          if (pair === 1 && stage === 'segments' && block === 1) setTimeout(() => abort.abort(), 10);
        },
      },
    );
    expect([measured.status, measured.failure, measured.pairs.length]).toEqual(['aborted', null, 1]);
    expect(alive()).toEqual([]);
  });

  it('during the pilot is thrown', async () => {
    const { arms, alive } = scriptedArms({ fault: { on: 'warm-up', kind: 'hang' } });
    const signal = AbortSignal.timeout(700);
    await expect(pilotCampaign(arms, { signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(alive()).toEqual([]);
  });
});

function expectOneAtATime(entries: readonly LogEntry[]): void {
  const inOrder = entries.filter(({ type }) => type !== 'start');
  for (let k = 1; k < inOrder.length; k++) {
    expect(inOrder[k].begun).toBeGreaterThanOrEqual(inOrder[k - 1].ended);
  }
}

/** The first segment of every session is a short one, and is in no column. */
function expectDroppedSegments(
  entries: readonly LogEntry[],
  arms: Record<ArmName, { segmentSteps: number }>,
): void {
  for (const name of ['baseline', 'candidate'] as const) {
    const steps = entries
      .filter((entry) => entry.name === name && entry.type === 'segment' && entry.ordinal === 0)
      .map((entry) => entry.steps);
    const full = arms[name].segmentSteps;
    const session = [Math.ceil(full / 4), full, full, full, full];
    expect(steps).toEqual([...session, ...session]);
  }
}
