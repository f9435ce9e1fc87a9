// Every way in which a worker of a campaign can fail: its cause is recorded, complete pairs stay, nothing keeps running.

import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Pilot, pilotCampaign, planCampaign, runPairedCampaign } from '../../src/measure/index.js';
import { type Script, scriptedArms } from '../support/scripted-arms.js';

let pilot: Pilot;

beforeAll(async () => {
  pilot = await pilotCampaign(scriptedArms().arms, {});
});

type Fault = NonNullable<Script['fault']>;

function measure(scripted: ReturnType<typeof scriptedArms>, patience = 20_000) {
  const shape = { pairs: 3, sessions: 1, blocks: 1, segment: 10 };
  const design = planCampaign(pilot, { ...shape, tolerance: 0.03, alpha: 0.002, seed: 1 });
  return runPairedCampaign('commands', scripted.arms, pilot, design, { patience });
}

const faults: readonly [string, Fault, string, RegExp][] = [
  ['crashes', { on: 'segment', count: 2, kind: 'crash' }, 'crash', /exit code 3.*dice fell badly/],
  ['dies within a line', { on: 'segment', count: 2, kind: 'half-line' }, 'crash', /exit code 0/],
  ['prints something else', { on: 'segment', kind: 'garbage' }, 'protocol', /"segment".*Loading the model/],
  ['hangs', { on: 'segment', count: 1, kind: 'hang' }, 'no-progress', /No sign of life for 3 s/],
  ['measures NaN', { on: 'segment', count: 1, kind: 'nan' }, 'protocol', /metrics.step-time-p50/],
  [
    'leaves out a metric',
    { on: 'segment', count: 1, kind: 'missing' },
    'protocol',
    /without the metric step-time-p50/,
  ],
  ['speaks another version', { on: 'start', kind: 'version' }, 'protocol', /version 99/],
  [
    'runs other steps',
    { on: 'segment', count: 1, kind: 'other-steps' },
    'protocol',
    /10 steps were asked for.* 20/,
  ],
  ['says an unknown word', { on: 'warm-up', kind: 'unknown' }, 'protocol', /coffee/],
  ['speaks unasked', { on: 'segment', count: 1, kind: 'unasked' }, 'protocol', /silence/],
  ['never becomes ready', { on: 'start', kind: 'hang' }, 'no-progress', /No sign of life/],
  ['reports a failure', { on: 'segment', count: 1, kind: 'failed' }, 'nan-energy', /not a number/],
];

describe.concurrent('a worker that', () => {
  it.each(faults)('%s ends the campaign with its cause', async (_, fault, cause, message) => {
    const scripted = scriptedArms({}, { fault });
    const measured = await measure(scripted, cause === 'no-progress' ? 3000 : undefined);
    expect([measured.status, measured.failure?.arm, measured.failure?.pair]).toEqual([
      'failed',
      'candidate',
      0,
    ]);
    expect(measured.failure?.cause).toBe(cause);
    expect(measured.failure?.message).toMatch(message);
    expect(measured.pairs).toEqual([]);
    expect(scripted.alive()).toEqual([]);
  });

  it('hangs in a segment is not waited for as long as for an answer that may take minutes', async () => {
    const scripted = scriptedArms({ fault: { on: 'segment', count: 2, kind: 'hang' } });
    const { failure } = await measure(scripted, 600_000);
    expect(failure).toMatchObject({ cause: 'no-progress', arm: 'baseline' });
    expect(failure?.message).toContain('for 10 s');
  });

  it('fails later leaves the pairs before it', async () => {
    const scripted = scriptedArms({ fault: { on: 'segment', count: 1, kind: 'crash', process: 1 } });
    const { status, failure, pairs } = await measure(scripted);
    expect([status, failure?.arm, failure?.pair, pairs.length]).toEqual(['failed', 'baseline', 1, 1]);
  });

  it('dies at its very end leaves its pair, and a failure', async () => {
    const scripted = scriptedArms({ fault: { on: 'end', kind: 'crash', process: 1 } });
    const measured = await measure(scripted);
    expect([measured.status, measured.failure?.cause]).toEqual(['failed', 'crash']);
    expect(measured.pairs).toHaveLength(2);
    expect(measured.pairs[1].workers.baseline.peakRss).toBeNull();
  });

  it('cannot be started at all is a misuse that the pilot throws', async () => {
    const { arms } = scriptedArms();
    const missing = { ...arms.candidate, command: ['mdbench-there-is-no-such-program --fast'] };
    await expect(pilotCampaign({ ...arms, candidate: missing }, {})).rejects.toMatchObject({
      code: 'measurement-failed',
      message: expect.stringMatching(/no-such-program.*not found/),
    });
    const absent = { ...arms.candidate, command: ['/nowhere/program', 'worker'] };
    await expect(pilotCampaign({ ...arms, candidate: absent }, {})).rejects.toMatchObject({
      code: 'measurement-failed',
      message: expect.stringContaining('ENOENT'),
    });
  });
});

describe('a pilot with little time', () => {
  it('gives up a worker that says nothing, after ten seconds, and says so', async () => {
    const scripted = scriptedArms();
    const candidate = { ...scripted.arms.candidate, label: 'sleep', command: ['sleep 1000.5'] };
    const begun = performance.now();
    await expect(pilotCampaign({ ...scripted.arms, candidate }, { pilotTime: 1000 })).rejects.toMatchObject({
      code: 'measurement-failed',
      message: expect.stringMatching(/candidate.*\(sleep\).*No sign of life for 10 s/),
      hint: expect.stringContaining('10 s'),
    });
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect([scripted.alive(), await running('1000.5')]).toEqual([[], []]);
  });

  it('ends the other worker at once when one cannot start', async () => {
    const scripted = scriptedArms({}, { fault: { on: 'start', kind: 'crash' } });
    const baseline = { ...scripted.arms.baseline, command: ['sleep 1000.75'] };
    const begun = performance.now();
    await expect(pilotCampaign({ ...scripted.arms, baseline }, {})).rejects.toMatchObject({
      message: expect.stringContaining('dice fell badly'),
    });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(await running('1000.75')).toEqual([]);
  });
});

describe('nothing keeps running', () => {
  it('of what a command line started beside its worker', async () => {
    const scripted = scriptedArms();
    const marker = `3${process.pid}.25`;
    const [node, file, script] = scripted.arms.candidate.command as [string, string, string];
    const line = `sleep ${marker} & "${node}" "${file}" '${script}'`;
    const candidate = { ...scripted.arms.candidate, command: [line] };
    const measured = await measure({ ...scripted, arms: { ...scripted.arms, candidate } });
    expect([measured.status, measured.pairs.length]).toEqual(['complete', 3]);
    expect(await running(marker)).toEqual([]);
  });

  it('of a worker that will not leave', async () => {
    const stubborn = scriptedArms({}, { stays: true });
    const found = await pilotCampaign(stubborn.arms, {});
    expect(found.metrics).toHaveLength(2);
    expect(stubborn.alive()).toEqual([]);
  });
});

function running(word: string): Promise<string[]> {
  const child = spawn('ps', ['-eo', 'args']);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  return new Promise((done) =>
    child.on('close', () => done(text.split('\n').filter((line) => line === `sleep ${word}`))),
  );
}
