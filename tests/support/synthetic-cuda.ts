// The CUDA part of profiles with known numbers: a force field on a GPU, a traced command, and every stage of failure.

import type {
  CudaCopy,
  CudaKernel,
  CudaProcess,
  CudaProfile,
  HookStage,
} from '../../src/result/cuda-profile.js';
import type { Profile } from '../../src/result/profile.js';
import { emptyProfile, onnxProfile, operatorsOf } from './synthetic-profile.js';

export const longKernel = `void cutlass::device_kernel<cutlass::gemm::kernel::GemmUniversal<${'cute::tuple<cute::C<128>, cute::C<64>>, '.repeat(16)}float>>(cutlass::Params)`;
export const hostileKernel = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">`;

/** Uniform around their mean. */
function durationsOf(instances: number, mean: number) {
  return {
    total: instances * mean,
    mean,
    median: 0.98 * mean,
    min: 0.9 * mean,
    max: 1.4 * mean,
    sd: instances > 1 ? 0.05 * mean : null,
  };
}

/** @param mean ms */
export function kernelOf(name: string, instances: number, mean: number): CudaKernel {
  return {
    name,
    instances,
    perStep: instances / 1000,
    durations: durationsOf(instances, mean),
    share: 0,
    shareOfStep: (100 * instances * mean) / 1000 / 2,
    grid: [64, 1, 1],
    block: [128, 1, 1],
    configurations: 0,
    registers: 96,
    staticShared: 0,
    dynamicShared: 16 * 1024,
  };
}

export function shared(kernels: readonly CudaKernel[]): CudaKernel[] {
  const total = kernels.reduce((sum, { durations }) => sum + durations.total, 0);
  return kernels.map((kernel) => ({ ...kernel, share: (100 * kernel.durations.total) / total }));
}

export function processOf(change: Partial<CudaProcess> = {}): CudaProcess {
  return {
    pid: 4711,
    name: 'node',
    cuptiVersion: 22,
    driverVersion: 12040,
    library: '/usr/local/cuda/lib64/libcupti.so.12',
    attribution: 'external-correlation',
    attributed: 9000,
    unattributed: 0,
    dropped: 0,
    complete: true,
    hijacked: false,
    ...change,
  };
}

function copyOf(direction: string, bytes: number, mean: number): CudaCopy {
  return { direction, instances: 1000, perStep: 1, bytes, durations: durationsOf(1000, mean) };
}

/** 1000 steps of 2 ms, 1.1 ms of them kernels. */
export function cudaOf(change: Partial<CudaProfile> = {}): CudaProfile {
  return {
    asked: 'full',
    state: { available: true, stage: 'ready', code: null, message: '' },
    processes: [processOf()],
    steps: 1000,
    kernels: shared([
      { ...kernelOf(longKernel, 4000, 0.2), configurations: 2 },
      kernelOf('void at::native::elementwise_kernel<128, 4>(int)', 6000, 0.04),
      { ...kernelOf(hostileKernel, 1000, 0.06), registers: 1, dynamicShared: 0 },
    ]),
    copies: [copyOf('host-to-device', 2048 * 1000, 0.004), copyOf('device-to-host', 1024 * 1000, 0.003)],
    api: [
      { name: 'cuLaunchKernel', instances: 11_000, perStep: 11, durations: durationsOf(11_000, 0.005) },
      { name: 'runtime 211', instances: 1000, perStep: 1, durations: durationsOf(1000, 0.9) },
    ],
    gaps: {
      busy: 0.8,
      idle: 1.2,
      idleShare: 60,
      launchGap: durationsOf(10_999, 0.0021),
      launchDelay: durationsOf(11_000, 0.0123),
    },
    phases: [],
    overhead: { mode: 'full', ratio: 1.043, of: 'step' },
    devices: [
      {
        name: 'NVIDIA H100 80GB HBM3',
        uuid: 'GPU-11111111-2222-3333-4444-555555555555',
        samples: 40,
        throttled: 7,
        throttleReasons: ['power-cap'],
        processMemory: 1.5 * 1024 ** 3,
        smClock: 1755,
        memoryClock: 2619,
        temperature: 61,
        power: 412,
        energy: null,
      },
    ],
    deviceReason: null,
    warnings: [],
    ...change,
  };
}

export function gpuProfile(cuda: Partial<CudaProfile> = {}): Profile {
  return onnxProfile({
    operators: operatorsOf({
      provider: 'CUDA',
      hostLaunch: true,
      hotSpots: [{ code: 'many-launches', values: { calls: 101, each: 0.012 } }],
    }),
    cuda: cudaOf(cuda),
  });
}

/** `python teacher.py`, in two processes: one marks its steps by NVTX, one does not. */
export function commandProfile(change: Partial<Profile> = {}): Profile {
  return {
    ...emptyProfile,
    command: ['python', 'teacher.py', '--name', 'a b'],
    cuda: cudaOf({
      asked: 'auto',
      processes: [
        processOf({ name: 'python', attribution: 'nvtx', attributed: 8000, unattributed: 1000 }),
        processOf({ pid: 4712, name: 'python', attribution: 'average', attributed: 0, unattributed: 500 }),
      ],
      kernels: shared([
        { ...kernelOf(longKernel, 4000, 0.2), shareOfStep: null },
        { ...kernelOf('reduce', 1000, 0.1), shareOfStep: null },
      ]),
      phases: [
        { name: 'forces', host: 0.7, device: 1.1, kernels: 9 },
        { name: 'neighbors', host: 0.2, device: 0.05, kernels: 2 },
      ],
      overhead: { mode: 'kernels', ratio: 1.02, of: 'command' },
      warnings: [
        {
          code: 'activity-averaged',
          values: { pid: 4712, activities: 500, steps: 1000, marked: 0, elsewhere: 0 },
        },
      ],
      ...change.cuda,
    }),
    trace: { file: 'trace.json', steps: 0, of: 0 },
    ...change,
  };
}

/** Where the hook got no further than `stage`. */
export function untraced(stage: HookStage, asked: CudaProfile['asked'] = 'auto'): CudaProfile {
  return {
    ...cudaOf(),
    asked,
    state: { available: false, stage, code: 100, message: 'libcuda.so.1 says no' },
    processes: [],
    steps: 0,
    kernels: [],
    copies: [],
    api: [],
    gaps: null,
    overhead: null,
    devices: [],
    deviceReason: 'no-driver',
  };
}
