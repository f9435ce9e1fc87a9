import { describe, expect, it } from 'vitest';
import { isDisturbed, phaseTable, plainStepOf, totalParts } from '../../src/profile/index.js';
import type { PhaseTable, ProfilePhase } from '../../src/result/index.js';
import { passRecording } from '../support/pass-recording.js';
import { syntheticSamples } from '../support/synthetic-case.js';

const plain = { steps: 1000, whole: 1, forces: 0.8, neighbors: 0.1, integrate: 0.06 };
const medians = { plain: [1, 1.02], profiled: [1.01, 1.03] };

function share(table: PhaseTable, phase: ProfilePhase): number {
  return table.rows.find((row) => row.phase === phase)!.share;
}

describe('the table of phases', () => {
  const totals = totalParts(passRecording({ steps: 400 }), 100);
  const table = phaseTable(plain, totals, medians);

  it('sums to 100 % of the plain step', () => {
    expect(table.rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(100, 10);
    expect(table.rows.reduce((sum, row) => sum + row.time, 0)).toBeCloseTo(plain.whole, 12);
    expect(table.warnings).toEqual([]);
  });

  it('keeps what the timing pass measured, and divides the force call as the profiling pass does', () => {
    expect(share(table, 'neighbors')).toBeCloseTo(10, 10);
    expect(share(table, 'integrate')).toBeCloseTo(6, 10);
    const call = 0.05 + 0.7 + 0.04;
    expect(share(table, 'feeds')).toBeCloseTo((80 * 0.05) / call, 8);
    expect(share(table, 'forces')).toBeCloseTo((80 * 0.7) / call, 8);
    expect(share(table, 'outputs')).toBeCloseTo((80 * 0.04) / call, 8);
  });

  it('prints what nothing accounts for: the rest of the plain step beyond the books that are kept', () => {
    expect(share(table, 'observe')).toBeCloseTo(0.5, 8);
    expect(share(table, 'unattributed')).toBeCloseTo(3.5, 8);
  });

  it('shows what the profiling pass itself measured beside it', () => {
    const profiled = Object.fromEntries(table.rows.map((row) => [row.phase, row.profiled]));
    expect(profiled.forces).toBeCloseTo(0.7, 10);
    expect(profiled.integrate).toBeCloseTo(0.02 + 0.01 + 0.03, 10);
    expect(table.profiledStep).toBeCloseTo(0.955, 10);
    expect(table.profiledSteps).toBe(300);
  });

  it('has the slowdown of the fastest process of each kind, which a disturbed one cannot change', () => {
    expect(table.slowdown.ratio).toBeCloseTo(1.01, 12);
    expect(table.slowdown.spread).toBeCloseTo(1.02, 12);
    const disturbed = { plain: [1, 1.02], profiled: [1.7, 1.01] };
    expect(phaseTable(plain, totals, disturbed).slowdown.ratio).toBeCloseTo(1.01, 12);
    expect(phaseTable(plain, totals, { plain: [1], profiled: [1] }).slowdown.spread).toBeNull();
  });

  it('takes a force call without parts as one', () => {
    const one = totalParts(passRecording({ steps: 50, observed: false }), 0);
    const whole = phaseTable(plain, one, medians);
    expect(share(whole, 'forces')).toBeCloseTo(80, 10);
    expect([share(whole, 'feeds'), share(whole, 'outputs')]).toEqual([0, 0]);
  });
});

describe('garbage collections', () => {
  // In the run of step 2 (0.3 ms), between steps 2 and 3, and one over the end of the list of step 4.
  const step = 0.955;
  const pause = 0.1;
  const at = (k: number, within: number) => k * (step + pause) + within;
  const collections = [
    { begin: at(1, 0.2), duration: 0.3, kind: 'minor' },
    { begin: at(1, step + 0.01), duration: 0.05, kind: 'major' },
    { begin: at(3, 0.1), duration: 0.04, kind: 'minor' },
  ];
  const recording = passRecording({ steps: 10, pause, collections });
  const totals = totalParts(recording, 0);

  it('are taken out of the part in which they fell, the rest of the step untouched', () => {
    expect(totals.collected.forces).toBeCloseTo(0.3, 9);
    expect(totals.collected.neighbors).toBeCloseTo(0.02, 9);
    expect(totals.collected.integrate).toBeCloseTo(0.01, 9);
    expect(totals.collected.feeds).toBeCloseTo(0.01, 9);
    expect(totals.parts.forces).toBeCloseTo(10 * 0.7 - 0.3, 9);
    expect(totals.whole).toBeCloseTo(10 * step, 9);
  });

  it('are a row of their own, and the table still sums', () => {
    const table = phaseTable(plain, totals, medians);
    expect(share(table, 'garbage-collection')).toBeGreaterThan(3);
    expect(table.rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(100, 10);
    const row = table.rows.find(({ phase }) => phase === 'garbage-collection')!;
    expect(row.profiled).toBeCloseTo(0.034, 9);
  });
});

describe('a table that says nothing of the plain step', () => {
  it('is refused where its parts exceed the whole, with both times', () => {
    const slow = totalParts(passRecording({ steps: 50 }), 0);
    const table = phaseTable(plain, slow, { plain: [1, 1], profiled: [1.2, 1.3] });
    expect(table.rows).toEqual([]);
    const [refusal, ...others] = table.warnings;
    expect(refusal).toMatchObject({ code: 'parts-exceed-whole', values: { whole: 1 } });
    expect(refusal!.values.parts).toBeCloseTo(1.2, 12);
    expect(refusal!.values.excess).toBeCloseTo(20, 9);
    expect(others).toEqual([]);
    const noisy = phaseTable(plain, slow, { plain: [1, 1.25], profiled: [1.2, 1.3] });
    expect(noisy.rows.length).toBeGreaterThan(0);
    expect(noisy.warnings.map(({ code }) => code)).toEqual(['profiling-slow', 'plain-spread']);
  });

  it('warns of much that is unattributed, of a slow profiler and of two plain processes that differ', () => {
    const totals = totalParts(passRecording({ steps: 50 }), 0);
    const loose = phaseTable({ ...plain, whole: 1.2 }, totals, { plain: [1, 1.2], profiled: [1.09, 1.19] });
    expect(loose.warnings.map(({ code }) => code)).toEqual([
      'unattributed-large',
      'profiling-slow',
      'plain-spread',
    ]);
    expect(share(loose, 'unattributed')).toBeCloseTo((100 * (1.2 - 0.96 - 0.005)) / 1.2, 8);
  });
});

it('is worth another process of each kind where the profiled look slower, or the plain ones differ', () => {
  expect(isDisturbed({ plain: [1, 1.04], profiled: [1.04, 1.3] })).toBe(false);
  expect(isDisturbed({ plain: [1, 1.04], profiled: [1.06, 1.3] })).toBe(true);
  expect(isDisturbed({ plain: [1, 1.06], profiled: [1, 1] })).toBe(true);
});

describe('the plain step', () => {
  it('is the mean over the steps of all trajectories, with the integrator in its measured proportion', () => {
    const samples = [syntheticSamples({ steps: 100 }), syntheticSamples({ steps: 300 })];
    const step = plainStepOf(samples)!;
    expect(step.steps).toBe(400);
    expect([step.whole, step.forces, step.neighbors]).toEqual(
      [1, 0.8, 0.1].map((value) => expect.closeTo(value, 10)),
    );
    expect(step.integrate).toBeCloseTo(0.05, 10);
  });

  it('is none where no step was completed', () => {
    expect(plainStepOf([syntheticSamples({ steps: 0 })])).toBeNull();
  });
});
