// A timeline of slices that do not nest, of known truth. ms.

import type { Timeline } from '../../src/profile/index.js';

const activity = (name: string, correlation: number, start: number, end: number) => ({
  ...{ pid: 9, kind: 'kernel' as const, device: 0, context: 1, stream: 7, bytes: null, step: 1 },
  ...{ name, correlation, start, end },
});
const call = (name: string, correlation: number, start: number, end: number) => ({
  ...{ pid: 9, thread: 9, step: 1 },
  ...{ name, correlation, start, end },
});
const range = (name: string, start: number, end: number) => ({
  ...{ pid: 9, thread: 9, step: null, mark: false },
  ...{ name, start, end },
});
const operator = (operator: string, begin: number, duration: number) => ({
  ...{ name: `node of ${operator}`, provider: 'CPUExecutionProvider', thread: 5 },
  ...{ operator, begin, duration },
});

export const crossingTimeline: Timeline = {
  title: 'crossing',
  recording: null,
  mostSteps: 10,
  operators: [
    operator('force call', 50, 0.009),
    operator('MatMul', 50.001, 0.009),
    operator('Concat', 50.005, 0.008),
  ],
  cuda: {
    ranges: [
      range('step 1', 1000, 1010),
      range('range A', 1001, 1004),
      range('range B', 1003, 1006),
      range('tail', 1009, 1012),
    ],
    calls: [
      call('launch', 1, 1001.2, 1001.21),
      call('launch', 2, 1001.3, 1001.31),
      call('graph', 3, 1007, 1007.1),
      call('call', 4, 1003.9, 1004.2),
    ],
    activities: [
      activity('k1', 1, 1020, 1020.5),
      activity('k2', 2, 1020.5, 1021),
      activity('g1', 3, 1022, 1022.4),
      activity('g2', 3, 1022.2, 1022.6),
      activity('g3', 3, 1022.3, 1022.35),
    ],
  },
};
