// The descendants and the session of a process, as the kernel counts them (proc(5)): bytes, ms of processor time.

import { readdirSync, readFileSync } from 'node:fs';

export interface TreeUsage {
  readonly processes: number;
  /** bytes, shared pages divided among their users; resident sets where the system does not tell that. */
  readonly memory: number;
  /** ms of all threads, in user and kernel mode, with children that have ended. */
  readonly cpuTime: number;
}

interface Entry {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
  readonly session: number;
  readonly ticks: number;
  readonly pages: number;
}

/** Of the kernel's interface to user space: 100 a second on every Linux, whatever its timer does. */
const ticksPerMillisecond = 0.1;
const pageSize = 4096;

/**
 * Of a process with those below it. A guardian is the shell that watches over those of its session and is not counted; nor
 * are shells that it started. Null where the system has no /proc, or none is there.
 */
export function treeUsage(pid: number, { isGuardian }: { readonly isGuardian: boolean }): TreeUsage | null {
  const entries = allProcesses();
  const members = new Set([pid]);
  for (let grown = true; grown; ) {
    const joining = entries.filter(
      (one) => !members.has(one.pid) && (members.has(one.parent) || (isGuardian && one.session === pid)),
    );
    for (const one of joining) members.add(one.pid);
    grown = joining.length > 0;
  }
  const isShell = (one: Entry) =>
    isGuardian && (one.pid === pid || (one.parent === pid && one.name === 'sh'));
  const tree = entries.filter((entry) => members.has(entry.pid) && !isShell(entry));
  if (tree.length === 0) return null;
  return {
    processes: tree.length,
    memory: tree.reduce((sum, one) => sum + (proportionalSetSize(one.pid) ?? one.pages * pageSize), 0),
    cpuTime: tree.reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerMillisecond,
  };
}

function allProcesses(): Entry[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => entryOf(Number(name)) ?? []);
  } catch {
    return [];
  }
}

function entryOf(pid: number): Entry | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold blanks and parentheses itself; field 3 follows the last of them.
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields[11] + fields[12] + fields[13] + fields[14];
    return { pid, name, parent: fields[1], session: fields[3], ticks, pages: fields[21] };
  } catch {
    return null;
  }
}

function proportionalSetSize(pid: number): number | null {
  try {
    const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'));
    return line ? Number(line[1]) * 1024 : null;
  } catch {
    return null;
  }
}
