// A client that mdbench starts: in a process group of its own, which ends with this process whatever way that ends.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

export interface ProgramOptions {
  readonly argv: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** Removed by the guardian when this process is killed; empty: none. */
  readonly socketFile: string;
}

/** How a program is run that is looked into meanwhile. */
export interface ProgramCare {
  /** Variables beside those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** ms for it to end by itself when it is told to, and after that for what it has started, before they are ended. */
  readonly grace: number;
  readonly linger: number;
}

export interface Program {
  readonly pid: number | null;
  /** Resolves with how it ended, as the end of a sentence, when it has. */
  readonly ended: Promise<string>;
  /** The end of what it said: its error output, else its output; empty where it said nothing. */
  lastWords(): string;
  /** Keeps what it wrote, and says where. */
  keepLog(): string;
  /**
   * Waits for its end as long as `grace` ms, and `linger` ms for what it has started; then ends the whole group. Removes
   * its log unless that is kept.
   */
  end(grace: number, linger?: number): Promise<void>;
}

/**
 * Waits for the end of its standard input's counterpart, descriptor 3: that closes when this process ends, killed or
 * not. A line on it means an end in good order.
 */
const guardian = `
socket=$1
shift
"$@" 3<&- &
child=$!
(
  trap '' TERM INT HUP
  exec >/dev/null 2>&1
  if ! read -r word <&3 && [ -n "$socket" ]; then rm -f "$socket"; fi
  exec 3<&-
  kill -TERM 0
  sleep 1
  kill -KILL 0
) &
exec 3<&-
wait "$child"
`;
const keptLines = 6;
const keptBytes = 8000;

export function startProgram({ argv, environment, socketFile }: ProgramOptions): Program {
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-client-'));
  const files = { output: join(folder, 'stdout.log'), errors: join(folder, 'stderr.log') };
  const [output, errors] = [openSync(files.output, 'a'), openSync(files.errors, 'a')];
  const child = spawn('/bin/sh', ['-c', guardian, 'mdbench-client', socketFile, ...argv], {
    detached: true,
    stdio: ['ignore', output, errors, 'pipe'],
    env: { ...process.env, ...environment },
  });
  closeSync(output);
  closeSync(errors);
  const leash = child.stdio[3] as Writable;
  leash.on('error', () => {});
  let isKept = false;
  const sweep = () => {
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', sweep);
  const ended = endOf(child);
  // Neither the child nor the pipe keeps this process alive.
  child.unref();
  (leash as Writable & { unref?: () => void }).unref?.();

  return {
    pid: child.pid ?? null,
    ended,
    lastWords: () => tailOf(files.errors) || tailOf(files.output),
    keepLog() {
      isKept = true;
      return statSync(files.errors).size > 0 ? files.errors : files.output;
    },
    async end(grace, linger = 0) {
      await within(ended, grace);
      if (linger > 0) await within(new Promise(() => {}), linger);
      leash.end('end\n');
      await within(ended, 3000);
      process.off('exit', sweep);
      sweep();
    },
  };
}

/** Removes the file of a socket that somebody else is awaited at, should this process be killed before. */
export function guardSocket(path: string): Program {
  return startProgram({ argv: ['true'], environment: {}, socketFile: path });
}

/** What a promise resolves to, or null when that takes longer than `time` ms. */
export async function within<T>(promise: Promise<T>, time: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), time);
  });
  const outcome = await Promise.race([promise, late]);
  clearTimeout(timer);
  return outcome;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      // A shell tells the signal that ended its child as 128 + n.
      const number = code !== null && code > 128 ? code - 128 : null;
      if (signal !== null) resolve(`ended by signal ${signal}`);
      else if (number !== null) resolve(`ended by signal ${number}`);
      else if (code === 127) resolve('could not be found, or a library of it (exit code 127)');
      else resolve(`ended with exit code ${code}`);
    });
  });
}

function tailOf(file: string): string {
  const { size } = statSync(file);
  const bytes = Buffer.alloc(Math.min(size, keptBytes));
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
  closeSync(descriptor);
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(-keptLines).join('\n');
}
