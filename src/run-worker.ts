// One side of a paired campaign as a program of its own: the case that was typed, served over the worker protocol.

import { MdbenchError } from './errors.js';
import { serveSegments } from './measure/index.js';
import { type PlanOptions, planCases } from './spec/index.js';

export interface WorkerOptions extends PlanOptions {
  /** Share of each force call that is wasted on purpose: 0.05 plants a slowdown of 5 %. */
  readonly handicap?: number | undefined;
}

/**
 * Speaks the protocol of benchmarks/worker-protocol.md on the standard streams of this process until it is told to end.
 * @returns whether it came to a good end; a failure was said in the protocol
 * @throws MdbenchError `option-invalid` unless it is one case
 */
export function serveWorker({ handicap = 0, ...asked }: WorkerOptions): Promise<boolean> {
  const cases = planCases(asked);
  if (cases.length !== 1) {
    throw new MdbenchError(
      'option-invalid',
      `A worker runs one case, one force field on one system (received ${cases.length}).`,
      'Start one worker for each.',
    );
  }
  return serveSegments(() => ({ spec: cases[0], handicap }));
}
