// Where a process has the connection to a client from that somebody else started: from its own reception, or from the
// reception of its parent, which sends the descriptor itself. A copy is as fast as the original: nothing goes through the parent.

import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { asMdbenchError, type ErrorCode, MdbenchError } from '../../errors.js';
import { type Address, addressOf, addressText } from './address.js';
import { stopReading } from './channel.js';
import type { Conversation } from './conversation.js';
import { type Lent, lend, takeBack } from './reception.js';

export interface Loan extends Lent {
  /** Once; a conversation that is not at rest is of no use to others, and the connection is closed. */
  giveBack(): Promise<void>;
}

type Asked =
  | { readonly type: 'client-wanted'; readonly address: string; readonly timeout: number }
  | { readonly type: 'client-returned'; readonly address: string; readonly conversation: Conversation };

type Answer =
  | {
      readonly type: 'client-lent';
      readonly wanted: string;
      readonly address: Address;
      readonly conversation: Conversation;
    }
  | {
      readonly type: 'client-refused';
      readonly wanted: string;
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | null;
    };

let hasLendingParent = false;

/** From now on the parent of this process, which called `lendTo`, is asked for clients. */
export function borrowFromParent(): void {
  hasLendingParent = true;
}

/** @throws MdbenchError as `lend` does */
export function borrow(address: Address, timeout: number): Promise<Loan> {
  return hasLendingParent ? borrowThere(address, timeout) : borrowHere(address, timeout);
}

/** Answers a child that was forked with a channel for messages; what it holds when it ends is lost. */
export function lendTo(child: ChildProcess, signal: AbortSignal | undefined): void {
  const held = new Map<string, Address>();
  const gone = new AbortController();
  const signals = [signal, gone.signal];
  child.on('message', async (asked: Asked) => {
    if (asked.type === 'client-wanted') await answer(child, asked, held, signals);
    else if (asked.type === 'client-returned') {
      const address = held.get(asked.address);
      held.delete(asked.address);
      if (address) await takeBack(address, child, asked.conversation);
    }
  });
  child.once('close', () => {
    gone.abort();
    for (const address of held.values()) void takeBack(address, child, null);
  });
}

async function borrowHere(address: Address, timeout: number): Promise<Loan> {
  const holder = {};
  const lent = await lend(address, holder, { timeout, signals: [] });
  const conversation = { ...lent.conversation };
  return { ...lent, conversation, giveBack: () => takeBack(address, holder, conversation) };
}

async function borrowThere(address: Address, timeout: number): Promise<Loan> {
  const wanted = addressText(address);
  const { answer, socket } = await askParent({ type: 'client-wanted', address: wanted, timeout });
  if (answer.type === 'client-refused') {
    throw new MdbenchError(answer.code, answer.message, answer.hint ?? undefined);
  }
  if (!socket) throw lostOnTheWay(wanted);
  const { conversation } = answer;
  return {
    socket,
    address: answer.address,
    conversation,
    async giveBack() {
      socket.destroy();
      tellParent({ type: 'client-returned', address: wanted, conversation });
    },
  };
}

function askParent(
  asked: Asked & { type: 'client-wanted' },
): Promise<{ answer: Answer; socket: Socket | undefined }> {
  return new Promise((resolve) => {
    const listener = (answer: Answer, socket: Socket | undefined) => {
      if (!('wanted' in answer) || answer.wanted !== asked.address) return;
      process.off('message', listener as never);
      if (socket) stopReading(socket);
      resolve({ answer, socket });
    };
    process.on('message', listener as never);
    tellParent(asked);
  });
}

function tellParent(asked: Asked): void {
  process.send?.(asked);
}

async function answer(
  child: ChildProcess,
  { address: wanted, timeout }: Asked & { type: 'client-wanted' },
  held: Map<string, Address>,
  signals: readonly (AbortSignal | undefined)[],
): Promise<void> {
  try {
    const address = addressOf(wanted) as Address;
    const lent = await lend(address, child, { timeout, signals });
    if (!child.connected) return await takeBack(address, child, lent.conversation);
    held.set(wanted, address);
    // Node would keep count of a server's sockets in all processes.
    Object.assign(lent.socket, { server: null });
    const { conversation } = lent;
    send(child, { type: 'client-lent', wanted, address: lent.address, conversation }, lent.socket);
  } catch (error) {
    const { code, message, hint = null } = asMdbenchError(error);
    if (child.connected) send(child, { type: 'client-refused', wanted, code, message, hint });
  }
}

function send(child: ChildProcess, answer: Answer, socket?: Socket): void {
  child.send(answer, socket, { keepOpen: true }, () => {});
}

function lostOnTheWay(address: string): MdbenchError {
  return new MdbenchError('external-failed', `The connection to the client at ${address} was lost.`);
}
