// What stands against what: every student against the teacher on every system, each under a name of its own.

import { describe, expect, it } from 'vitest';
import { planSubjects } from '../../src/run-subjects.js';

const named = (...names: string[]) => names.map((name) => ({ name }));

describe('the contests of a comparison', () => {
  it('are every candidate against the first, on every system', () => {
    const forceFields = named('a/teacher.onnx', 'b/small.onnx', 'c/small.onnx');
    const { cases, contests } = planSubjects({ forceFields, systems: named('si8', 'si64') });
    expect(cases).toHaveLength(6);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(6);
    expect(contests.map(({ id, arms }) => [id, arms.baseline.label, arms.candidate.label])).toEqual([
      ['si8', 'teacher', 'small'],
      ['si8', 'teacher', 'small-2'],
      ['si64', 'teacher', 'small'],
      ['si64', 'teacher', 'small-2'],
    ]);
    for (const { arms } of contests) expect(arms.baseline.spec?.system).toEqual(arms.candidate.spec?.system);
  });

  it('run on what suits the teacher when no system is named', () => {
    const { contests } = planSubjects({ forceFields: named('lennard-jones', 'model.onnx'), systems: [] });
    expect(contests[0].arms.candidate.spec?.system).toEqual({ name: 'ar256' });
  });

  it('take one value of an axis each, where there are several force fields', () => {
    const axis = { key: 'threads', values: ['1', '2'] };
    const { cases } = planSubjects({ forceFields: named('a.onnx', 'b.onnx'), systems: [], axis });
    expect(cases.map(({ id, forceField }) => [id, forceField.threads])).toEqual([
      ['si64-a-threads-1-nve', 1],
      ['si64-b-threads-2-nve', 2],
    ]);
  });

  it('keep one name for two versions of one force field, where asked', () => {
    const forceFields = named('old/model.onnx', 'new/model.onnx');
    const [{ arms }] = planSubjects({ forceFields, systems: [], sameNames: true }).contests;
    expect([arms.baseline.label, arms.candidate.label]).toEqual(['model', 'model']);
    expect(arms.baseline.spec?.id).not.toBe(arms.candidate.spec?.id);
  });
});
