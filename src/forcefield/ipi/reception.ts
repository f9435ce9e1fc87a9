// Clients that somebody else starts, once: this process listens, keeps the connection, and lends it to one force field after
// another, here or in a worker. EXIT goes out once, at the end of everything.

import type { Socket } from 'node:net';
import { addon } from '../../addon.js';
import { MdbenchError } from '../../errors.js';
import { type Address, addressText } from './address.js';
import { descriptorOf } from './channel.js';
import { type Conversation, createConversation } from './conversation.js';
import { listen } from './listener.js';
import { headerMessage } from './message.js';
import { guardSocket, within } from './program.js';

export interface LoanOptions {
  /** ms in which a client has to connect. */
  readonly timeout: number;
  /** Any of them ends the wait. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/** A connection as it is lent: a copy of it belongs to the borrower, or it is the very one in the same process. */
export interface Lent {
  readonly socket: Socket;
  readonly address: Address;
  readonly conversation: Conversation;
}

/** A client that has to be started now. */
export interface AwaitedClient {
  /** `unix:NAME`, `HOST:PORT` */
  readonly address: string;
  /** The file of a unix socket. */
  readonly path: string | null;
  /** True: the connection to an earlier one was lost. */
  readonly again: boolean;
}

interface Desk {
  address: Address;
  socket: Socket | null;
  conversation: Conversation;
  holder: object | null;
  /** Whoever waits for the holder. */
  readonly waiting: (() => void)[];
  /** Connections so far. */
  met: number;
}

const desks = new Map<string, Desk>();
/** ms for whoever holds a connection to give it back; in good order it is back before it is asked for. */
const handover = 5000;
/** ms for EXIT to leave. */
const farewell = 1000;
let flows = 0;
let announce: (awaited: AwaitedClient) => void = () => {};

/**
 * Meets the clients at these addresses, and says EXIT to all clients when the outermost `use` is over.
 * @throws MdbenchError `external-failed`, `option-invalid`, `aborted`; what `use` throws
 */
export async function withReception<T>(
  awaited: readonly { readonly address: Address; readonly timeout: number }[],
  options: { readonly signal?: AbortSignal | undefined; readonly onAwaited?: typeof announce | undefined },
  use: () => Promise<T>,
): Promise<T> {
  const before = announce;
  announce = options.onAwaited ?? before;
  flows++;
  try {
    await meetAll(awaited, options.signal);
    return await use();
  } finally {
    announce = before;
    if (--flows === 0) await dismissAll();
  }
}

/** All at the same time. @throws what the first that failed threw; nobody is awaited any more then */
async function meetAll(
  awaited: readonly { readonly address: Address; readonly timeout: number }[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const failed = new AbortController();
  const errors: unknown[] = [];
  const meet = async ({ address, timeout }: (typeof awaited)[number]) => {
    const visitor = {};
    try {
      const { conversation } = await lend(address, visitor, { timeout, signals: [signal, failed.signal] });
      await takeBack(address, visitor, conversation);
    } catch (error) {
      errors.push(error);
      failed.abort();
    }
  };
  await Promise.all(awaited.map(meet));
  if (errors.length > 0) throw errors[0];
}

/**
 * The connection to the client at an address, listening there if there is none.
 * @param holder whose it is until it is taken back
 * @throws MdbenchError `external-failed` where nobody connects or another holds it; `option-invalid`; `aborted`
 */
export async function lend(address: Address, holder: object, options: LoanOptions): Promise<Lent> {
  const desk = deskAt(address);
  if (desk.holder !== null) await within(new Promise<void>((free) => desk.waiting.push(free)), handover);
  if (desk.holder !== null) throw heldElsewhere(address);
  desk.holder = holder;
  try {
    desk.socket ??= await receiveClient(desk, options);
  } catch (error) {
    release(desk);
    throw error;
  }
  return { socket: desk.socket, address: desk.address, conversation: desk.conversation };
}

/** @param conversation as it stands; null or not at rest: the connection is of no use any more */
export async function takeBack(
  address: Address,
  holder: object,
  conversation: Conversation | null,
): Promise<void> {
  const desk = desks.get(addressText(address));
  if (desk?.holder !== holder) return;
  if (conversation?.isAtRest) desk.conversation = { ...conversation };
  else {
    desk.socket?.destroy();
    desk.socket = null;
  }
  release(desk);
  if (flows === 0) await dismissAll();
}

function deskAt(address: Address): Desk {
  const key = addressText(address);
  const desk = desks.get(key) ?? {
    address,
    socket: null,
    conversation: createConversation(),
    holder: null,
    waiting: [],
    met: 0,
  };
  if (desks.size === 0) process.once('exit', sayExitAtOnce);
  desks.set(key, desk);
  return desk;
}

function release(desk: Desk): void {
  desk.holder = null;
  for (const free of desk.waiting.splice(0)) free();
}

async function receiveClient(desk: Desk, { timeout, signals }: LoanOptions): Promise<Socket> {
  const listener = await listen(desk.address);
  desk.address = listener.address;
  const address = addressText(desk.address);
  const path = desk.address.kind === 'unix' ? desk.address.path : null;
  const guard = path === null ? null : guardSocket(path);
  announce({ address, path, again: desk.met > 0 });
  const stopped = abortOf(signals);
  const socket = await listener.accept(timeout, stopped.promise);
  stopped.release();
  await guard?.end(0);
  if (socket === null && signals.some((signal) => signal?.aborted)) {
    throw new MdbenchError('aborted', `Stopped before a client connected to ${address}.`);
  }
  if (socket === null) throw nobodyCame(address, timeout);
  socket.on('error', () => {});
  socket.unref();
  desk.met++;
  desk.conversation = createConversation();
  return socket;
}

function abortOf(signals: LoanOptions['signals']) {
  let listener = () => {};
  const promise = new Promise<void>((resolve) => {
    listener = resolve;
    if (signals.some((signal) => signal?.aborted)) resolve();
  });
  for (const signal of signals) signal?.addEventListener('abort', listener);
  const release = () => {
    for (const signal of signals) signal?.removeEventListener('abort', listener);
  };
  return { promise, release };
}

/** Those that nobody holds; outside of a flow others may compute on. */
async function dismissAll(): Promise<void> {
  const free = [...desks].filter(([, { holder }]) => holder === null);
  for (const [key] of free) desks.delete(key);
  if (desks.size === 0) process.off('exit', sayExitAtOnce);
  await Promise.all(free.map(([, { socket }]) => socket && dismiss(socket)));
}

async function dismiss(socket: Socket): Promise<void> {
  await within(new Promise<void>((said) => socket.end(headerMessage('EXIT'), () => said())), farewell);
  socket.destroy();
}

/** For a process that exits before its flow is over. Without the addon the client sees the connection end. */
function sayExitAtOnce(): void {
  const exit = headerMessage('EXIT');
  for (const { socket, holder } of desks.values()) {
    if (socket && holder === null) addon?.transmit(descriptorOf(socket), exit, 0, exit.length, 0);
  }
}

function heldElsewhere(address: Address): MdbenchError {
  return new MdbenchError(
    'external-failed',
    `The client at ${addressText(address)} computes for another process of mdbench.`,
    'An address serves one force field at a time: start a second client, at an address of its own.',
  );
}

function nobodyCame(address: string, timeout: number): MdbenchError {
  return new MdbenchError(
    'external-failed',
    `Nobody connected to ${address} within ${timeout / 1000} s.`,
    'Start the client while mdbench listens; --force-timeout says how long that is.',
  );
}
