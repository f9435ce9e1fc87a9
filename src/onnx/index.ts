// The room that reads, mends and differentiates ONNX graphs.

export type { ExternalFile } from './external-data.js';
export type { Feeds, GraphRunner } from './graph-runner.js';
export { type OnnxModel, readModel, readModelFile } from './model.js';
export type { ModelChange } from './model-change.js';
export type { ModelSummary, TensorInfo } from './summary.js';
export { isFloatType, isIntegerType } from './tensor-type.js';
export type { TensorData, TensorValue } from './tensor-values.js';
