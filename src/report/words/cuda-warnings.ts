// The warnings of the reader of CUDA traces in sentences: how far a trace can be trusted, and what its numbers leave out.

import type { Sentence } from './warning-values.js';

export const cudaNotes: Record<string, Sentence> = {
  'median-rounded': (v) => [
    `Medians of ${v.counted('rows', 'row')} with very many instances are exact to ${v.size('percent', '%')} (process ${v.text('pid')}).`,
  ],
};

export const cudaCautions: Record<string, Sentence> = {
  'trace-callbacks-taken': (v) => [
    `Another tool took the callbacks of CUPTI over in process ${v.text('pid')} (${v.counted('requested', 'buffer')} handed out, ${v.number('completed')} came back): nothing of its trace is reported.`,
    'Switch other profilers off in that program, PyTorch’s (Kineto) too, or update the driver and CUPTI to 13.3.',
  ],
  'trace-clock-taken': (v) => [
    `The times of the trace of process ${v.text('pid')} are those of another clock, as when another tool has taken CUPTI over: nothing of its trace is reported.`,
    'Switch other profilers off in that program, PyTorch’s (Kineto) too.',
  ],
  'trace-malformed': (v) => [
    `The trace of process ${v.text('pid')} cannot be read from byte ${v.number('offset')} on: what came after is missing.`,
    'Look for space on the disk, and run it again.',
  ],
  'trace-incomplete': (v) => [
    `The trace of process ${v.text('pid')} has no end, as when the process was killed: what happened last may be missing.`,
    'Let the program end by itself.',
  ],
  'trace-records-dropped': (v) => [
    `CUPTI dropped ${v.counted('records', 'record')} of process ${v.text('pid')}: counts and totals are too low.`,
    'Trace fewer steps, or kernels alone (--cuda kernels).',
  ],
  'trace-bytes-lost': (v) => [
    `${v.size('bytes', 'B')} of the trace of process ${v.text('pid')} could not be written: counts and totals are too low.`,
    'Look for space on the disk.',
  ],
  'trace-implausible': (v) => [
    `${v.counted('records', 'record')} of process ${v.text('pid')} made no sense (such as an end before the begin) and were left out.`,
    'A libcupti of another CUDA version may be the reason: name one of the driver’s own version in MDBENCH_CUPTI.',
  ],
  'trace-clock-missing': (v) => [
    `The trace of process ${v.text('pid')} has no reading of the clocks: its activity cannot be set beside the steps of the host.`,
  ],
  'trace-empty': (v) => [
    `A trace of ${v.size('bytes', 'B')} holds nothing: its process was ended as it began.`,
  ],
  'trace-version': (v) => [
    `A trace was written by another version of the hook (format ${v.text('version')}) and was not read.`,
    'Run npm run build, so that the hook and the reader are of one version.',
  ],
  'trace-foreign': (v) => [`A file of ${v.size('bytes', 'B')} among the traces is none and was not read.`],
  'activity-averaged': (v) => [
    `No step is known for ${v.counted('activities', 'activity')} of process ${v.text('pid')}: numbers a step are totals divided by ${v.counted('steps', 'step')}, averages over the run.`,
    'Mark each step with an NVTX range (“step 1”, “step 2”, …) on the thread that launches.',
  ],
  'activity-without-steps': (v) => [
    `The ${v.counted('activities', 'activity')} of process ${v.text('pid')} belong to no step that is known: totals over the run alone.`,
    'Mark each step with an NVTX range (“step 1”, “step 2”, …) on the thread that launches.',
  ],
  'launch-unknown': (v) => [
    `The call that launched ${v.number('activities')} of ${v.counted('of', 'activity')} of process ${v.text('pid')} is not in the trace: they belong to no step.`,
  ],
  'launched-elsewhere': (v) => [
    `${v.number('activities')} of ${v.counted('of', 'activity')} of process ${v.text('pid')} were launched on threads that mark no steps: they belong to none.`,
  ],
  'gaps-of-part': (v) => [
    `Busy and idle time of device ${v.text('device')} are those of its first ${v.counted('first', 'activity')}; ${v.number('beyond')} more came after (process ${v.text('pid')}).`,
    'Trace fewer steps.',
  ],
  'phases-cut': (v) => [
    `Process ${v.text('pid')} marks more than ${v.counted('phases', 'phase')} by different names: the others are left out.`,
    'Give the ranges of a phase one name, without the number of the step in it.',
  ],
};
