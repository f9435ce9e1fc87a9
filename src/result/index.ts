// The wall between measuring and judging: the result document and the raw samples in it.

export * from './baseline.js';
export * from './baseline-store.js';
export * from './campaign.js';
export * from './column-names.js';
export * from './cuda-profile.js';
export * from './document.js';
export * from './examination.js';
export * from './fingerprint.js';
export * from './judgement.js';
export { migrate } from './migrate.js';
export { makeFolder, notWritable, prepareOutput, writeWhole } from './output.js';
export * from './profile.js';
export { documentPath, readDocument } from './read.js';
export type { Samples } from './samples.js';
export { resultJsonSchema } from './schema.js';
export { decodeCase, decodeTrajectory, removeStaleRecordings, storeTrajectory } from './trajectory.js';
export * from './validation.js';
export * from './validation-cache.js';
export { createDocument, formatDocument, writeDocument } from './write.js';
