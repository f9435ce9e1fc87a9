// What is left of an examination when something breaks: real processes, really broken. Nothing is thrown.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { examine } from '../../src/measure/index.js';
import { examinationSchema } from '../../src/result/index.js';
import { type CaseSpec, planCases } from '../../src/spec/index.js';
import { temporaryFolder } from '../support/cli.js';

afterEach(() => {
  delete process.env.NODE_OPTIONS;
});

function caseOf(forceField: string, dynamics: object, system = 'si64'): CaseSpec {
  const dynamicsOf = { steps: 60, equilibrate: 0, temperature: 1000, ...dynamics };
  return planCases({
    forceFields: [{ name: forceField }],
    systems: [{ name: system }],
    dynamics: dynamicsOf,
  })[0];
}

async function examined(baseline: CaseSpec, candidate: CaseSpec, frames = 60, options: object = {}) {
  const directory = temporaryFolder();
  const examination = await examine(
    { id: 'box', baseline, candidate },
    { frames, directory },
    { directory, ...options },
  );
  expect(examinationSchema.parse(examination)).toEqual(examination);
  expect(readdirSync(directory).filter((name) => name !== 'worst')).toEqual([]);
  return examination;
}

const silicon = caseOf('stillinger-weber', {});

it('a candidate that explodes after ten frames keeps them', async () => {
  const { frames, observables, failure } = await examined(
    silicon,
    caseOf('stillinger-weber', { timestep: 16 }),
  );
  expect(failure).toMatchObject({ cause: 'explosion', message: expect.stringContaining('has exploded') });
  expect(observables.map(({ arm, steps }) => [arm, steps])).toEqual([
    ['baseline', 60],
    ['candidate', 13],
  ]);
  expect(frames.map(({ source, step }) => [source, step.length])).toEqual([
    ['baseline', 60],
    ['candidate', 13],
  ]);
  const [whole, cut] = observables;
  expect(cut.spectrum.whole.length).toBe(whole.spectrum.whole.length);
  expect(cut.radialDistribution[0].curve.whole.length).toBe(whole.radialDistribution[0].curve.whole.length);
});

it('a baseline that explodes at once is a failure, and the candidate goes on', async () => {
  const { frames, observables, failure } = await examined(
    caseOf('stillinger-weber', { timestep: 30 }),
    silicon,
    12,
  );
  expect(failure?.cause).toBe('explosion');
  expect(observables.map(({ arm }) => arm)).toEqual(['candidate']);
  expect(frames.map(({ source, step }) => [source, step.length])).toEqual([['candidate', 12]]);
});

it('a candidate that does not know the element says so once', async () => {
  const { frames, observables, failure } = await examined(silicon, caseOf('lennard-jones', {}), 12);
  expect(failure?.cause).toBe('unknown-element');
  expect(failure?.message.match(/knows Ar/g)).toHaveLength(1);
  expect([frames.length, observables.map(({ arm }) => arm)]).toEqual([0, ['baseline']]);
});

it('other atoms are not compared', async () => {
  const { frames, observables, failure } = await examined(
    silicon,
    caseOf('stillinger-weber', {}, 'si216'),
    12,
  );
  expect(failure).toMatchObject({ cause: 'incomparable', message: expect.stringMatching(/si64 and si216/) });
  expect([frames.length, observables.length]).toEqual([0, 2]);
});

it('a worker that cannot start is a crash on record', async () => {
  process.env.NODE_OPTIONS = '--import=/nowhere/at-all.mjs';
  const { frames, observables, failure } = await examined(silicon, silicon);
  expect([failure?.cause, frames.length, observables.length]).toEqual(['crash', 0, 0]);
  expect(failure?.message).toContain('at-all.mjs');
});

it('a folder that cannot be written is a failure on record', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const pair = { id: 'box', baseline: silicon, candidate: silicon };
  const { failure } = await examine(pair, { frames: 5, directory: file }, { directory: file });
  expect(failure?.cause).toBe('output-not-writable');
});

it('stops when asked to, and keeps what there is', async () => {
  const abort = new AbortController();
  const endless = caseOf('stillinger-weber', { steps: 10_000_000, temperature: 300 });
  const { frames, observables, failure } = await examined(endless, endless, 100_000, {
    signal: abort.signal,
    onProgress: ({ step }: { step: number }) => step > 1000 && abort.abort(),
  });
  expect(failure).toMatchObject({ cause: 'aborted', message: expect.stringContaining('stillinger-weber') });
  expect(observables.map(({ arm, steps }) => [arm, steps > 1000])).toEqual([['baseline', true]]);
  expect(frames).toEqual([]);
});
