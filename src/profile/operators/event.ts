// One line of the file that ONNX Runtime's own profile writes: `[`, one event, `]`. Times in µs since the session began.

export interface NodeEvent {
  readonly sort: 'node';
  readonly name: string;
  readonly operator: string;
  readonly provider: string;
  /** Of the node in its graph or subgraph. */
  readonly index: string;
  readonly begin: number;
  readonly duration: number;
  readonly thread: number;
  /** As they came: `[{"float":[64,3]}, …]`. */
  readonly inputs: unknown;
  readonly outputs: unknown;
}

interface RunEvent {
  readonly sort: 'run';
  readonly begin: number;
  readonly duration: number;
}

/** `other`: an event that says nothing of operators; `unreadable`: no event at all. */
export type ProfileLine = NodeEvent | RunEvent | { readonly sort: 'open' | 'close' | 'other' | 'unreadable' };

const suffix = '_kernel_time';

export function readLine(line: string): ProfileLine {
  const text = line.trim();
  if (text === '[') return { sort: 'open' };
  if (text === ']') return { sort: 'close' };
  const event = parse(text.endsWith(',') ? text.slice(0, -1) : text);
  if (!event) return { sort: 'unreadable' };
  const { cat, name, dur: duration, ts: begin, tid: thread, args } = event;
  if (typeof cat !== 'string' || typeof name !== 'string' || !isTime(duration) || !isTime(begin)) {
    return { sort: 'unreadable' };
  }
  if (cat === 'Session' && name === 'model_run') return { sort: 'run', begin, duration };
  if (cat !== 'Node' || !name.endsWith(suffix) || !isRecord(args)) return { sort: 'other' };
  return {
    sort: 'node',
    name: name.slice(0, -suffix.length),
    operator: String(args.op_name),
    provider: String(args.provider),
    index: String(args.node_index),
    begin,
    duration,
    thread: Number(thread),
    inputs: args.input_type_shape,
    outputs: args.output_type_shape,
  };
}

const types: Readonly<Record<string, string>> = { float: 'float32', double: 'float64' };

/** `float32[64,3]` for each tensor. */
export function describeShapes(shapes: unknown): string[] {
  if (!Array.isArray(shapes)) return [];
  return shapes.flatMap((tensor) =>
    isRecord(tensor)
      ? Object.entries(tensor).map(([type, dims]) => `${types[type] ?? type}[${String(dims)}]`)
      : [],
  );
}

/** Names go into the file as they are, so that a quotation mark in one breaks the line: such a name is put right first. */
function parse(text: string): Record<string, unknown> | null {
  return parseJson(text) ?? parseJson(text.replace(rawName, escapeName));
}

const rawName = /("name" :")(.*)(","args" : \{)/s;
const escapeName = (_: string, before: string, name: string, after: string) =>
  `${before}${JSON.stringify(name).slice(1, -1)}${after}`;

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
