// How far the CUDA hook came: what each stage means, and what to do.

import type { HookStage, HookState } from '../../result/cuda-profile.js';

interface Words {
  readonly text: string;
  readonly advice: string | null;
}

const stages: Record<HookStage, Words> = {
  ready: { text: 'Kernels can be traced: driver, device and CUPTI were found.', advice: null },
  'no-hook': {
    text: 'The CUDA hook is not there.',
    advice:
      'On Linux, npm run build builds it where a C and a C++ compiler are; leave MDBENCH_BACKEND unset.',
  },
  'injection-in-use': {
    text: 'Another tool is injected already; it was left alone, and nothing was traced.',
    advice: 'Unset CUDA_INJECTION64_PATH and NVTX_INJECTION64_PATH, or run outside of Nsight.',
  },
  'cupti-library': {
    text: 'A driver and a device are there, but no libcupti that goes with them.',
    advice:
      'Install the CUPTI of the CUDA toolkit, or the wheel nvidia-cuda-cupti (-cu12, -cu11 for older drivers), or name the file in MDBENCH_CUPTI. An image of a container needs it inside.',
  },
  'cupti-symbols': {
    text: 'The libcupti that was found lacks functions that are needed.',
    advice: 'Name one of CUDA 11.0 or later in MDBENCH_CUPTI.',
  },
  'driver-library': {
    text: 'There is no NVIDIA driver, or its libcuda.so.1 does not load.',
    advice:
      'Install the driver; in a container start it with --gpus all, and with compute among NVIDIA_DRIVER_CAPABILITIES.',
  },
  'no-device': {
    text: 'The driver is there and has no device for this process.',
    advice: 'See what CUDA_VISIBLE_DEVICES says; a container needs --gpus all; nvidia-smi -L lists devices.',
  },
  'driver-init': {
    text: 'The driver is there and does not start.',
    advice:
      'See nvidia-smi and the messages of the kernel; after an update of the driver start the machine again.',
  },
  'driver-too-old': {
    text: 'The driver is too old for what is installed beside it, or its library and its module differ.',
    advice:
      'Update the driver, or name a libcupti of its own CUDA version or an older one in MDBENCH_CUPTI; after an update start the machine again.',
  },
  'cupti-busy': {
    text: 'Another profiler holds CUPTI, which serves one at a time.',
    advice:
      'End it: Nsight Systems or Compute (nsys, ncu), compute-sanitizer, cuda-gdb, or the profiler of PyTorch (Kineto) in the same program.',
  },
  'cupti-subscribe': {
    text: 'CUPTI refused to be subscribed to.',
    advice: 'Try the libcupti of the driver’s own CUDA version in MDBENCH_CUPTI.',
  },
  'cupti-privileges': {
    text: 'The driver permits profiling to administrators alone.',
    advice:
      'Load the module with NVreg_RestrictProfilingToAdminUsers=0, or profile as root; a container needs --cap-add SYS_ADMIN.',
  },
  'cupti-register': {
    text: 'CUPTI refused the buffers for its records.',
    advice: 'End other profilers in the program; try the libcupti of the driver’s own CUDA version.',
  },
  'cupti-enable': {
    text: 'CUPTI refused to record kernels or copies.',
    advice:
      'End other profilers; virtual GPUs and Multi-Process Service may not permit it; try the libcupti of the driver’s own CUDA version.',
  },
};

/** The meaning with what CUDA or CUPTI returned and what the hook says of it, and what to do (null where all is well). */
export function describeHookState({ stage, code, message }: Omit<HookState, 'available'>): Words {
  const { text, advice } = stages[stage];
  const said = [code === null ? '' : `code ${code}`, message.replace(/\.$/, '')].filter(Boolean).join(', ');
  return { text: said === '' || stage === 'ready' ? text : `${text.replace(/\.$/, '')} (${said}).`, advice };
}
