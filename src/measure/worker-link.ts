// A process that speaks in lines on its standard streams: sending, waiting with patience, and an end that leaves nothing running.

import { type ChildProcessWithoutNullStreams, type StdioOptions, spawn } from 'node:child_process';
import { lendTo } from '../forcefield/index.js';
import { type Death, death } from './death.js';

export interface WorkerLink {
  /** A line that came while nobody waited for one; null if there is none. */
  unasked(): string | null;
  send(line: string): void;
  /** The next line, or why there will be none. */
  next(patience: number): Promise<string | LinkEnd>;
  /** Ends the process and all that it started. Politely: its input is closed and it has time to leave by itself. */
  end(polite: boolean): Promise<void>;
}

type LinkEnd = Death | { readonly cause: 'aborted' | 'protocol'; readonly message: string };

const keptErrorText = 16_000;
const longestLine = 10_000_000;
/** Lines that wait to be read; a worker that says more than it is asked for is ended. */
const mostLines = 100;
/** ms to leave by itself, then to heed SIGTERM, then for the streams of what is dead to close. */
const grace = { leave: 3000, terminate: 1000, streams: 1000 };

/**
 * One string is a command line for the shell; more are a program and its arguments. A group of its own either way.
 * @param lends whether it asks this process for clients that somebody else started; it is then always ended politely
 */
export function openLink(
  command: readonly string[],
  signal: AbortSignal | undefined,
  lends: boolean,
): WorkerLink {
  const [program, ...args] = command;
  const shared = { shell: args.length === 0, detached: !windows };
  const stdio: StdioOptions = lends ? ['pipe', 'pipe', 'pipe', 'ipc'] : 'pipe';
  const child = spawn(program, args, { ...shared, stdio }) as ChildProcessWithoutNullStreams;
  if (lends) lendTo(child, signal);
  const lines: string[] = [];
  let rest = '';
  let errorText = '';
  let silence: number | null = null;
  let early: LinkEnd | null = null;
  let ended: LinkEnd | null = null;
  let wake: () => void = () => {};

  const kill = (reason: LinkEnd) => {
    early ??= reason;
    signalGroup(child, 'SIGKILL');
  };
  const wakeUp = () => {
    if (lines.length > 0) wake();
  };
  const abort = () => {
    const reason = { cause: 'aborted', message: 'Stopped on request.' } as const;
    if (!lends) return kill(reason);
    early ??= reason;
    child.stdin.end();
    setTimeout(() => kill(reason), grace.leave).unref();
  };
  const forget = rememberGroup(child);
  const closed = new Promise<void>((resolve) => {
    child.on('close', (code, signalName) => {
      forget();
      signal?.removeEventListener('abort', abort);
      ended = early ?? death({ code, signal: signalName, errorText, silence });
      wake();
      resolve();
    });
  });
  child.on('exit', () => {
    signalGroup(child, 'SIGKILL');
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, grace.streams).unref();
  });
  child.on('error', (error) => {
    errorText += `\n${error.message}`;
  });
  child.stdin.on('error', () => {});
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorText = (errorText + text).slice(-keptErrorText);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (early) return;
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) if (line.trim() !== '') lines.push(line);
    if (rest.length > longestLine) kill({ cause: 'protocol', message: 'A line has no end.' });
    const kept = lines.reduce((sum, { length }) => sum + length, 0);
    if (lines.length <= mostLines && kept <= 2 * longestLine) return wakeUp();
    kill({ cause: 'protocol', message: `It wrote ${lines.length} lines that nobody asked for.` });
    lines.length = 0;
  });
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });

  return {
    unasked: () => lines.shift() ?? null,
    send(line) {
      child.stdin.write(`${line}\n`);
    },
    async next(patience) {
      const watchdog = setTimeout(() => {
        silence = patience;
        signalGroup(child, 'SIGKILL');
      }, patience);
      while (lines.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      clearTimeout(watchdog);
      return lines.shift() ?? (ended as LinkEnd);
    },
    async end(polite) {
      if (polite || lends) {
        child.stdin.end();
        if (await within(closed, grace.leave)) return;
        signalGroup(child, 'SIGTERM');
        if (await within(closed, grace.terminate)) return;
      }
      signalGroup(child, 'SIGKILL');
      await closed;
    },
  };
}

function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  }
}

const windows = process.platform === 'win32';
const groups = new Set<ChildProcessWithoutNullStreams>();

/** A process that exits takes the groups with it that are still alive. @returns forgets this one */
function rememberGroup(child: ChildProcessWithoutNullStreams): () => void {
  if (groups.size === 0) process.on('exit', endGroups);
  groups.add(child);
  return () => {
    groups.delete(child);
    if (groups.size === 0) process.off('exit', endGroups);
  };
}

function endGroups(): void {
  for (const child of groups) signalGroup(child, 'SIGKILL');
}

async function within(event: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const inTime = await Promise.race([event.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
