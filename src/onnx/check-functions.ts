// Do a model's functions end? Counted without putting a single body in place: calls of calls grow faster than any file.

import { damaged } from './damaged.js';
import { nodesOf, standardDomain } from './graph.js';
import { printableName } from './printable-name.js';
import type { FunctionProto, GraphProto, ModelProto, NodeProto } from './proto/onnx_pb.js';

/** Nodes that the bodies of functions may add to a graph: no real model comes near it. */
const mostNodes = 100_000;

/** Where a call finds its function. */
export function functionKey(domain: string, name: string, overload: string): string {
  return JSON.stringify([standardDomain(domain) ? '' : domain, name, overload]);
}

/**
 * @throws MdbenchError `damaged-onnx` where functions call each other in a circle, are there twice, or grow beyond all
 * bounds
 */
export function checkFunctions(model: ModelProto, path: string): void {
  if (model.functions.length === 0 || !model.graph) return;
  const functions = new Map<string, FunctionProto>();
  for (const body of model.functions) {
    const key = functionKey(body.domain, body.name, body.overload);
    if (functions.has(key)) throw damaged(path, `the function "${printableName(body.name)}" is there twice`);
    functions.set(key, body);
  }
  const sizes = new Map<string, number>();
  const waiting = new Map([...functions].map(([key, body]) => [key, callsIn(body, functions)]));
  const callers = new Map<string, string[]>([...functions.keys()].map((key) => [key, []]));
  const missing = new Map<string, number>();
  for (const [key, { calls }] of waiting) {
    missing.set(key, calls.size);
    for (const other of calls.keys()) callers.get(other)!.push(key);
  }
  const ready = [...missing].filter(([, count]) => count === 0).map(([key]) => key);
  for (const key of ready) {
    sizes.set(key, grown(waiting.get(key)!, sizes));
    for (const caller of callers.get(key)!) {
      missing.set(caller, missing.get(caller)! - 1);
      if (missing.get(caller) === 0) ready.push(caller);
    }
  }
  const circle = [...functions].filter(([key]) => !sizes.has(key)).map(([, { name }]) => printableName(name));
  if (circle.length > 0)
    throw damaged(path, `its functions call each other in a circle (${circle.slice(0, 8).join(', ')})`);
  const calls = callsIn(model.graph, functions);
  if (grown(calls, sizes) - calls.plain > mostNodes)
    throw damaged(path, `its functions would add more than ${mostNodes} nodes to the graph`);
}

interface Calls {
  readonly plain: number;
  /** How often each function is called, by key. */
  readonly calls: ReadonlyMap<string, number>;
}

function callsIn(body: FunctionProto | GraphProto, functions: ReadonlyMap<string, FunctionProto>): Calls {
  const calls = new Map<string, number>();
  let plain = 0;
  for (const node of nodesOf(body as { readonly node: readonly NodeProto[] })) {
    const key = functionKey(node.domain, node.opType, node.overload);
    if (functions.has(key)) calls.set(key, (calls.get(key) ?? 0) + 1);
    else plain++;
  }
  return { plain, calls };
}

function grown({ plain, calls }: Calls, sizes: ReadonlyMap<string, number>): number {
  return [...calls].reduce((sum, [key, count]) => sum + count * (1 + sizes.get(key)!), plain);
}
