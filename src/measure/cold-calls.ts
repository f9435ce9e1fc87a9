// The first ten force calls of a process, kept apart from everything that is called steady.

const kept = 10;

export interface ColdCalls {
  /** ms, in order; at most ten. */
  readonly times: number[];
  add(milliseconds: number): void;
}

export function createColdCalls(): ColdCalls {
  const times: number[] = [];
  return {
    times,
    add(milliseconds) {
      if (times.length < kept) times.push(milliseconds);
    },
  };
}
