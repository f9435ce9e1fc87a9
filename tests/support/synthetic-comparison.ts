// Documents of `mdbench compare` as several systems and students would leave them.

import type { ReportInput } from '../../src/report/index.js';
import type { PairedCampaign } from '../../src/result/campaign.js';
import { documentSchema } from '../../src/result/document.js';
import type { Examination } from '../../src/result/examination.js';
import type { Comparison } from '../../src/result/judgement.js';
import { sampleInput } from './sample-document.js';
import { syntheticCampaign } from './synthetic-campaign.js';
import { type StudentName, scaled, studentCosts, teacherCost } from './synthetic-costs.js';
import { syntheticExamination } from './synthetic-examination.js';
import { caseId, comparisonOf, sizesOf } from './synthetic-judgement.js';

export interface ComparisonOptions {
  /** Atoms of the silicon boxes. */
  readonly systems?: readonly number[];
  readonly students?: readonly StudentName[];
  readonly pairs?: number;
  readonly examined?: boolean | 'failed';
  readonly campaign?: PairedCampaign['status'];
  /** Without the long runs of each force field. */
  readonly cases?: boolean;
  readonly rerun?: boolean;
}

const teacher = 'silicon-teacher';
const errors = { 'silicon-student': 0.087, 'silicon-tiny': 0.24, 'silicon-twin': 0.0001 };

export function comparisonInput(options: ComparisonOptions = {}): ReportInput {
  const {
    systems = [64, 216],
    students = ['silicon-student', 'silicon-tiny'],
    examined = true,
    cases = true,
  } = options;
  const input = sampleInput(cases ? systems.flatMap((atoms) => casesOf(atoms, students)) : []);
  for (const result of input.document.cases) name(result);
  const campaigns: PairedCampaign[] = [];
  const examinations: Examination[] = [];
  const comparisons: Comparison[] = [];
  for (const atoms of systems)
    for (const student of students) {
      const labels = { baseline: teacher, candidate: student };
      const shared = { id: `si${atoms}`, labels, atoms };
      const costs = { baseline: scaled(teacherCost, atoms), candidate: scaled(studentCosts[student], atoms) };
      const { pairs = 8, campaign: status = 'complete' } = options;
      if (options.rerun) campaigns.push(syntheticCampaign({ ...shared, costs, pairs }));
      const campaign = syntheticCampaign({ ...shared, costs, pairs, status, rerun: options.rerun ?? false });
      const examination = syntheticExamination({
        ...shared,
        error: errors[student],
        failed: examined === 'failed',
      });
      campaigns.push(campaign);
      if (examined) examinations.push(examination);
      comparisons.push(comparisonOf(campaign, examined === true ? examination : null, atoms, cases));
    }
  const aborted = options.campaign === 'aborted';
  return {
    samples: input.samples,
    document: documentSchema.parse({
      ...input.document,
      tool: {
        ...input.document.tool,
        command: ['mdbench', 'compare', 'silicon-teacher.onnx', ...students.map((one) => `${one}.onnx`)],
      },
      status: aborted ? 'aborted' : 'complete',
      campaigns,
      examinations,
      comparison: { axis: 'force field', comparisons, ...sizesOf(teacher, systems, students) },
    }),
  };
}

function casesOf(atoms: number, students: readonly StudentName[]) {
  const drifts = { 'silicon-student': 0.01, 'silicon-tiny': 3, 'silicon-twin': 0.01 };
  return [
    {
      id: caseId(atoms, teacher),
      title: 'Silicon teacher',
      atoms,
      steps: 600,
      seeds: 3,
      forceCall: teacherCost.forces * atoms,
    },
    ...students.map((student) => ({
      id: caseId(atoms, student),
      title: student.replace('silicon-', 'Silicon '),
      atoms,
      steps: 600,
      seeds: 3,
      forceCall: studentCosts[student].forces * atoms,
      drift: drifts[student],
    })),
  ];
}

function name(result: ReportInput['document']['cases'][number]): void {
  const id = result.id.replace(/^si\d+-/, '').replace(/-nve$/, '');
  if (result.forceField) result.forceField.id = id;
  result.spec.forceField.name = `${id}.onnx`;
}
