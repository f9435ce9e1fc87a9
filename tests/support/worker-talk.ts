// A worker process driven by hand: lines in, checked replies out, and how it ended.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type PairReply, type PairRequest, pairReply } from '../../src/measure/pair-protocol.js';
import { planCases } from '../../src/spec/index.js';

export interface Talk {
  readonly child: ChildProcessWithoutNullStreams;
  /** The next line on stdout, as a valid reply of the asked type. */
  next<T extends PairReply['type']>(type: T): Promise<Extract<PairReply, { type: T }>>;
  ask<T extends PairReply['type']>(
    request: PairRequest | string,
    type: T,
  ): Promise<Extract<PairReply, { type: T }>>;
  /** Exit code, what else was on stdout, and stderr, when the process has ended. */
  ended(): Promise<{ readonly code: number | null; readonly rest: string[]; readonly stderr: string }>;
}

export function talk(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Talk {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const closed = new Promise<number | null>((done) => child.on('close', done));

  async function next<T extends PairReply['type']>(type: T) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The worker ended without "${type}": ${stderr}`);
    const reply = pairReply.parse(JSON.parse(value));
    if (reply.type !== type) throw new Error(`Expected "${type}", received ${value}`);
    return reply as Extract<PairReply, { type: T }>;
  }

  return {
    child,
    next,
    ask(request, type) {
      child.stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`);
      return next(type);
    },
    async ended() {
      const rest: string[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) rest.push(line.value);
      return { code: await closed, rest, stderr };
    },
  };
}

export interface TalkCase {
  readonly forceField: string;
  readonly system?: string;
  readonly equilibrate?: number;
  readonly timestep?: number;
  readonly temperature?: number;
}

export function caseOf({ forceField, system, ...dynamics }: TalkCase) {
  const [spec] = planCases({
    forceFields: [{ name: forceField }],
    systems: system === undefined ? [] : [{ name: system }],
    dynamics: { equilibrate: 20, ...dynamics },
  });
  return spec;
}

/** The compiled worker of ours on this case. */
export function talkToWorker(asked: TalkCase, handicap?: number, env?: NodeJS.ProcessEnv): Talk {
  const spec = caseOf(asked);
  const argument = handicap === undefined ? spec : { case: spec, handicap };
  return talk(process.execPath, [resolve('dist/measure/segment-worker.js'), JSON.stringify(argument)], env);
}
