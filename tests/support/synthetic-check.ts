// A document of `mdbench check`: every state of a gate at once, and a candidate that is 5 % slower.

import type { ReportInput } from '../../src/report/index.js';
import { documentSchema } from '../../src/result/document.js';
import type { CheckResult, GateResult } from '../../src/result/judgement.js';
import { sampleInput } from './sample-document.js';
import { syntheticCampaign } from './synthetic-campaign.js';
import { scaled, studentCosts } from './synthetic-costs.js';

const failing: GateResult = {
  pattern: 'candidate/si64/step-time-p50',
  severity: 'error',
  metric: 'silicon-student/si64/step-time-p50',
  rule: 'maxRegression',
  limit: 0.03,
  state: 'failed',
  estimate: { value: 0.0512, low: 0.0391, high: 0.0634, unit: '1', n: 8 },
  detectable: 0.021,
  reason: { code: 'regression-seen', values: {} },
};

export function checkInput(change: Partial<CheckResult> = {}): ReportInput {
  const input = sampleInput([]);
  const costs = {
    baseline: scaled(studentCosts['silicon-student'], 64),
    candidate: scaled(studentCosts['silicon-student'], 64 * 1.05),
  };
  const labels = { baseline: 'silicon-student (baseline)', candidate: 'silicon-student' };
  const check: CheckResult = {
    mode: 'rerun',
    baseline: labels.baseline,
    candidate: labels.candidate,
    verdict: 'fail',
    indicative: false,
    onInconclusive: 'warn',
    gates: [
      failing,
      {
        ...failing,
        pattern: 'candidate/si64/force-call-p50',
        metric: 'silicon-student/si64/force-call-p50',
        state: 'inconclusive',
        reason: { code: 'undecided', values: {} },
        estimate: { value: 0.018, low: -0.004, high: 0.041, unit: '1', n: 8 },
      },
      {
        ...failing,
        pattern: '*/energy-drift',
        metric: 'silicon-student/si64/energy-drift',
        rule: 'max',
        limit: 0.05,
        state: 'passed',
        detectable: null,
        estimate: { value: 0.004, low: -0.01, high: 0.02, unit: 'meV/atom/ps', n: 8 },
        reason: { code: 'inside', values: {} },
      },
      {
        ...failing,
        pattern: '*/rss-slope',
        severity: 'warn',
        metric: 'silicon-student/si64/rss-slope',
        rule: 'max',
        limit: 128,
        state: 'skipped',
        detectable: null,
        estimate: null,
        reason: { code: 'no-value', values: {} },
      },
      {
        ...failing,
        pattern: 'candidate/si512/*',
        metric: null,
        state: 'error',
        estimate: null,
        detectable: null,
        reason: { code: 'unmatched', values: {} },
      },
    ],
    warnings: [],
    ...change,
  };
  const campaign = syntheticCampaign({
    id: 'si64',
    labels,
    costs,
    atoms: 64,
    noise: { process: 0.006, block: 0.008 },
  });
  return {
    samples: input.samples,
    document: documentSchema.parse({
      ...input.document,
      tool: {
        ...input.document.tool,
        command: ['mdbench', 'check', '--baseline', 'a.onnx', '--candidate', 'b.onnx'],
      },
      campaigns: [campaign],
      check,
    }),
  };
}
