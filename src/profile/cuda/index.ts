// From the bytes of hook traces to the CUDA part of a profile.

export { assembleCudaProfile, type CudaContext, mergeTraces } from './assemble.js';
export type { ActivityEvent, CallEvent, RangeEvent } from './events.js';
export {
  createTraceReader,
  type ReadTrace,
  type TraceReaderOptions,
} from './trace-reader.js';
export type { StepWindows } from './windows.js';
