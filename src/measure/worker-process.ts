// A worker process as its parent sees it: one request, a stream of replies, one end. Nothing is left running.

import { fork } from 'node:child_process';
import { lendTo, openPreparedStore } from '../forcefield/index.js';
import { programFile } from '../package-file.js';
import { type Death, death } from './death.js';
import type { Reply, Request } from './protocol.js';

type Final = Exclude<Reply, { type: 'ready' | 'progress' | 'prepared' }>;
type Note = Extract<Reply, { type: 'progress' | 'prepared' }>;

export interface WorkerOptions {
  readonly onNote?: (note: Note) => void;
  /** Called once, with the number of the process. */
  readonly onStart?: (pid: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** ms without a sign of life after which the worker is ended. */
  readonly patience?: number;
}

const defaultPatience = 10 * 60_000;
/** ms that an aborted worker has to hand over what it measured. */
const abortGrace = 30_000;
const keptErrorText = 16_000;

/** Starts a fresh process, hands it the request and waits for its answer, or for its death. */
export function askWorker(request: Request, options: WorkerOptions = {}): Promise<Final | Death> {
  openPreparedStore();
  const child = fork(programFile('measure/worker'), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    execArgv: [],
  });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  lendTo(child, options.signal);
  return new Promise((resolve) => {
    let answer: Final | undefined;
    let errorText = '';
    let silent = false;
    const patience = options.patience ?? defaultPatience;
    const giveUp = () => {
      silent = true;
      child.kill('SIGKILL');
    };
    let watchdog = setTimeout(giveUp, patience);
    const abort = () => {
      if (child.connected) child.send({ type: 'abort' } satisfies Request);
      setTimeout(() => child.kill('SIGKILL'), abortGrace).unref();
    };
    options.signal?.addEventListener('abort', abort, { once: true });
    child.stderr?.on('data', (chunk) => {
      errorText = (errorText + chunk).slice(-keptErrorText);
    });
    child.on('message', (reply: Reply) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(giveUp, patience);
      if (reply.type === 'ready') {
        child.send(request);
        if (options.signal?.aborted) abort();
      } else if (reply.type === 'progress' || reply.type === 'prepared') options.onNote?.(reply);
      else if (!reply.type.startsWith('client-')) answer = reply;
    });
    child.on('close', (code, signal) => {
      clearTimeout(watchdog);
      options.signal?.removeEventListener('abort', abort);
      resolve(answer ?? death({ code, signal, errorText, silence: silent ? patience : null }));
    });
    child.on('error', (error) => {
      errorText += error.message;
    });
  });
}

export function isDeath(outcome: object): outcome is Death {
  return 'cause' in outcome;
}
