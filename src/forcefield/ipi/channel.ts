// Bytes through a connected socket: by the addon without the event loop in between, else by Node's streams.
// A wait that gets long lets the event loop breathe, so that messages and signals still come through.

import type { Socket } from 'node:net';
import { addon } from '../../addon.js';

export interface Channel {
  /** How bytes travel: in the description, because it decides what a call costs. */
  readonly transport: 'native' | 'event-loop';
  /** Sends all bytes; false where the other side is gone or takes none for too long. */
  send(bytes: Uint8Array): boolean | Promise<boolean>;
  /**
   * Reads into `bytes` from `have` on until there are at least `wanted` in it, perhaps as many as it holds.
   * @returns how many there are now; fewer than `wanted` where it failed, see `fault`
   */
  receive(bytes: Uint8Array, have: number, wanted: number): number | Promise<number>;
  /** Why the last exchange failed. */
  readonly fault: 'closed' | 'silent' | null;
  close(): void;
}

/** ms that the process stands still before the event loop gets its turn, and between two of its turns. */
const standstill = 200;
const slice = 50;

/**
 * @param socket paused since it was made, so that nobody has read from it
 * @param timeout ms without a byte after which the other side counts as silent; Infinity: never
 */
export function createChannel(socket: Socket, timeout: number): Channel {
  socket.setNoDelay?.(true);
  socket.on('error', () => {});
  const descriptor = descriptorOf(socket);
  return addon && descriptor >= 0
    ? nativeChannel(addon, socket, descriptor, timeout)
    : streamChannel(socket, timeout);
}

interface Handle {
  readonly fd?: number;
  reading?: boolean;
  readStop?(): void;
}

/** −1 where the system has none, or the socket is gone. */
export function descriptorOf(socket: Socket): number {
  return handleOf(socket).fd ?? -1;
}

/** A socket that came from another process is read at once; where the addon reads, the event loop must not. */
export function stopReading(socket: Socket): void {
  const handle = handleOf(socket);
  if (!addon || handle.fd === undefined) return;
  handle.reading = false;
  handle.readStop?.();
}

function handleOf(socket: Socket): Handle {
  return (socket as Socket & { _handle?: Handle | null })._handle ?? {};
}

function nativeChannel(
  { receive, transmit }: NonNullable<typeof addon>,
  socket: Socket,
  fd: number,
  timeout: number,
): Channel {
  let fault: Channel['fault'] = null;

  /** Moves bytes until `goal` are there; the first wait is a standstill, later ones are slices. */
  function advance(move: (have: number, wait: number) => number, have: number, goal: number) {
    if (fault === 'closed' || socket.destroyed) return fail('closed', have);
    const count = move(have, Math.min(standstill, timeout));
    if (count < 0) return fail('closed', have - 1 - count);
    return have + count >= goal ? have + count : advanceSlowly(move, have + count, goal);
  }

  async function advanceSlowly(move: (have: number, wait: number) => number, have: number, goal: number) {
    let waited = standstill;
    let there = have;
    while (there < goal) {
      if (waited >= timeout) return fail('silent', there);
      await new Promise((resolve) => setImmediate(resolve));
      if (socket.destroyed) return fail('closed', there);
      const count = move(there, slice);
      if (count < 0) return fail('closed', there - 1 - count);
      waited = count > 0 ? 0 : waited + slice;
      there += count;
    }
    return there;
  }

  function fail(reason: 'closed' | 'silent', have: number): number {
    fault = reason;
    return have;
  }

  return {
    transport: 'native',
    get fault() {
      return fault;
    },
    send(bytes) {
      const { length } = bytes;
      const put = (have: number, wait: number) => transmit(fd, bytes, have, length - have, wait);
      const sent = advance(put, 0, length);
      return typeof sent === 'number' ? sent === length : sent.then((count) => count === length);
    },
    receive(bytes, have, wanted) {
      const get = (count: number, wait: number) =>
        receive(fd, bytes, count, wanted - count, bytes.length - count, wait);
      return advance(get, have, wanted);
    },
    close: () => socket.destroy(),
  };
}

function streamChannel(socket: Socket, timeout: number): Channel {
  let fault: Channel['fault'] = null;
  let ended = false;
  let wake = () => {};
  for (const event of ['end', 'close', 'error'] as const) {
    socket.on(event, () => {
      ended = true;
      wake();
    });
  }
  socket.on('readable', () => wake());

  function pause(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(timeout) ? setTimeout(() => resolve(false), timeout) : undefined;
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  return {
    transport: 'event-loop',
    get fault() {
      return fault;
    },
    send(bytes) {
      if (ended) {
        fault = 'closed';
        return false;
      }
      // The caller writes into the same buffer again: the stream gets bytes of its own.
      socket.write(Uint8Array.from(bytes));
      return true;
    },
    async receive(bytes, have, wanted) {
      let there = have;
      while (there < wanted) {
        const chunk: Buffer | null =
          socket.readableLength > 0
            ? socket.read(Math.min(socket.readableLength, bytes.length - there))
            : socket.read();
        if (chunk !== null) {
          bytes.set(chunk, there);
          there += chunk.length;
        } else if (ended) {
          fault = 'closed';
          return there;
        } else if (!(await pause())) {
          fault = 'silent';
          return there;
        }
      }
      return there;
    },
    close: () => socket.destroy(),
  };
}
