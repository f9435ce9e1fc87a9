// The command line as a person types it: the built program in a process of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const program = resolve('dist/cli/main.js');

export interface Typed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TypeOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called once with the process, to send it signals. */
  readonly onStart?: (child: ChildProcess) => void | Promise<void>;
  /** Called with everything on stderr so far. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

/** What examinations leave for later ones: one folder for each run of the tests, never the user's own. */
const cache = join(tmpdir(), `mdbench-test-cache-${process.ppid}`);

/** Runs `mdbench <args>` and waits for its end. */
export function mdbench(args: readonly string[], options: TypeOptions = {}): Promise<Typed> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd,
    env: { ...process.env, XDG_CACHE_HOME: cache, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  void options.onStart?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    options.onStderr?.(stderr, child);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
}

/**
 * Sends a signal to a run that has begun to measure: its output folder is there, and a second more has gone by.
 * @param out a folder that is not there yet
 */
export function signalWhileMeasuring(out: string, signal: NodeJS.Signals) {
  let isSent = false;
  return {
    get isSent() {
      return isSent;
    },
    onStart(child: ChildProcess) {
      const timer = setInterval(() => {
        if (!existsSync(out)) return;
        clearInterval(timer);
        setTimeout(() => {
          isSent = child.exitCode === null && child.kill(signal);
        }, 1000);
      }, 50);
      child.once('exit', () => clearInterval(timer));
    },
  };
}

/** A folder of its own for one test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mdbench-test-'));
}
