// Profiling passes as they run: in real worker processes, against the timing pass of the same trajectory.

import { describe, expect, it } from 'vitest';
import { measureCase } from '../../src/measure/index.js';
import { type MeasuredPass, profileCase } from '../../src/measure/profile-campaign.js';
import { markNames, totalParts } from '../../src/profile/index.js';
import { decodeCase, type Failure } from '../../src/result/index.js';
import { type CaseSpec, planCases } from '../../src/spec/index.js';
import { temporaryFolder } from '../support/cli.js';

const directory = temporaryFolder();

function specOf(name: string, system: string, dynamics: object): CaseSpec {
  return planCases({ forceFields: [{ name }], systems: [{ name: system }], dynamics })[0]!;
}

function passed(outcome: MeasuredPass | Failure): MeasuredPass {
  if ('cause' in outcome) throw new Error(outcome.message);
  return outcome;
}

describe('a profiling pass of an ONNX force field', async () => {
  const spec = specOf('silicon-student', 'si64', {
    steps: 450,
    equilibrate: 20,
    temperature: 900,
    skin: 0.3,
  });
  const pass = passed(await profileCase(spec, { seed: 1, steps: 450, cuda: null }, {}));
  const timed = await measureCase(spec, { directory });
  const { recording } = pass;

  it('is the trajectory of the timing pass, bit for bit', () => {
    const [{ columns }] = decodeCase(timed, directory);
    expect(recording.steps).toBe(450);
    expect(Array.from(recording.conserved)).toEqual(Array.from(columns.conserved));
  });

  it('has the moments of every step in order, one step after the other', () => {
    const { marks, steps } = recording;
    for (let k = 0; k < steps; k++) {
      const moments = markNames.map((name) => marks[name][k]!);
      expect(moments).toEqual([...moments].sort((a, b) => a - b));
      if (k > 0) expect(marks.begin[k]!).toBeGreaterThanOrEqual(marks.end[k - 1]!);
    }
  });

  it('has parts that sum to its whole steps', () => {
    const { whole, parts, collected } = totalParts(recording, 0);
    const sum = [...Object.values(parts), ...Object.values(collected)].reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(whole, 6);
    expect(Math.min(parts.feeds, parts.forces, parts.outputs)).toBeGreaterThan(0);
    expect(parts.forces).toBe(Math.max(...Object.values(parts)));
  });

  it('knows where the list was rebuilt, and before which steps memory was looked at', () => {
    const at = (flags: Uint8Array) => [...flags].flatMap((flag, k) => (flag ? [k + 1] : []));
    expect(at(recording.rebuilt).length).toBeGreaterThan(2);
    expect(at(recording.rebuilt)).toEqual(timed.recording.trajectories[0]!.neighbors!.rebuildSteps);
    expect(at(recording.checkpointed)).toEqual([201, 401]);
  });

  it('saw the collections that looking at memory forces, between steps', () => {
    const forced = recording.collections.filter(({ kind }) => kind === 'major');
    expect(forced.length).toBeGreaterThanOrEqual(2);
    const { begin, end } = recording.marks;
    const inside = forced.filter((one) =>
      begin.some((time, k) => time < one.begin + one.duration && end[k]! > one.begin),
    );
    expect(inside).toEqual([]);
  });
});

describe('a profiling pass', () => {
  it('of a force field without parts knows its call as one', async () => {
    const spec = specOf('stillinger-weber', 'si8', { steps: 30, equilibrate: 0 });
    const { recording, hook } = passed(await profileCase(spec, { seed: 3, steps: 30, cuda: null }, {}));
    expect([...recording.marks.feedsEnd].every(Number.isNaN)).toBe(true);
    const { parts } = totalParts(recording, 0);
    expect([parts.feeds, parts.outputs]).toEqual([0, 0]);
    expect(parts.forces).toBeGreaterThan(0);
    expect(hook).toBeNull();
  });

  it('ends where physics breaks down, with the steps until then', async () => {
    const spec = specOf('stillinger-weber', 'si8', {
      steps: 400,
      equilibrate: 0,
      timestep: 80,
      temperature: 5000,
    });
    const { recording, failure } = passed(await profileCase(spec, { seed: 1, steps: 400, cuda: null }, {}));
    expect(['explosion', 'nan-energy']).toContain(failure?.cause);
    expect(recording.steps).toBe(failure?.step);
  });

  it('stops when asked to and keeps what it has', async () => {
    const abort = new AbortController();
    const spec = specOf('lennard-jones', 'ar256', { steps: 20_000, equilibrate: 0 });
    const pass = passed(
      await profileCase(
        spec,
        { seed: 1, steps: 20_000, cuda: null },
        { signal: abort.signal, onProgress: ({ step }) => step > 0 && abort.abort() },
      ),
    );
    expect(pass.aborted).toBe(true);
    expect(pass.recording.steps).toBeGreaterThan(0);
    expect(pass.recording.steps).toBeLessThan(20_000);
  });

  it('that cannot run says why', async () => {
    const spec = specOf('nowhere.onnx', 'si8', { steps: 10 });
    const failure = await profileCase(spec, { seed: 1, steps: 10, cuda: null }, {});
    expect(failure).toMatchObject({
      cause: 'file-not-found',
      message: expect.stringContaining('nowhere.onnx'),
    });
  });
});
