import { describe, expect, it } from 'vitest';
import { compareCampaigns } from '../../src/compare/index.js';
import { documentSchema } from '../../src/result/index.js';
import { gatedDocument } from '../support/gated-document.js';
import { plantedExamination, plantedObservables } from '../support/labelled-frames.js';
import { plantedCampaign } from '../support/paired-campaign.js';
import { syntheticDocument } from '../support/synthetic-case.js';

const verdict = (state: 'pass' | 'fail') => ({ verdict: { state, pass: 0.05, fail: 1, moreSteps: null } });
const observables = [
  plantedObservables({ arm: 'baseline', seed: 1 }),
  plantedObservables({ arm: 'candidate', seed: 2 }),
];

function whole() {
  return gatedDocument({
    campaign: { effects: { 'step-time-p50': -Math.log(1.3), 'force-call-p50': -Math.log(5) } },
    baseline: { 'energy-drift': verdict('pass') },
    candidate: { 'energy-drift': verdict('fail') },
    examination: { observables },
  });
}

describe('a comparison', () => {
  it('holds all that the document says of a candidate, and the schema takes it', () => {
    const document = whole();
    const report = compareCampaigns(document);
    expect(report.axis).toBe('force field');
    expect(report.comparisons).toHaveLength(1);
    expect(report.comparisons[0]).toMatchObject({
      id: 'si64',
      baseline: 'silicon-teacher',
      candidate: 'silicon-student',
      cases: { baseline: 'si64-silicon-teacher-nve', candidate: 'si64-silicon-student-nve' },
      atoms: 64,
      warnings: [],
    });
    expect(report.comparisons[0]!.ratios).toHaveLength(3);
    expect(report.comparisons[0]!.accuracy).toHaveLength(2);
    expect(report.comparisons[0]!.agreement).toHaveLength(4);
    expect(documentSchema.parse({ ...document, comparison: report }).comparison).toEqual(report);
    expect(compareCampaigns(document, 'threads').axis).toBe('threads');
  });

  it('takes the rerun for the campaign before it', () => {
    const document = {
      ...syntheticDocument(),
      campaigns: [
        plantedCampaign({ control: { shift: 2 } }),
        plantedCampaign({ rerun: true, effects: { 'step-time-p50': 0.5 } }),
      ],
    };
    const { comparisons } = compareCampaigns(document);
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]!.ratios[0]!.speedUp.value).toBeCloseTo(Math.exp(-0.5), 1);
    expect(comparisons[0]!.warnings).toEqual([]);
  });

  it('says what is wrong with it', () => {
    const failure = { cause: 'crash', message: 'It died.', hint: null };
    const [baseline] = [plantedCampaign({ unsteady: 8, control: { spread: 0.3 }, status: 'failed' })];
    baseline.arms.candidate.workload = { ...baseline.arms.candidate.workload, dataset: 'b' };
    const examinations = [plantedExamination({ frames: [], failure })];
    const document = { ...syntheticDocument(), campaigns: [baseline], examinations };
    const codes = compareCampaigns(document).comparisons[0]!.warnings.map(({ code }) => code);
    expect(codes).toEqual([
      'contaminated',
      'unsteady-workers',
      'workload-untold',
      'campaign-failed',
      'examination-failed',
    ]);
  });

  it('finds its examination by label, case or file, and no other', () => {
    const accuracyOf = (baseline: string, id = 'si64') => {
      const examinations = [plantedExamination({ id, baseline })];
      const document = { ...syntheticDocument(), campaigns: [plantedCampaign({ pairs: 1 })], examinations };
      return compareCampaigns(document).comparisons[0]!.accuracy.length;
    };
    expect(accuracyOf('silicon-teacher')).toBe(2);
    expect(accuracyOf('silicon-teacher.onnx')).toBe(2);
    expect(accuracyOf('si64-silicon-teacher-nve')).toBe(2);
    expect(accuracyOf('another')).toBe(0);
    expect(accuracyOf('silicon-teacher', 'si216')).toBe(0);
  });

  it('is made of a document without any of it', () => {
    const none = { axis: 'force field', comparisons: [], costModels: [], crossovers: [] };
    expect(compareCampaigns(syntheticDocument())).toEqual(none);
    const broken = { ...syntheticDocument(), campaigns: [plantedCampaign({ pairs: 0, status: 'failed' })] };
    expect(compareCampaigns(broken).comparisons[0]).toMatchObject({ ratios: [], accuracy: [] });
  });
});
