// What a trace says of itself, and how far it can be trusted: cut short, incomplete, garbage, taken over by another tool.

import type { HookState } from '../../result/cuda-profile.js';
import { hookStages } from '../../result/cuda-profile.js';
import type { Warning } from '../../result/records.js';
import type { Clocks } from './clocks.js';
import type { WalkFault } from './record-walk.js';
import { readText, readUint64 } from './trace-format.js';

/** As the profile lists it, but for its steps. */
export interface TraceAbout {
  readonly pid: number;
  readonly name: string;
  readonly library: string | null;
  readonly cuptiVersion: number | null;
  readonly driverVersion: number | null;
  readonly dropped: number;
  readonly complete: boolean;
  readonly hijacked: boolean;
}

export interface Judgement {
  /** Null: the bytes are no trace, or fewer than its head. */
  readonly about: TraceAbout | null;
  /** Null: the trace does not tell. */
  readonly state: HookState | null;
  readonly warnings: readonly Warning[];
}

export interface Evidence {
  readonly fault: WalkFault | null;
  readonly bytes: number;
  /** Bytes of a last record that was cut short. */
  readonly rest: number;
  readonly clocks: Clocks;
  /** First begin and last end of all activity and calls; infinite where there is none. */
  readonly span: { readonly first: number; readonly last: number };
  readonly implausible: number;
}

/** ns. How far device times may lie outside of the moments at which the clocks were read; more where the end is missing. */
const slack = 1e9;
const slackOfCut = 60e9;

export function createQuality() {
  let pid: number | null = null;
  let ended = false;
  let state: HookState | null = null;
  const program = { cupti: 0, driver: 0, name: '', library: '' };
  const buffers = { requested: 0, completed: 0, dropped: 0, lost: 0 };

  function process(view: DataView, at: number, bytes: number): boolean {
    const text = readText(view, at + 24, view.getUint32(at + 20, true), at + bytes);
    if (text === null) return false;
    program.cupti = view.getUint32(at + 8, true);
    program.driver = view.getUint32(at + 12, true);
    [program.name = '', program.library = ''] = text.split('\n');
    return true;
  }

  function setState(view: DataView, at: number, bytes: number): boolean {
    const stage = hookStages[view.getUint32(at + 8, true)];
    const message = readText(view, at + 24, view.getUint32(at + 16, true), at + bytes);
    if (stage === undefined || message === null) return false;
    const code = view.getInt32(at + 12, true);
    state = { available: stage === 'ready', stage, code: code === 0 ? null : code, message };
    return true;
  }

  function count(view: DataView, at: number): void {
    buffers.requested = readUint64(view, at + 8);
    buffers.completed = readUint64(view, at + 16);
    buffers.dropped = Math.min(readUint64(view, at + 24), Number.MAX_SAFE_INTEGER);
    buffers.lost = readUint64(view, at + 32);
  }

  function judge(evidence: Evidence): Judgement {
    if (pid === null) return { about: null, state: null, warnings: noTrace(evidence) };
    const complete = ended && evidence.fault === null && evidence.rest === 0;
    const takeover = takeoverOf(evidence);
    const about = {
      pid,
      name: program.name,
      library: program.library === '' ? null : program.library,
      cuptiVersion: program.cupti === 0 ? null : program.cupti,
      driverVersion: program.driver === 0 ? null : program.driver,
      dropped: buffers.dropped,
      complete,
      hijacked: takeover !== null,
    };
    return { about, state, warnings: [...doubts(pid, evidence), ...(takeover ? [takeover] : [])] };
  }

  /** Another tool that has taken the callbacks keeps buffers; one that has taken the clock gives other times. */
  function takeoverOf({ clocks, span }: Evidence): Warning | null {
    const { requested, completed } = buffers;
    if (ended && requested !== completed) {
      return { code: 'trace-callbacks-taken', values: { pid, requested, completed } };
    }
    if (clocks.contains(span.first, span.last, slack, ended ? slack : slackOfCut)) return null;
    return { code: 'trace-clock-taken', values: { pid } };
  }

  function doubts(pid: number, { fault, rest, clocks, implausible }: Evidence): Warning[] {
    const { dropped, lost } = buffers;
    const found: Warning[] = [];
    if (fault !== null) found.push({ code: 'trace-malformed', values: { pid, offset: fault.offset } });
    else if (!ended || rest > 0) found.push({ code: 'trace-incomplete', values: { pid, rest } });
    if (dropped > 0) found.push({ code: 'trace-records-dropped', values: { pid, records: dropped } });
    if (lost > 0) found.push({ code: 'trace-bytes-lost', values: { pid, bytes: lost } });
    if (implausible > 0) found.push({ code: 'trace-implausible', values: { pid, records: implausible } });
    if (clocks.count === 0) found.push({ code: 'trace-clock-missing', values: { pid } });
    return found;
  }

  return {
    head: (of: number) => {
      pid = of;
    },
    process,
    state: setState,
    buffers: count,
    end: (view: DataView, at: number) => {
      count(view, at);
      ended = true;
    },
    judge,
  };
}

function noTrace({ fault, bytes }: Evidence): Warning[] {
  if (fault === null) return [{ code: 'trace-empty', values: { bytes } }];
  if (fault.what === 'version') return [{ code: 'trace-version', values: { version: fault.found } }];
  return [{ code: 'trace-foreign', values: { bytes } }];
}
