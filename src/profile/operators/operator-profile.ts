// The table of operators from the events of ONNX Runtime's own profile. ms a force call; shares in % of `callTime`.

import type { OperatorNode, OperatorProfile, Warning } from '../../result/index.js';
import { describeShapes } from './event.js';
import type { EventLog, ModelRun } from './event-log.js';
import { findHotSpots } from './hot-spots.js';
import { type NodeTime, nodeTimes } from './node-times.js';
import type { Measured } from './node-view.js';

export interface ProfiledCalls {
  /** As asked for: `cpu`, `cuda`, … */
  readonly provider: string;
  readonly threads: number;
  /** Calls before those that count, and how many of those there should be. */
  readonly warmUp: number;
  readonly calls: number;
  /** ms, the median force call of the timing pass. */
  readonly plainCall: number | null;
}

const mostNodes = 500;
/** A profiled call that takes this many times the plain one distorts small operators. */
const slowdown = 1.25;
/** Providers whose kernels are done when their launch returns. */
const hostProviders = /^(CPU|Dnnl|Xnnpack|XNNPACK|Acl|ACL|ArmNN)ExecutionProvider$/;

/** Null: no whole call is left after the warm-up. */
export function operatorProfile(log: EventLog, asked: ProfiledCalls): OperatorProfile | null {
  const runs = countedRuns(log, asked.warmUp);
  if (runs.length === 0) return null;
  const times = nodeTimes(log, runs);
  const callTime = total(runs.map(({ duration }) => duration)) / runs.length / 1000;
  const nodes = times.map((time) => operatorNode(log, times, time, runs.length, callTime));
  const measured: Measured = {
    provider: asked.provider,
    calls: runs.length,
    callTime,
    plainCall: asked.plainCall,
    covered: total(nodes.map(({ share }) => share)),
    hostLaunch: nodes.some(({ provider }) => !hostProviders.test(provider)),
    threads: asked.threads,
    types: operatorTypes(nodes),
    nodes: longestFirst(nodes),
  };
  const inner = new Set(nodes.filter((_, k) => times[k]!.parent !== null));
  return {
    ...measured,
    nodes: measured.nodes.slice(0, mostNodes),
    hotSpots: findHotSpots(measured, inner),
    warnings: warningsOf(log, asked, measured),
  };
}

/** A file without its end may lack nodes of its last call. */
function countedRuns({ runs, complete }: EventLog, warmUp: number): readonly ModelRun[] {
  return runs.slice(warmUp, complete ? undefined : -1);
}

function operatorNode(
  { kinds }: EventLog,
  times: readonly NodeTime[],
  { kind, parent, calls, time }: NodeTime,
  runs: number,
  callTime: number,
): OperatorNode {
  const { name, operator, provider, inputs, outputs } = kinds[kind]!;
  const perCall = time / runs / 1000;
  return {
    name: parent === null ? name : `${pathOf(kinds, times, parent)} > ${name}`,
    operator,
    provider,
    calls: calls / runs,
    time: perCall,
    share: (100 * perCall) / callTime,
    inputs: describeShapes(inputs),
    outputs: describeShapes(outputs),
  };
}

function pathOf(kinds: EventLog['kinds'], times: readonly NodeTime[], entry: number): string {
  const { kind, parent } = times[entry]!;
  const { name } = kinds[kind]!;
  return parent === null ? name : `${pathOf(kinds, times, parent)} > ${name}`;
}

function operatorTypes(nodes: readonly OperatorNode[]): OperatorProfile['types'] {
  const types = new Map<string, OperatorProfile['types'][number]>();
  for (const { operator, provider, calls, time, share } of nodes) {
    const key = `${operator} ${provider}`;
    const type = types.get(key) ?? { operator, provider, nodes: 0, calls: 0, time: 0, share: 0 };
    types.set(key, type);
    type.nodes += 1;
    type.calls += calls;
    type.time += time;
    type.share += share;
  }
  return longestFirst([...types.values()]);
}

function warningsOf(
  log: EventLog,
  asked: ProfiledCalls,
  { calls, callTime, plainCall, types, nodes }: Measured,
): Warning[] {
  const warnings: Warning[] = [];
  if (calls < asked.calls) {
    warnings.push({ code: 'operator-calls-missing', values: { calls, asked: asked.calls } });
  }
  if (log.unreadable > 0) {
    warnings.push({ code: 'operator-events-unreadable', values: { events: log.unreadable } });
  }
  if (plainCall !== null && callTime > slowdown * plainCall) {
    const each = (callTime - plainCall) / total(types.map((type) => type.calls));
    warnings.push({ code: 'operators-slowed', values: { ratio: callTime / plainCall, each } });
  }
  if (nodes.length > mostNodes) {
    warnings.push({ code: 'operator-nodes-cut', values: { kept: mostNodes, of: nodes.length } });
  }
  return warnings;
}

function longestFirst<T extends { readonly time: number }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => b.time - a.time);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
