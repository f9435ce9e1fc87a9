// Where the time of a step goes, from what a profiling pass wrote down. Arithmetic only.

export * from './cuda/index.js';
export {
  createEventLog,
  type EventLog,
  operatorProfile,
  planCalls,
} from './operators/index.js';
export { type Collection, type MarkName, markNames, type PassRecording } from './recording.js';
