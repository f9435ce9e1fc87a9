// Cuts chunks of any size into the head of a trace and its records; stops at the first byte that cannot be one.

import {
  fixedBytes,
  headBytes,
  mostRecordBytes,
  recordHeadBytes,
  traceMagic,
  traceVersion,
} from './trace-format.js';

/** Why nothing is read from `offset` (bytes of the file) on. `found`: the version or the size that stands there. */
export interface WalkFault {
  readonly what: 'magic' | 'version' | 'record';
  readonly offset: number;
  readonly found: number;
}

export interface RecordHandler {
  head(pid: number): void;
  /** `view` holds the record at `at`, its head included, until the call returns. False: its parts contradict its size. */
  record(kind: number, view: DataView, at: number, bytes: number): boolean;
}

export interface RecordWalk {
  push(chunk: Uint8Array): void;
  /** `rest`: bytes of a last record that was cut short. */
  finish(): { readonly fault: WalkFault | null; readonly bytes: number; readonly rest: number };
}

export function createRecordWalk(handler: RecordHandler): RecordWalk {
  let fault: WalkFault | null = null;
  let begun = false;
  let bytes = 0;
  let carry = new Uint8Array(4096);
  let carried = 0;

  /** What has to be there before the thing at `at` can be taken; of a record whose head is here, all of it. */
  function needed(view: DataView, at: number, available: number): number {
    if (!begun) return headBytes;
    return available < recordHeadBytes ? recordHeadBytes : view.getUint32(at + 4, true);
  }

  /** Takes the head or the record that is whole at `at`, or records a fault. */
  function take(view: DataView, at: number, offset: number): void {
    if (!begun) {
      fault = headFault(view, at);
      begun = true;
      if (fault === null) handler.head(view.getUint32(at + 12, true));
      return;
    }
    const kind = view.getUint16(at, true);
    const size = view.getUint32(at + 4, true);
    if (!handler.record(kind, view, at, size)) {
      fault = { what: 'record', offset, found: size };
    }
  }

  function refused(view: DataView, at: number, available: number, offset: number): boolean {
    if (!begun || available < recordHeadBytes) return false;
    const size = view.getUint32(at + 4, true);
    const least = fixedBytes[view.getUint16(at, true)] ?? recordHeadBytes;
    if (size >= Math.max(least, recordHeadBytes) && size <= mostRecordBytes && size % 8 === 0) return false;
    fault = { what: 'record', offset, found: size };
    return true;
  }

  /** Completes what earlier chunks began; returns how much of this one it took. */
  function complete(chunk: Uint8Array): number {
    let taken = 0;
    while (carried > 0 && fault === null) {
      const view = new DataView(carry.buffer);
      if (refused(view, 0, carried, bytes + taken - carried)) break;
      const need = needed(view, 0, carried);
      if (carried === need) {
        take(view, 0, bytes + taken - carried);
        carried = 0;
        break;
      }
      if (taken === chunk.length) break;
      const part = Math.min(need - carried, chunk.length - taken);
      keep(chunk.subarray(taken, taken + part));
      taken += part;
    }
    return taken;
  }

  function keep(part: Uint8Array): void {
    if (carried + part.length > carry.length) {
      const wider = new Uint8Array(Math.max(2 * carry.length, carried + part.length));
      wider.set(carry.subarray(0, carried));
      carry = wider;
    }
    carry.set(part, carried);
    carried += part.length;
  }

  function push(chunk: Uint8Array): void {
    let at = complete(chunk);
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (fault === null && at < chunk.length) {
      const available = chunk.length - at;
      if (refused(view, at, available, bytes + at)) break;
      const need = needed(view, at, available);
      if (need > available) {
        keep(chunk.subarray(at));
        break;
      }
      take(view, at, bytes + at);
      at += need;
    }
    bytes += chunk.length;
  }

  return { push, finish: () => ({ fault, bytes, rest: fault === null ? carried : 0 }) };
}

function headFault(view: DataView, at: number): WalkFault | null {
  for (let k = 0; k < traceMagic.length; k++) {
    if (view.getUint8(at + k) !== traceMagic.charCodeAt(k)) return { what: 'magic', offset: 0, found: 0 };
  }
  const version = view.getUint32(at + 8, true);
  return version === traceVersion ? null : { what: 'version', offset: 8, found: version };
}
