// All passes over a model one after another, each reported, each switchable.

import type { Lint } from '../lint.js';
import { lintModel } from '../lints.js';
import type { ModelChange } from '../model-change.js';
import type { ModelProto } from '../proto/onnx_pb.js';
import { type Pass, passes } from './index.js';
import type { Judge, RepairOptions } from './repair-options.js';
import { attempted } from './repaired.js';

export interface RepairOutcome {
  readonly model: ModelProto;
  readonly changes: readonly ModelChange[];
  /** What the judge would not have. */
  readonly rejected: readonly ModelChange[];
  readonly lints: readonly Lint[];
}

/**
 * The model that was given and its file stay as they are.
 * @throws MdbenchError `damaged-onnx` or `external-data-missing`; what a pass cannot do otherwise is a lint `pass-refused`
 */
export async function repairModel(given: ModelProto, options: RepairOptions): Promise<RepairOutcome> {
  let model = given;
  const changes: ModelChange[] = [];
  const rejected: ModelChange[] = [];
  const lints: Lint[] = [];
  for (const pass of passes.filter(({ id }) => !options.without?.includes(id))) {
    const repaired = attempted(pass.id, model, () => pass.apply(model, options));
    lints.push(...repaired.lints);
    if (repaired.model === model) continue;
    if (await keeps(pass, model, repaired.model, options.judge)) {
      model = repaired.model;
      changes.push(...repaired.changes);
    } else {
      rejected.push(...repaired.changes);
    }
  }
  const seen = new Set(lints.map(({ id }) => id));
  return {
    model,
    changes,
    rejected,
    lints: [...lints, ...lintModel(model).filter(({ id }) => !seen.has(id))],
  };
}

async function keeps(
  pass: Pass,
  before: ModelProto,
  after: ModelProto,
  judge: Judge | undefined,
): Promise<boolean> {
  if (!pass.judged) return true;
  if (!judge) return pass.judged === 'any';
  if (!(await judge(before, after))) return false;
  return pass.judged === 'any' || !(await judge(after, before));
}
