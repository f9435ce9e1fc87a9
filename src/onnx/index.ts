// The room that reads ONNX graphs.

export type { ExternalFile } from './external-data.js';
export { type OnnxModel, readModel, readModelFile } from './model.js';
export type { ModelSummary, TensorInfo } from './summary.js';
export { isFloatType, isIntegerType } from './tensor-type.js';
