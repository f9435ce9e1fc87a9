// The room that reads, mends and differentiates ONNX graphs.

export { addForces, type ForcesRequest } from './autodiff/add-forces.js';
export type { Accumulation } from './autodiff/emitter.js';
export { createEmitter } from './autodiff/emitter.js';
export type { ExternalFile } from './external-data.js';
export type { Feeds, GraphRunner } from './graph-runner.js';
export type { Lint } from './lint.js';
export { lintModel } from './lints.js';
export { type OnnxModel, readModel, readModelFile } from './model.js';
export type { ModelChange } from './model-change.js';

export { type ModelProto, ModelProtoSchema, TypeProtoSchema, ValueInfoProtoSchema } from './proto/onnx_pb.js';

export { repairIds } from './repair/index.js';
export { inlineExternalData } from './repair/inline-external-data.js';
export { inlineFunctions } from './repair/inline-functions.js';
export { inlineIf } from './repair/inline-if.js';
export { upgradeOpset } from './repair/opset-upgrade.js';
export { pinDimensions } from './repair/pin-dimensions.js';
export { castPrecision } from './repair/precision-cast.js';
export { sumWithoutRace } from './repair/race-free-sums.js';
export { repairModel } from './repair/repair-model.js';
export type { Judge } from './repair/repair-options.js';
export { attempted, type Repaired } from './repair/repaired.js';
export { type ModelSummary, summarizeModel, type TensorInfo } from './summary.js';
export { type TensorData, type TensorValue, tensorOf } from './tensor-values.js';
