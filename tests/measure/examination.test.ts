// Examinations as they run: in real worker processes, against direct recomputation, the timed trajectory and its dump.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeForces } from '../../src/dynamics/index.js';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { examineTrajectory } from '../../src/measure/examined-trajectory.js';
import { readFrames } from '../../src/measure/frame-file.js';
import { type CaseProgress, dumpCase, examine, measureCase } from '../../src/measure/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { decodeCase, examinationSchema } from '../../src/result/index.js';
import { type CaseSpec, planCases } from '../../src/spec/index.js';
import { readExtxyz, type System } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';

function pairOf(forceFields: readonly string[], system: object, dynamics: object) {
  const [baseline, candidate] = planCases({
    forceFields: forceFields.map((name) => ({ name })),
    systems: [system as { name: string }],
    dynamics: { equilibrate: 20, steps: 60, ...dynamics },
  });
  return { id: 'box', baseline, candidate };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Energy and forces of one frame by a force field of its own. */
async function labelled(spec: CaseSpec, system: System) {
  const forceField = await createForceField(spec.forceField);
  await forceField.prepare(system);
  const list = forceField.neighbors && createNeighborList({ ...forceField.neighbors, skin: 0 });
  const output = createForceOutput(system.numbers.length);
  await computeForces(system, forceField, list, output);
  await forceField.dispose();
  return output;
}

describe('teacher and student on si64', async () => {
  const directory = temporaryFolder();
  const pair = pairOf(['silicon-teacher', 'silicon-student'], { name: 'si64' }, { temperature: 600 });
  const seen: CaseProgress[] = [];
  const examination = await examine(
    pair,
    { frames: 12, directory },
    { directory, onProgress: (p) => seen.push(p) },
  );
  const dumps = await Promise.all(
    (['baseline', 'candidate'] as const).map(async (arm) => {
      const file = join(directory, `${arm}.extxyz`);
      await dumpCase(pair[arm], { file, every: 5 }, { directory });
      return readExtxyz(readFileSync(file, 'utf8'), arm).slice(1);
    }),
  );

  it('fits the schema, has both sources, and leaves nothing but the worst frames', () => {
    expect(examinationSchema.parse(examination)).toEqual(examination);
    expect(examination).toMatchObject({
      id: 'box',
      baseline: 'silicon-teacher',
      candidate: 'silicon-student',
      failure: null,
    });
    expect(examination.frames.map(({ source }) => source)).toEqual(['baseline', 'candidate']);
    expect(examination.observables.map(({ arm, steps }) => [arm, steps])).toEqual([
      ['baseline', 60],
      ['candidate', 60],
    ]);
    const written = readdirSync(directory).filter((name) => !/^(baseline|candidate)\.extxyz$/.test(name));
    expect(written).toEqual(['worst']);
    expect(new Set(seen.map(({ caseId }) => caseId)).size).toBe(2);
    expect(seen.some(({ stage, step, steps }) => stage === 'measure' && step === steps)).toBe(true);
  });

  it.each([0, 1])('has the errors of direct recomputation on the dumped frames of source %d', async (k) => {
    const { source, step, energy, elements, worstAtom, worstError, parity } = examination.frames[k];
    expect(step).toEqual(Array.from({ length: 12 }, (_, frame) => 5 * (frame + 1)));
    const own = readFileSync(join(directory, `${source}.extxyz`), 'utf8').matchAll(/ energy=(\S+)/g);
    const dumped = [...own].slice(1).map(([, value]) => Number(value));
    for (const [frame, value] of dumped.entries()) expect(energy[source][frame]).toBeCloseTo(value, 4);
    for (const frame of [0, 5, 11]) {
      const teacher = await labelled(pair.baseline, dumps[k][frame]);
      const student = await labelled(pair.candidate, dumps[k][frame]);
      const difference = student.forces.map((force, at) => force - teacher.forces[at]);
      expect(energy.baseline[frame]).toBeCloseTo(teacher.energy, 4);
      expect(energy.candidate[frame]).toBeCloseTo(student.energy, 4);
      const [silicon] = elements;
      expect(silicon.squared[frame]).toBeCloseTo(sum([...difference].map((d) => d * d)), 4);
      expect(silicon.absolute[frame]).toBeCloseTo(sum([...difference].map(Math.abs)), 3);
      expect(silicon.size[frame]).toBeCloseTo(sum([...teacher.forces].map((f) => f * f)), 3);
      const norms = Array.from({ length: 64 }, (_, atom) =>
        Math.hypot(...difference.slice(3 * atom, 3 * atom + 3)),
      );
      const worst = norms.indexOf(Math.max(...norms));
      expect(worstAtom[frame]).toBe(worst);
      expect(worstError[frame]).toBeCloseTo(norms[worst], 5);
      expect(silicon.largest[frame]).toBe(worstError[frame]);
    }
    expect([elements.length, elements[0].number, elements[0].atoms]).toEqual([1, 14, 64]);
    expect([parity.baseline.length, parity.candidate.length]).toEqual([2000, 2000]);
    const rmse = Math.sqrt(sum(elements[0].squared) / (12 * 192));
    const drawn = parity.baseline.map((force, at) => (force - parity.candidate[at]) ** 2);
    expect(Math.sqrt(sum(drawn) / 2000) / rmse).toBeCloseTo(1, 0);
  });

  it('writes the five worst frames, worst first, with both forces and the error of each atom', async () => {
    const { worstFile, worstError, worstAtom, step } = examination.frames[1];
    expect(worstFile).toBe('worst/box-silicon-student-on-candidate.extxyz');
    const text = readFileSync(join(directory, worstFile as string), 'utf8');
    const comments = text.split('\n').filter((line) => line.includes('Properties='));
    expect(comments[0]).toMatch(/forces:R:3:candidate_forces:R:3:force_error:R:1/);
    const values = (key: string) =>
      comments.map((line) => Number(line.match(new RegExp(` ${key}=(\\S+)`))?.[1]));
    const ranked = worstError.map((error, frame) => ({ error, frame })).sort((a, b) => b.error - a.error);
    const worst = ranked.slice(0, 5).map(({ frame }) => frame);
    expect(values('step')).toEqual(worst.map((frame) => step[frame]));
    expect(values('worst_error')).toEqual(worst.map((frame) => worstError[frame]));
    expect(values('worst_atom')).toEqual(worst.map((frame) => worstAtom[frame]));
    const frames = readExtxyz(text, 'worst');
    expect(frames[0].positions).toEqual(dumps[1][worst[0]].positions);
  });
});

it('identical force fields do not differ at all', async () => {
  const directory = temporaryFolder();
  const pair = pairOf(['stillinger-weber', 'stillinger-weber'], { name: 'si64' }, {});
  const { frames, observables, failure } = await examine(pair, { frames: 6, directory }, { directory });
  expect(failure).toBeNull();
  for (const { elements, worstError, energy } of frames) {
    const [{ squared, absolute, angle, cosine, counted }] = elements;
    expect([sum(squared), sum(absolute), sum(angle), sum(worstError)]).toEqual([0, 0, 0, 0]);
    expect(sum(cosine)).toBeCloseTo(sum(counted), 9);
    expect(sum(counted)).toBeGreaterThan(300);
    expect(energy.candidate).toEqual(energy.baseline);
  }
  expect({ ...observables[1], arm: 'baseline' }).toEqual(observables[0]);
});

it('the trajectory is the timed one, bit for bit', async () => {
  const directory = temporaryFolder();
  const { baseline } = pairOf(['stillinger-weber', 'null'], { name: 'si64' }, { steps: 250, seed: 11 });
  const measured = await measureCase(baseline, { directory });
  const [{ columns }] = decodeCase(measured, directory);
  const file = join(directory, 'frames');
  const seen = await examineTrajectory(baseline, {
    frames: 25,
    file,
    explosionTemperature: 1e5,
    onProgress() {},
    isAborted: () => false,
  });
  const energies = [...readFrames(file, 64)].map(({ energy }) => energy);
  expect(energies).toEqual(Array.from({ length: 25 }, (_, k) => columns.potentialEnergy[10 * k + 9]));
  const mean = sum([...columns.temperature.subarray(0, 249)]) / 249;
  expect(seen.observables?.temperature.mean).toBeCloseTo(mean, 9);
});
