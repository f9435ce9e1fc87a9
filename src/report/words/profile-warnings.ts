// The warnings of a profile in sentences: of its passes, its table of phases and its timeline.

import type { Sentence } from './warning-values.js';

export const profileNotes: Record<string, Sentence> = {
  'no-operators': (v) => [
    `A force field of the kind ${v.text('kind')} is no ONNX file: it has no operators to list.`,
  ],
  'steps-capped': (v) => [
    `The profiling pass covers the first ${v.number('steps')} of ${v.counted('of', 'step')}.`,
  ],
  'trace-capped': (v) => [
    `The timeline holds ${v.number('steps')} of ${v.counted('of', 'step')}, the first ones and those around the longest, so that a viewer can open it.`,
  ],
  'client-no-kernels': () => [
    'The CUDA hook ran in the client, and nothing was launched on a device.',
    'Where it should compute there, see its own device setting and CUDA_VISIBLE_DEVICES.',
  ],
  'client-unhooked': () => [
    'Nothing loaded the CUDA hook in the client: it neither initialized CUDA nor marked ranges with NVTX.',
    'Where it should compute on a device, see its own device setting, and that it is no statically linked or set-uid program.',
  ],
  'client-foreign': () => [
    'CUDA kernels of a client that somebody else started cannot be traced: the hook is loaded when a program starts.',
    "Let mdbench start it ('ipi:COMMAND', ase:…), or trace it alone with mdbench profile --command.",
  ],
};

export const profileCautions: Record<string, Sentence> = {
  'parts-exceed-whole': (v) => [
    `No table of phases: the parts of a profiled step take ${v.size('parts', 'ms')}, ${v.size('excess', '%')} more than the whole of a plain step (${v.size('whole', 'ms')}), so that they say nothing of it.`,
    'Measure again on a machine with nothing else to do, with a larger system or more steps.',
  ],
  'unattributed-large': (v) => [
    `${v.size('share', '%')} of a step belongs to no phase.`,
    'Shares of the others are too low by up to as much; measure again on a machine with nothing else to do.',
  ],
  'profiling-slow': (v) => [
    `A step of the profiling pass takes ${v.number('ratio')} times the plain one: short phases look longer than they are.`,
    'Trust the long ones, or profile a larger system.',
  ],
  'plain-spread': (v) => [
    `Plain processes differ by a factor of ${v.number('spread')}: a slowdown closer to one than this means nothing.`,
    'Measure again on a machine with nothing else to do.',
  ],
  'trajectory-differs': (v) => [
    `The profiling pass left the trajectory of the timing pass at step ${v.number('step')}: its forces are not the same bit for bit from process to process.`,
    'With several threads that is usual; with one, look for a race in the model (ScatterND that adds up).',
  ],
  'hook-not-loaded': () => [
    'Nothing loaded the hook: the program neither initialized CUDA nor marked ranges with NVTX.',
    'See that it computes on the GPU, and that it is no statically linked or set-uid program.',
  ],
  'no-kernels': () => [
    'The CUDA hook ran, and nothing was launched on a device.',
    'See that the program computes on the GPU: its provider, its device setting, CUDA_VISIBLE_DEVICES.',
  ],
};
