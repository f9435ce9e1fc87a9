// Profiles as ONNX Runtime writes them, of nodes whose times are chosen. µs.

import { createEventLog, type EventLog } from '../../src/profile/operators/index.js';

export interface PlantedNode {
  readonly name: string;
  readonly operator: string;
  readonly time: number;
  readonly provider?: string;
  readonly inputs?: readonly Shape[];
  readonly outputs?: readonly Shape[];
  readonly thread?: number;
}
export type Shape = Readonly<Record<string, readonly number[]>>;

/** `between` µs pass after every node; each call has the same nodes. */
export function profileLines(nodes: readonly PlantedNode[], calls: number, between = 1): string[] {
  const lines: string[] = [];
  let time = 1000;
  for (let call = 0; call < calls; call++) {
    const begin = time;
    for (const node of nodes) {
      time += between;
      lines.push(nodeLine(node, time));
      time += node.time;
    }
    time += between;
    lines.push(line('Session', 'model_run', begin, time - begin, {}));
    time += 20;
  }
  return ['[', ...lines.map((text, k) => (k < lines.length - 1 ? `${text},` : text)), ']', ''];
}

export function readLog(lines: readonly string[]): EventLog {
  const log = createEventLog();
  for (const text of lines) log.add(text);
  return log.finish();
}

function nodeLine(
  { name, operator, time, provider = 'CPUExecutionProvider', inputs = [], outputs = [], thread }: PlantedNode,
  begin: number,
): string {
  const shapes = { input_type_shape: inputs, output_type_shape: outputs };
  const args = { op_name: operator, provider, node_index: '0', ...shapes };
  return line('Node', `${name}_kernel_time`, begin, time, args, thread);
}

function line(cat: string, name: string, ts: number, dur: number, args: object, tid = 7): string {
  return JSON.stringify({ cat, pid: 7, tid, dur, ts, ph: 'X', name, args });
}
