// The client's end of a conversation that others have led before: borrowed, greeted, and left between two messages. Force
// fields of one process at one address share it, for none of them asks while another waits for its answer.

import { addon } from '../../addon.js';
import { MdbenchError } from '../../errors.js';
import { type Address, addressText } from './address.js';
import { type Channel, createChannel, descriptorOf } from './channel.js';
import { type Client, type ClientOptions, silenceHint } from './client-end.js';
import { borrow, type Loan } from './loan.js';
import { headerBytes, headerMessage, readHeader } from './message.js';

type LentOptions = Pick<ClientOptions, 'title' | 'timeout'> & { readonly address: Address };

interface Shared {
  readonly loan: Loan;
  readonly channel: Channel;
  readonly pid: number | null;
  users: number;
  isLeft: boolean;
}

const shared = new Map<string, Promise<Shared>>();
/** Connections that ended before they answered anything, one after another. */
const mostStale = 3;

/**
 * Waits for the client at an address, which somebody else starts.
 * @throws MdbenchError `external-failed` when nobody connects within the timeout, or who does speaks something else; `aborted`
 */
export async function meetLentClient(options: LentOptions): Promise<Client> {
  const { title, timeout } = options;
  const key = addressText(options.address);
  const meeting = shared.get(key) ?? meet(options);
  shared.set(key, meeting);
  const met = await meeting.catch((error) => {
    shared.delete(key);
    throw error;
  });
  met.users++;
  const { loan, channel, pid } = met;
  const { conversation } = loan;
  return {
    channel,
    pid,
    isLent: true,
    address: loan.address,
    conversation,
    async failure(reason, atoms) {
      conversation.isAtRest = false;
      await leave(key, met);
      return failureOf(title, reason, { before: conversation.atoms, now: atoms, timeout });
    },
    async end() {
      if (--met.users === 0) await leave(key, met);
    },
  };
}

/** Gives back what this process holds, for one that ends. */
export async function returnClients(): Promise<void> {
  for (const [key, meeting] of shared) await meeting.then((met) => leave(key, met)).catch(() => {});
}

async function leave(key: string, met: Shared): Promise<void> {
  if (met.isLeft) return;
  met.isLeft = true;
  shared.delete(key);
  await met.loan.giveBack();
}

async function meet({ title, address, timeout }: LentOptions): Promise<Shared> {
  for (let stale = 0; ; stale++) {
    const loan = await borrow(address, timeout);
    const channel = createChannel(loan.socket, timeout);
    const fault = await greet(channel);
    if (fault === null) return { loan, channel, pid: peerOf(loan), users: 0, isLeft: false };
    loan.conversation.isAtRest = false;
    await loan.giveBack();
    if (channel.fault !== 'closed' || stale === mostStale) {
      throw failureOf(title, fault, { before: null, now: 0, timeout });
    }
  }
}

/** Finds out where the conversation stands, and fetches what the one before left. @returns what is wrong */
async function greet(channel: Channel): Promise<string | null> {
  const bytes = new Uint8Array(headerBytes);
  if (!(await channel.send(headerMessage('STATUS')))) return gone;
  if ((await channel.receive(bytes, 0, headerBytes)) < headerBytes) {
    return channel.fault === 'silent' ? 'did not answer to STATUS' : gone;
  }
  const state = readHeader(bytes);
  if (state === 'READY' || state === 'NEEDINIT') return null;
  if (state !== 'HAVEDATA') return `answered "${state}" to STATUS where READY belongs`;
  return (await fetchForces(channel)) ? null : 'did not answer to GETFORCE';
}

const gone = 'closed the connection before it was asked for anything';

/** An answer that nobody waits for any more. */
async function fetchForces(channel: Channel): Promise<boolean> {
  if (!(await channel.send(headerMessage('GETFORCE')))) return false;
  const head = await take(channel, headerBytes + 12);
  if (!head || readHeader(head) !== 'FORCEREADY') return false;
  const atoms = sizeIn(head, headerBytes + 8);
  const rest = await take(channel, 24 * atoms + 72 + 4);
  return rest !== null && (await take(channel, sizeIn(rest, rest.length - 4))) !== null;
}

/** Bytes of an answer that is believed to be one. */
const largest = 1 << 30;

async function take(channel: Channel, count: number): Promise<Uint8Array | null> {
  if (!(count >= 0 && count <= largest)) return null;
  const bytes = new Uint8Array(count);
  return (await channel.receive(bytes, 0, count)) === count ? bytes : null;
}

function sizeIn(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer).getInt32(at, true);
}

/** The process at the other end of a unix socket of this machine. */
function peerOf({ socket, address }: Loan): number | null {
  const pid = address.kind === 'unix' ? (addon?.peerProcess(descriptorOf(socket)) ?? -1) : -1;
  return pid > 0 ? pid : null;
}

function failureOf(
  title: string,
  reason: string,
  { before, now, timeout }: { before: number | null; now: number; timeout: number },
): MdbenchError {
  const isResized = before !== null && before !== now;
  const resized = isResized ? ` It was asked for ${before} atoms before, and for ${now} now.` : '';
  return new MdbenchError(
    'external-failed',
    `The ${title} ${reason}.${resized}`,
    isResized
      ? 'Most clients compute the one system that their input names: one run a system, and the client that belongs to it.'
      : silenceHint(timeout),
  );
}
