// A worker of a campaign as its parent sees it: requests one at a time, answers that are checked, a certain end.

import { awaitedAddress, openPreparedStore } from '../forcefield/index.js';
import { programFile } from '../package-file.js';
import type { ArmName, WorkerRecord } from '../result/index.js';
import type { CampaignArm } from './campaign-arm.js';
import { now } from './clock.js';
import { type PairReply, type PairRequest, pairReply, protocolVersion } from './pair-protocol.js';
import { protocolError, workerError } from './worker-failure.js';
import { openLink, type WorkerLink } from './worker-link.js';

type Reply<T extends PairReply['type']> = Extract<PairReply, { type: T }>;

export interface PairProcess {
  readonly arm: ArmName;
  prepare(seed: number): Promise<Reply<'prepared'>>;
  warmUp(): Promise<Reply<'warmed'>>;
  /** A fresh session in the same process. @returns false where the worker has none to give */
  session(): Promise<boolean>;
  /** @param expected ms that it should take; a worker that takes many times as long is ended */
  segment(steps: number, expected: number): Promise<Reply<'segment'>>;
  /** What is known of it so far. */
  record(): WorkerRecord;
  /** Asks for its last numbers and waits until the process and all that it started are gone. */
  end(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly signal?: AbortSignal | undefined;
  readonly patience?: number | undefined;
  /** ms of any answer but a segment, about: what is silent for much longer when it is aborted has hung. */
  readonly usual?: number | undefined;
  /** ms that are left for all that is asked: no answer may take longer, but each has ten seconds. */
  readonly left?: (() => number) | undefined;
}

const defaultPatience = 10 * 60_000;
/** ms that every answer has: a busy machine may take as long to start a process. */
export const leastPatience = 10_000;
/** A segment may take this many times as long as expected, and never less than every answer has. */
const slowSegment = 20;
/** The same of an answer that had not come when the worker was aborted: beyond this it would not have come. */
const hungAnswer = { times: 10, least: 1000 };
/** ms of warm-up that a worker is asked for, at least and at most. */
const warmUp = { least: 500, most: 5000 };

/** Starts a worker and waits for its first sign of life. Every method throws an Error with a WorkerFailure in it. */
export async function startPairProcess(
  arm: ArmName,
  { spec, command, handicap }: CampaignArm,
  options: ProcessOptions,
): Promise<PairProcess> {
  const { signal, usual = Number.POSITIVE_INFINITY } = options;
  const patience = () => patienceOf(options);
  const begun = now();
  openPreparedStore();
  const lends = !command && spec !== null && awaitedAddress(spec.forceField.name) !== null;
  const link = openLink(command ?? ourCommand(spec, handicap), signal, lends);
  const ask = askThrough(link, arm, usual);
  const record: WorkerRecord = {
    start: 0,
    sessionCreate: null,
    firstCall: null,
    earlyCalls: [],
    warmUp: { steps: 0, elapsed: 0, settled: false },
    peakRss: null,
  };
  try {
    const { protocol } = await ask.reply(['ready'], patience());
    if (protocol !== protocolVersion)
      throw protocolError(
        arm,
        `The worker speaks version ${protocol} of the protocol; version ${protocolVersion} is expected.`,
      );
  } catch (error) {
    await link.end(false);
    throw error;
  }
  record.start = now() - begun;

  return {
    arm,
    async prepare(seed) {
      const prepared = await ask.request({ type: 'prepare', seed }, ['prepared'], patience());
      Object.assign(record, prepared.cold);
      return prepared;
    },
    async warmUp() {
      const warmed = await ask.request({ type: 'warm-up', ...warmUp }, ['warmed'], patience());
      const { steps, elapsed, settled } = warmed;
      record.warmUp = { steps, elapsed, settled };
      return warmed;
    },
    async session() {
      const { type } = await ask.request({ type: 'session' }, ['session', 'unsupported'], patience());
      return type === 'session';
    },
    async segment(steps, expected) {
      const enough = Math.round(Math.max(leastPatience, slowSegment * expected));
      const request = { type: 'segment', steps } as const;
      const segment = await ask.request(request, ['segment'], Math.min(patience(), enough), expected);
      if (segment.steps !== steps)
        throw protocolError(arm, `${steps} steps were asked for, the worker ran ${segment.steps}.`);
      return segment;
    },
    record: () => structuredClone(record),
    async end() {
      try {
        record.peakRss = (await ask.request({ type: 'end' }, ['ended'], patience())).peakRss;
      } catch (error) {
        await link.end(false);
        throw error;
      }
      await link.end(true);
    },
    kill: () => link.end(false),
  };
}

function patienceOf({ patience = defaultPatience, left }: ProcessOptions): number {
  return left ? Math.min(patience, Math.max(leastPatience, Math.round(left()))) : patience;
}

/** Requests and checked replies over a link. */
function askThrough(link: WorkerLink, arm: ArmName, usual: number) {
  async function reply<T extends PairReply['type']>(
    expected: readonly T[],
    patience: number,
    time = usual,
  ): Promise<Reply<T>> {
    const asked = now();
    const line = await link.next(patience);
    if (typeof line !== 'string') {
      const end = line.cause === 'aborted' ? (hang(now() - asked, time) ?? line) : line;
      throw workerError({ arm, ...end, hint: hintOf(end.cause) });
    }
    return checked(line, expected, arm);
  }

  return {
    reply,
    request<T extends PairReply['type']>(
      request: PairRequest,
      expected: readonly T[],
      patience: number,
      time?: number,
    ) {
      const unasked = link.unasked();
      if (unasked !== null) checked(unasked, [], arm);
      link.send(JSON.stringify(request));
      return reply(expected, patience, time);
    },
  };
}

/** @throws Error with a WorkerFailure when the line is no reply, not the expected one, or says that the worker failed */
function checked<T extends PairReply['type']>(line: string, expected: readonly T[], arm: ArmName): Reply<T> {
  const wanted = expected.length > 0 ? expected.map((type) => `"${type}"`).join(' or ') : 'silence';
  const found = line.length > 200 ? `${line.slice(0, 200)}…` : line;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw protocolError(arm, `Expected ${wanted} as a line of JSON, received: ${found}`);
  }
  const parsed = pairReply.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    throw protocolError(arm, `Expected ${wanted}, received: ${found} (${place}${issue.message})`);
  }
  const reply = parsed.data;
  if (reply.type === 'failed') {
    throw workerError({ arm, cause: reply.code, message: reply.message, hint: reply.hint });
  }
  if (!expected.some((type) => type === reply.type)) {
    throw protocolError(arm, `Expected ${wanted}, received "${reply.type}": ${found}`);
  }
  return reply as Reply<T>;
}

/** What an abort found: an answer that was only late, null, or one that would not have come. */
function hang(waited: number, time: number) {
  if (waited <= Math.max(hungAnswer.least, hungAnswer.times * time)) return null;
  const message = `No sign of life for ${Math.round(waited / 1000)} s; then the time was over.`;
  return { cause: 'no-progress', message };
}

function hintOf(cause: string): string | null {
  if (cause === 'out-of-memory' || cause === 'killed') return 'Try a smaller system.';
  return null;
}

function ourCommand(spec: CampaignArm['spec'], handicap = 0): string[] {
  return [process.execPath, programFile('measure/segment-worker'), JSON.stringify({ case: spec, handicap })];
}
