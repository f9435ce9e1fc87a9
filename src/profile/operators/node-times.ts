// Events of nodes summed over whole force calls. A node with a subgraph (If, Loop, Scan) has the time of its inner nodes
// taken off, so that nothing counts twice: on one thread, an event within another is inside its node. µs.

import type { EventLog, ModelRun } from './event-log.js';

export interface NodeTime {
  readonly kind: number;
  /** Entry of the node whose subgraph it is in. */
  readonly parent: number | null;
  /** Over all runs. */
  calls: number;
  time: number;
}

/** In the order of the first call. Events outside of `runs`, which are in order, are left out. */
export function nodeTimes(log: EventLog, runs: readonly ModelRun[]): NodeTime[] {
  const nodes: NodeTime[] = [];
  const entries = new Map<string, number>();
  const open = new Map<number, { node: number; end: number }[]>();
  for (const event of outermostFirst(log, runs)) {
    const begin = log.begin[event]!;
    const duration = log.duration[event]!;
    const stack = stackOf(open, log.thread[event]!);
    while (stack.length > 0 && stack.at(-1)!.end <= begin) stack.pop();
    const parent = stack.at(-1)?.node ?? null;
    const node = entryOf(log.kind[event]!, parent);
    nodes[node]!.calls += 1;
    nodes[node]!.time += duration;
    if (parent !== null) nodes[parent]!.time -= duration;
    stack.push({ node, end: begin + duration });
  }
  return nodes;

  function entryOf(kind: number, parent: number | null): number {
    const key = `${parent}:${kind}`;
    const known = entries.get(key);
    if (known !== undefined) return known;
    entries.set(key, nodes.length);
    return nodes.push({ kind, parent, calls: 0, time: 0 }) - 1;
  }
}

/** Files list events by their end or by their begin, depending on the version: sorted by begin, the longer ones first. */
function outermostFirst({ begin, duration }: EventLog, runs: readonly ModelRun[]): number[] {
  const events: number[] = [];
  for (let event = 0; event < begin.length; event++) {
    const run = runs[lastBefore(runs, begin[event]!)];
    if (run && begin[event]! <= run.begin + run.duration) events.push(event);
  }
  return events.sort((a, b) => begin[a]! - begin[b]! || duration[b]! - duration[a]! || b - a);
}

/** −1: all begin later. */
function lastBefore(runs: readonly ModelRun[], time: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.begin <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function stackOf<T>(stacks: Map<number, T[]>, thread: number): T[] {
  const known = stacks.get(thread);
  if (known) return known;
  const stack: T[] = [];
  stacks.set(thread, stack);
  return stack;
}
