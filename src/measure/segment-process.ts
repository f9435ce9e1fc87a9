// This process as a worker of a paired campaign: its standard streams are the protocol's from here on.

import type { CaseSpec } from '../spec/case.js';
import { checkHandicap } from './handicap.js';
import { serveLines } from './segment-lines.js';

export interface SegmentWork {
  readonly spec: CaseSpec;
  /** Share of each force call that is wasted on purpose; 0: none. */
  readonly handicap: number;
}

/**
 * Serves until it is told to end or its input does, which is how it never outlives its parent. Whatever else writes to
 * stdout goes to stderr. Signals are the parent's business, unless a person types the protocol on a terminal.
 * @param read called at the first request; what it throws is the reply
 * @returns whether it came to a good end
 */
export function serveSegments(read: () => SegmentWork): Promise<boolean> {
  const { stdin, stdout, stderr } = process;
  if (!stdin.isTTY)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  stdout.on('error', () => {});
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return serveLines({
    input: stdin,
    write,
    async createService(isAborted) {
      const { spec, handicap } = read();
      checkHandicap(handicap);
      const { createSegmentService } = await import('./segment-service.js');
      return createSegmentService(spec, handicap, isAborted);
    },
  });
}
