// The line discipline of a worker: requests in, one after another; replies out; a failure is the last word.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { asMdbenchError } from '../errors.js';
import { type PairReply, type PairRequest, pairRequest, protocolVersion } from './pair-protocol.js';

export interface LineOptions {
  readonly input: Readable;
  readonly write: (line: string) => void;
  /** Made at the first request, so that the first sign of life comes early. */
  readonly createService: (isAborted: () => boolean) => Promise<(request: PairRequest) => Promise<PairReply>>;
}

/**
 * Serves until `end`, a failure, or the end of the input: requests that wait then are dropped and a running one stops
 * after its step, unless `end` is among them.
 * @returns whether it came to a good end
 */
export async function serveLines({ input, write, createService }: LineOptions): Promise<boolean> {
  const lines: string[] = [];
  let closed = false;
  let ending = false;
  let wake: () => void = () => {};
  const isAborted = () => closed && !ending;
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  reader.on('line', (line) => {
    if (line.trim() !== '') lines.push(line);
    ending ||= isEnd(line);
    wake();
  });
  reader.on('close', () => {
    closed = true;
    wake();
  });
  const say = (reply: PairReply) => write(`${JSON.stringify(reply)}\n`);
  let service: Awaited<ReturnType<LineOptions['createService']>> | null = null;
  const answer = async (line: string): Promise<PairReply> => {
    const request = readRequest(line);
    if (request.type === 'failed') return request;
    try {
      service ??= await createService(isAborted);
      return await service(request);
    } catch (error) {
      return failed(error);
    }
  };
  let last: PairReply = { type: 'ready', protocol: protocolVersion };
  say(last);
  while (last.type !== 'ended' && last.type !== 'failed') {
    while (lines.length === 0 && !closed) await new Promise<void>((resolve) => (wake = resolve));
    if (lines.length === 0 || isAborted()) break;
    last = await answer(lines.shift() as string);
    if (!isAborted()) say(last);
  }
  reader.close();
  input.destroy();
  return last.type === 'ended';
}

function failed(error: unknown): PairReply {
  const { code, message, hint = null } = asMdbenchError(error);
  return { type: 'failed', code, message, hint };
}

const shownCharacters = 120;

function readRequest(line: string): PairRequest | Extract<PairReply, { type: 'failed' }> {
  const shown = line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line;
  const refuse = (reason: string) =>
    ({
      type: 'failed',
      code: 'protocol',
      message: `A line of the input ${reason}: ${shown}`,
      hint: null,
    }) as const;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refuse('is not JSON');
  }
  const parsed = pairRequest.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the message'}: ${message}`,
  );
  return refuse(`is no request of protocol ${protocolVersion} (${wrong.join('; ')})`);
}

/** Without a full reading: it is asked while a segment runs. */
function isEnd(line: string): boolean {
  return /^\s*\{\s*"type"\s*:\s*"end"\s*\}\s*$/.test(line);
}
