// The passes, in the order in which they are carried out. To add one: a file, a line here, a test.

import type { ModelProto } from '../proto/onnx_pb.js';
import { repairEmptyReductions } from './empty-reductions.js';
import { repairEyeLike } from './eye-like.js';
import { inlineExternalData } from './inline-external-data.js';
import { inlineFunctions } from './inline-functions.js';
import { inlineIf } from './inline-if.js';
import { upgradeOpset } from './opset-upgrade.js';
import { pinDimensions } from './pin-dimensions.js';
import { castPrecision } from './precision-cast.js';
import type { RepairOptions } from './repair-options.js';
import { type Repaired, unchanged } from './repaired.js';
import { accumulateScatters } from './scatter-accumulate.js';

export interface Pass {
  readonly id: string;
  apply(model: ModelProto, options: RepairOptions): Repaired;
  /** `any`: kept where it is no worse; `better`: kept where going back would be worse. Undefined: results stay the same. */
  readonly judged?: 'any' | 'better';
}

export const passes: readonly Pass[] = [
  { id: 'external-data', apply: (model, { path }) => inlineExternalData(model, path ?? null) },
  { id: 'inline-functions', apply: inlineFunctions },
  { id: 'opset-upgrade', apply: (model, { opset = 18 }) => upgradeOpset(model, opset) },
  { id: 'pin-dimensions', apply: (model, { pin = {} }) => pinDimensions(model, pin) },
  { id: 'eye-like', apply: repairEyeLike },
  { id: 'scatter-accumulate', apply: (model) => accumulateScatters(model, 'added'), judged: 'any' },
  { id: 'scatter-accumulate', apply: (model) => accumulateScatters(model, 'alone'), judged: 'better' },
  { id: 'inline-if', apply: inlineIf },
  { id: 'empty-reductions', apply: repairEmptyReductions },
  { id: 'precision-cast', apply: castIfAsked },
];

/** Ids that `without` may name. */
export const repairIds: readonly string[] = [...new Set(passes.map(({ id }) => id))];

function castIfAsked(model: ModelProto, { precision }: RepairOptions): Repaired {
  return precision ? castPrecision(model, precision) : unchanged(model);
}
