// What is said of the operators of a model file and of the processor, and the heads of their tables.

import type { Counters, OperatorProfile } from '../../result/profile.js';
import { counted, quantity, significantDigits } from '../format.js';

export const operatorHeads = {
  operator: 'operator',
  node: 'node',
  provider: 'provider',
  share: 'share',
  time: (hostLaunch: boolean) => (hostLaunch ? 'host launch, ms a call' : 'ms a call'),
  nodes: 'nodes',
  calls: 'calls',
  inputs: 'inputs',
  outputs: 'outputs',
  outside: 'outside of all nodes',
  others: (n: number) => `${n} other types`,
  whole: 'force call',
} as const;

export function describeOperators({
  calls,
  callTime,
  plainCall,
  covered,
  threads,
  provider,
}: OperatorProfile): string {
  const plain = plainCall === null ? '' : `, ${quantity(plainCall, 'ms', 4)} in the timing pass (median)`;
  return `ONNX Runtime’s own profile of ${counted(calls, 'force call')}, in a short session of its own (${provider}, ${counted(threads, 'thread')}): ${quantity(callTime, 'ms', 4)} a call${plain}. Nodes account for ${significantDigits(covered, 3)}\u202f% of it.`;
}

export const hostLaunchNote =
  'These are host launch times: how long the processor took to launch each node, while the device worked on. What the device itself took is in the table of kernels.';

/** Under the name of a node. */
export function inputWords(shapes: readonly string[]): string {
  return shapes.length === 0 ? 'from nothing' : `from ${shapes.join(', ')}`;
}

export const shapesNote = 'Types and shapes are those of the last call.';

export const counterHeads = {
  counter: 'counter',
  perStep: 'a step',
  total: 'total',
  note: 'note',
  thread: 'thread',
  time: 'processor time',
  share: 'of the wall',
  voluntary: 'waited',
  involuntary: 'displaced',
} as const;

export function describeCounted({ steps, elapsed, counters }: Counters): string {
  const clock = counters.find(({ id }) => id === 'task-clock')?.total ?? null;
  const busy =
    clock === null || elapsed <= 0
      ? ''
      : `: ${significantDigits(clock / elapsed, 3)} processors were busy on average`;
  return `Of the whole worker over ${counted(steps, 'step')} of the profiling pass, ${quantity(elapsed, 'ms')} by the wall${busy}.`;
}

export function describeNotCounted(names: readonly string[], why: string): string {
  return `${names.join(', ')}: ${why}.`;
}
