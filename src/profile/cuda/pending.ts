// What waits for its step: one number a column for each activity, API call and range, in the order of arrival.

export const waitingKinds = { activity: 0, call: 1, range: 2 } as const;

/** Numbers of one thing that waits; times in ns of CUPTI's clock, of a range in ns of CLOCK_REALTIME. */
export interface Waiting {
  kind: number;
  /** Row of its table; of a range the number of its name. */
  row: number;
  start: number;
  end: number;
  bytes: number;
  device: number;
  context: number;
  stream: number;
  correlation: number;
  thread: number;
  /** Of a range: its step, NaN outside, and 1 where it is a phase of it. */
  step: number;
  phase: number;
  /** 1: launched as a part of a graph. */
  graph: number;
  /** Flush in which it came. */
  round: number;
}

export interface Pending {
  readonly count: number;
  push(waiting: Waiting): void;
  /** Visits all in their order and keeps those for which `settled` is false. */
  settle(settled: (waiting: Waiting, k: number) => boolean): void;
}

export function createWaiting(): Waiting {
  return {
    kind: 0,
    row: 0,
    start: 0,
    end: 0,
    bytes: 0,
    device: 0,
    context: 0,
    stream: 0,
    correlation: 0,
    thread: 0,
    step: Number.NaN,
    phase: 0,
    graph: 0,
    round: 0,
  };
}

const width = 14;

export function createPending(): Pending {
  let values = new Float64Array(256 * width);
  let count = 0;
  const visited = createWaiting();

  function push(waiting: Waiting): void {
    if ((count + 1) * width > values.length) {
      const wider = new Float64Array(2 * values.length);
      wider.set(values);
      values = wider;
    }
    write(values, count++ * width, waiting);
  }

  function settle(settled: (waiting: Waiting, k: number) => boolean): void {
    let kept = 0;
    for (let k = 0; k < count; k++) {
      read(values, k * width, visited);
      if (settled(visited, k)) continue;
      if (kept < k) values.copyWithin(kept * width, k * width, (k + 1) * width);
      kept++;
    }
    count = kept;
  }

  return {
    get count() {
      return count;
    },
    push,
    settle,
  };
}

function write(values: Float64Array, at: number, waiting: Waiting): void {
  values[at] = waiting.kind;
  values[at + 1] = waiting.row;
  values[at + 2] = waiting.start;
  values[at + 3] = waiting.end;
  values[at + 4] = waiting.bytes;
  values[at + 5] = waiting.device;
  values[at + 6] = waiting.context;
  values[at + 7] = waiting.stream;
  values[at + 8] = waiting.correlation;
  values[at + 9] = waiting.thread;
  values[at + 10] = waiting.step;
  values[at + 11] = waiting.phase;
  values[at + 12] = waiting.graph;
  values[at + 13] = waiting.round;
}

function read(values: Float64Array, at: number, waiting: Waiting): void {
  waiting.kind = values[at];
  waiting.row = values[at + 1];
  waiting.start = values[at + 2];
  waiting.end = values[at + 3];
  waiting.bytes = values[at + 4];
  waiting.device = values[at + 5];
  waiting.context = values[at + 6];
  waiting.stream = values[at + 7];
  waiting.correlation = values[at + 8];
  waiting.thread = values[at + 9];
  waiting.step = values[at + 10];
  waiting.phase = values[at + 11];
  waiting.graph = values[at + 12];
  waiting.round = values[at + 13];
}
