// The room that reads, mends and differentiates ONNX graphs.

export type { ExternalFile } from './external-data.js';
export type { Feeds, GraphRunner } from './graph-runner.js';
export type { Lint, LintId } from './lint.js';
export { lintModel } from './lints.js';
export { type OnnxModel, readModel, readModelFile } from './model.js';
export type { ModelChange } from './model-change.js';
export { repairIds } from './repair/index.js';
export { inlineExternalData } from './repair/inline-external-data.js';
export { inlineFunctions } from './repair/inline-functions.js';
export { inlineIf, type Probing } from './repair/inline-if.js';
export { upgradeOpset } from './repair/opset-upgrade.js';
export { pinDimensions } from './repair/pin-dimensions.js';
export { castPrecision, type Precision } from './repair/precision-cast.js';
export { type RepairOutcome, repairModel } from './repair/repair-model.js';
export type { Judge, RepairOptions } from './repair/repair-options.js';
export type { Repaired } from './repair/repaired.js';
export type { ModelSummary, TensorInfo } from './summary.js';
export { isFloatType, isIntegerType } from './tensor-type.js';
export type { TensorData, TensorValue } from './tensor-values.js';
