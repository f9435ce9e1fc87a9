// The catalogue of rules. To add one: a file here, a line in `rules`, a test.

import type { NodeProto } from '../../proto/onnx_pb.js';
import type { Rule } from '../rule.js';
import { activationRules, pReluRule } from './activations.js';
import { addRule, divRule, modRule, mulRule, subRule } from './arithmetic.js';
import {
  batchNormalizationRule,
  groupNormalizationRule,
  instanceNormalizationRule,
} from './channel-normalization.js';
import { clipRule, extremeRule, meanRule, sumRule, whereRule } from './choices.js';
import { cumSumRule } from './cum-sum.js';
import { detRule } from './det.js';
import { einsumRule } from './einsum.js';
import { functionRules } from './functions.js';
import { gatherElementsRule, gatherRule } from './gather.js';
import { gatherNdRule } from './gather-nd.js';
import { gemmRule } from './gemm.js';
import { layerNormalizationRule, rmsNormalizationRule } from './layer-normalization.js';
import { matMulRule } from './matmul.js';
import { reduceL1Rule, reduceL2Rule, reduceLogSumExpRule, reduceLogSumRule } from './norms.js';
import { padRule } from './pad.js';
import { castRule, dropoutRule, identityRule } from './pass-through.js';
import { concatRule, splitRule } from './pieces.js';
import { powRule, reciprocalRule, sqrtRule } from './powers.js';
import { reducedExtremeRule, reducedProductRule } from './reduced-extremes.js';
import { expandRule, tileRule } from './repetition.js';
import { scatterElementsRule, scatterNdRule } from './scatter.js';
import { compressRule, topKRule, triluRule } from './selection.js';
import { reshapeRule, squeezeRule, transposeRule, unsqueezeRule } from './shapes.js';
import { sliceRule } from './slice.js';
import { logSoftmaxRule, softmaxRule } from './softmax.js';
import { reduceMeanRule, reduceSumRule, reduceSumSquareRule } from './sums.js';

const rules: readonly Rule[] = [
  addRule,
  subRule,
  mulRule,
  divRule,
  modRule,
  identityRule,
  castRule,
  dropoutRule,
  powRule,
  sqrtRule,
  reciprocalRule,
  ...functionRules,
  ...activationRules,
  pReluRule,
  whereRule,
  clipRule,
  extremeRule,
  sumRule,
  meanRule,
  reduceSumRule,
  reduceMeanRule,
  reduceSumSquareRule,
  reducedExtremeRule,
  reducedProductRule,
  reduceL1Rule,
  reduceL2Rule,
  reduceLogSumRule,
  reduceLogSumExpRule,
  gatherRule,
  gatherElementsRule,
  gatherNdRule,
  scatterElementsRule,
  scatterNdRule,
  reshapeRule,
  squeezeRule,
  unsqueezeRule,
  transposeRule,
  expandRule,
  tileRule,
  concatRule,
  splitRule,
  matMulRule,
  gemmRule,
  einsumRule,
  detRule,
  sliceRule,
  padRule,
  compressRule,
  topKRule,
  triluRule,
  cumSumRule,
  softmaxRule,
  logSoftmaxRule,
  layerNormalizationRule,
  rmsNormalizationRule,
  instanceNormalizationRule,
  groupNormalizationRule,
  batchNormalizationRule,
];

const byOperator = new Map(rules.flatMap((rule) => rule.operators.map((name) => [name, rule] as const)));

/** Operators whose outputs do not vary smoothly with any input: whole numbers, truth values, shapes, order. */
const stops = new Set(
  (
    'Shape Size NonZero ArgMax ArgMin Equal Greater GreaterOrEqual Less LessOrEqual And Or Not Xor IsNaN IsInf Sign ' +
    'Floor Ceil Round Constant ConstantOfShape EyeLike Range OneHot BitShift Unique RandomNormal RandomUniform'
  ).split(' '),
);

export function ruleOf(operator: string): Rule | undefined {
  return byOperator.get(operator);
}

export function stopsDerivatives(node: NodeProto): boolean {
  return stops.has(node.opType);
}
