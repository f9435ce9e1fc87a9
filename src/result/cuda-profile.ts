// What the CUDA hook saw: kernels, copies, gaps, how each was attributed to a step, and how far the trace can be trusted.

import { z } from 'zod';
import { warningSchema } from './records.js';

/** Where tracing can end before it has begun, in the order in which it is tried. `ready`: it did not. */
export const hookStages = [
  'ready',
  'no-hook',
  'injection-in-use',
  'cupti-library',
  'cupti-symbols',
  'driver-library',
  'no-device',
  'driver-init',
  'driver-too-old',
  'cupti-busy',
  'cupti-subscribe',
  'cupti-privileges',
  'cupti-register',
  'cupti-enable',
] as const;
export type HookStage = (typeof hookStages)[number];

const hookStateSchema = z.object({
  available: z.boolean(),
  stage: z.enum(hookStages),
  /** What CUDA or CUPTI returned there; null where nothing was called. */
  code: z.int().nullable(),
  /** What the hook says of it: a path, a symbol, the text of CUPTI. */
  message: z.string(),
});
export type HookState = z.infer<typeof hookStateSchema>;

const cudaModes = ['auto', 'off', 'kernels', 'full'] as const;
export type CudaMode = (typeof cudaModes)[number];

/** Distribution of durations in ms. */
const durationsSchema = z.object({
  total: z.number(),
  mean: z.number(),
  median: z.number(),
  min: z.number(),
  max: z.number(),
  /** Sample standard deviation; null for one sample. */
  sd: z.number().nullable(),
});

const kernelSchema = z.object({
  /** Demangled. */
  name: z.string(),
  instances: z.int(),
  /** Instances a step, of those that belong to a step; an average over the run where none does. */
  perStep: z.number(),
  durations: durationsSchema,
  /** % of the time of all kernels, and of the plain step (null where that is not known). */
  share: z.number(),
  shareOfStep: z.number().nullable(),
  /** Of the most frequent launch configuration, and how many others there were. */
  grid: z.tuple([z.int(), z.int(), z.int()]),
  block: z.tuple([z.int(), z.int(), z.int()]),
  configurations: z.int(),
  registers: z.int(),
  /** bytes */
  staticShared: z.int(),
  dynamicShared: z.int(),
});
export type CudaKernel = z.infer<typeof kernelSchema>;

const copySchema = z.object({
  /** `host-to-device`, `device-to-host`, `device-to-device`, …, `memset`. */
  direction: z.string(),
  instances: z.int(),
  perStep: z.number(),
  bytes: z.number(),
  durations: durationsSchema,
});
export type CudaCopy = z.infer<typeof copySchema>;

const apiSchema = z.object({
  /** `cuLaunchKernel`, or `runtime 211` where the name is not known. */
  name: z.string(),
  instances: z.int(),
  perStep: z.number(),
  durations: durationsSchema,
});

/** How activity was given to steps: by exact identifiers, by API calls inside NVTX marks or force calls, or not at all. */
const attributions = ['external-correlation', 'nvtx', 'force-call', 'average', 'none'] as const;

const processSchema = z.object({
  pid: z.int(),
  /** Its command, as the system names it. */
  name: z.string(),
  cuptiVersion: z.int().nullable(),
  driverVersion: z.int().nullable(),
  library: z.string().nullable(),
  attribution: z.enum(attributions),
  /** Activities that belong to a step, and that do not. */
  attributed: z.int(),
  unattributed: z.int(),
  /** Records that CUPTI dropped. */
  dropped: z.int(),
  /** True: the trace has its end record. */
  complete: z.boolean(),
  /** True: another tool took the callbacks or the clock over, so that nothing of this trace is reported. */
  hijacked: z.boolean(),
});
export type CudaProcess = z.infer<typeof processSchema>;

const gapsSchema = z.object({
  /** ms a step: something ran on the device, nothing did, and the wall time of both. */
  busy: z.number(),
  idle: z.number(),
  /** % */
  idleShare: z.number(),
  /** Between the end of one activity and the begin of the next; and from the launch call to the begin of its kernel. */
  launchGap: durationsSchema.nullable(),
  launchDelay: durationsSchema.nullable(),
});

const deviceSchema = z.object({
  name: z.string(),
  uuid: z.string(),
  /** Samples taken by the parent while the pass ran, and how many of them under throttling. */
  samples: z.int(),
  throttled: z.int(),
  throttleReasons: z.array(z.string()),
  /** bytes of the traced process, at most; null where the driver does not tell. */
  processMemory: z.number().nullable(),
  /** MHz, °C, W: medians; J over the pass, null for runs too short to be measured. */
  smClock: z.number().nullable(),
  memoryClock: z.number().nullable(),
  temperature: z.number().nullable(),
  power: z.number().nullable(),
  energy: z.number().nullable(),
});
export type CudaDevice = z.infer<typeof deviceSchema>;

export const cudaProfileSchema = z.object({
  asked: z.enum(cudaModes),
  state: hookStateSchema,
  processes: z.array(processSchema),
  /** Steps that were seen in the traces. */
  steps: z.int(),
  kernels: z.array(kernelSchema),
  copies: z.array(copySchema),
  api: z.array(apiSchema),
  gaps: gapsSchema.nullable(),
  /** ms a step by NVTX range, where a traced program marks its phases: host time, and the device time launched in it. */
  phases: z.array(z.object({ name: z.string(), host: z.number(), device: z.number(), kernels: z.number() })),
  /** Time with the hook over time without: of the median step, or of the whole command. Null: not measured. */
  overhead: z
    .object({ mode: z.enum(['kernels', 'full']), ratio: z.number(), of: z.enum(['step', 'command']) })
    .nullable(),
  devices: z.array(deviceSchema),
  /** Why NVML gave no device; null where it did. */
  deviceReason: z.string().nullable(),
  warnings: z.array(warningSchema),
});
export type CudaProfile = z.infer<typeof cudaProfileSchema>;
