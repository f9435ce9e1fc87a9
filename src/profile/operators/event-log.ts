// The lines of a profile gathered into columns: some tens of bytes an event, however long the file is. µs.

import { MdbenchError } from '../../errors.js';
import { type NodeEvent, readLine } from './event.js';

export interface ModelRun {
  readonly begin: number;
  readonly duration: number;
}

/** What the events of one node have in common; shapes are those of its last event. */
type NodeKind = Pick<NodeEvent, 'name' | 'operator' | 'provider' | 'inputs' | 'outputs'>;

export interface EventLog {
  readonly kinds: readonly NodeKind[];
  /** Columns of one entry a node event, in the order of the file. */
  readonly kind: readonly number[];
  readonly begin: readonly number[];
  readonly duration: readonly number[];
  readonly thread: readonly number[];
  /** By their begin. */
  readonly runs: readonly ModelRun[];
  /** False: the file ends before its end, as after a crash or on a full disk. */
  readonly complete: boolean;
  /** Lines in the midst of the file that are no event. */
  readonly unreadable: number;
}

export interface EventLogBuilder {
  add(line: string): void;
  /** @throws `measurement-failed` where this was no profile */
  finish(): EventLog;
}

export function createEventLog(): EventLogBuilder {
  const kinds: NodeKind[] = [];
  const kindOf = new Map<string, number>();
  const columns = { kind: [] as number[], begin: [] as number[], duration: [] as number[] };
  const thread: number[] = [];
  const runs: ModelRun[] = [];
  let opened = false;
  let complete = false;
  let unreadable = 0;
  let lastIsBroken = false;

  function addNode(event: NodeEvent): void {
    const { name, operator, provider, index, inputs, outputs } = event;
    const key = `${name}\n${operator}\n${provider}\n${index}`;
    const kind = kindOf.get(key) ?? kinds.length;
    kindOf.set(key, kind);
    kinds[kind] = { name, operator, provider, inputs, outputs };
    columns.kind.push(kind);
    columns.begin.push(event.begin);
    columns.duration.push(event.duration);
    thread.push(event.thread);
  }

  return {
    add(text) {
      if (text.trim() === '') return;
      const line = readLine(text);
      lastIsBroken = line.sort === 'unreadable';
      if (line.sort === 'open') opened = true;
      else if (line.sort === 'close') complete = true;
      else if (line.sort === 'unreadable') unreadable++;
      else if (line.sort === 'node') addNode(line);
      else if (line.sort === 'run') runs.push({ begin: line.begin, duration: line.duration });
    },
    finish() {
      if (!opened) throw notAProfile('it does not begin with a line of `[`');
      const broken = !complete && lastIsBroken ? unreadable - 1 : unreadable;
      if (broken > 0 && kinds.length === 0) throw notAProfile('none of its lines is an event');
      runs.sort((a, b) => a.begin - b.begin);
      return { kinds, ...columns, thread, runs, complete, unreadable: broken };
    },
  };
}

function notAProfile(reason: string): MdbenchError {
  return new MdbenchError(
    'measurement-failed',
    `The file that ONNX Runtime wrote is no profile as mdbench knows them: ${reason}.`,
    'Its format may have changed with another version of onnxruntime-node; the table of operators has to do without.',
  );
}
