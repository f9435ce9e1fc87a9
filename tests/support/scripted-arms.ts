// Two arms of scripted workers with one log, and what the log says.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CampaignArm } from '../../src/measure/index.js';
import { temporaryFolder } from './cli.js';

export interface Script {
  /** ms */
  readonly stepTime?: number;
  readonly threads?: number;
  /** What the times of each process of the arm are multiplied with. */
  readonly factors?: readonly number[];
  /** How many times as long as it says each process of the arm takes. */
  readonly slowness?: readonly number[];
  readonly sessions?: boolean;
  /** Neither the end of its input nor SIGTERM makes it leave. */
  readonly stays?: boolean;
  readonly fault?: {
    readonly on: 'start' | 'prepare' | 'warm-up' | 'session' | 'segment' | 'end';
    /** Which request of this kind, and which process of the arm; from 0. */
    readonly count?: number;
    readonly process?: number;
    readonly kind: string;
    readonly milliseconds?: number;
  };
}

export interface LogEntry {
  readonly name: 'baseline' | 'candidate';
  readonly pid: number;
  /** Which process of its arm. */
  readonly ordinal: number;
  readonly type: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly begun: number;
  readonly ended: number;
}

export function scriptedArms(baseline: Script = {}, candidate: Script = {}) {
  const log = join(temporaryFolder(), 'log.jsonl');
  const arm = (name: string, script: Script): CampaignArm => ({
    label: name,
    spec: null,
    command: [
      process.execPath,
      resolve('tests/support/scripted-worker.mjs'),
      JSON.stringify({ name, log, ...script }),
    ],
  });
  return {
    arms: { baseline: arm('baseline', baseline), candidate: arm('candidate', candidate) },
    entries: (): LogEntry[] =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    /** Processes of this log that still run. */
    alive: (): string[] =>
      execFileSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(log) && !/^\s*\d+\s+Z/.test(line)),
  };
}
