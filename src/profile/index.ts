// Where the time of a step goes, from what a profiling pass wrote down. Arithmetic only.

export * from './cuda/index.js';
export {
  createEventLog,
  type EventLog,
  operatorProfile,
  planCalls,
  sampleCalls,
} from './operators/index.js';
export { totalParts } from './parts.js';
export { isDisturbed, phaseTable } from './phases.js';
export { medianStep, plainStepOf, stepTimes } from './plain-step.js';
export { type Collection, callWindows, type MarkName, markNames, type PassRecording } from './recording.js';
export { findSpikes } from './spikes.js';
export * from './timeline/index.js';
