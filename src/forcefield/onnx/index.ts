// ONNX model files as force fields.

export { type Annotation, annotateModel } from './annotate.js';
export { type Differentiated, type DifferentiateOptions, differentiateModel } from './differentiate.js';
export { createOnnxForceField } from './force-field.js';
export { type Inspection, inspectModel } from './inspect.js';
export { openPreparedStore } from './prepared-store.js';
