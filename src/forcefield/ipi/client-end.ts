// The client of a driver that mdbench starts: found, heard and ended; and what is said when it fails.

import { randomBytes } from 'node:crypto';
import { MdbenchError } from '../../errors.js';
import { type Address, addressText, unixAddress } from './address.js';
import { type Channel, createChannel } from './channel.js';
import { type Conversation, createConversation } from './conversation.js';
import { listen } from './listener.js';
import { headerMessage } from './message.js';
import { type Program, type ProgramCare, startProgram, within } from './program.js';

export interface ClientOptions {
  /** What it is called in sentences: `lmp -in teacher.lmp`. */
  readonly title: string;
  /** Where to listen; null: at a socket of its own. */
  readonly address: Address | null;
  /** ms */
  readonly timeout: number;
  /** Lines of its error output that a message quotes. */
  readonly quotedLines: number;
  /** Threads of a program that mdbench starts, as OpenMP reads them; the user's own OMP_NUM_THREADS goes before. */
  readonly threads: number;
  /** Of the program, where it is looked into meanwhile. */
  readonly care?: ProgramCare | undefined;
  /** The Python that computes a calculator of ASE, as it is started; null for other programs. */
  readonly interpreter: string | null;
}

/** The program that connects. */
type CommandFor = (address: Address) => readonly [string, ...string[]];

export interface Client {
  readonly channel: Channel;
  readonly address: Address;
  /** The shell that leads the processes that compute, or the client that somebody else started; null where it is unknown. */
  readonly pid: number | null;
  /** True: somebody else started it, and it goes on when this force field ends. */
  readonly isLent: boolean;
  readonly conversation: Conversation;
  /**
   * The error of a call in which it failed, with how it ended and what it said last; its log is kept.
   * @param atoms of that call
   */
  failure(reason: string, atoms: number): Promise<MdbenchError>;
  /** Sends EXIT unless it has failed, and waits until it and its children are gone; one that is lent is given back. */
  end(): Promise<void>;
}

/** Grace in ms for a client to end by itself after EXIT. */
const usualCare: ProgramCare = { environment: {}, grace: 3000, linger: 0 };
/** ms for it to end after it has closed the connection. */
const lastMoments = 3000;

/**
 * Listens, starts the program, and waits for its connection.
 * @throws MdbenchError `external-failed` when it ends or does not connect within the timeout; `option-invalid`
 */
export async function startClient(options: ClientOptions, commandFor: CommandFor): Promise<Client> {
  const { timeout, care = usualCare } = options;
  const listener = await listen(options.address ?? ownAddress());
  const { address } = listener;
  const program = startProgram({
    argv: commandFor(address),
    environment: {
      ...environmentOf(address),
      OMP_NUM_THREADS: openMpThreads(options.threads),
      ...care.environment,
    },
    socketFile: address.kind === 'unix' ? address.path : '',
  });
  const socket = await listener.accept(timeout, program.ended);
  if (socket === null) throw await notConnected(options, address, program);
  const channel = createChannel(socket, timeout);
  let hasFailed = false;
  return {
    channel,
    address,
    pid: program.pid,
    isLent: false,
    conversation: createConversation(),
    failure(reason) {
      hasFailed = true;
      const isGone = channel.fault === 'closed';
      channel.close();
      return failureOf(options, reason, program, isGone ? lastMoments : 0);
    },
    async end() {
      if (!hasFailed) await channel.send(headerMessage('EXIT'));
      channel.close();
      await program.end(hasFailed ? 0 : care.grace, care.linger);
    },
  };
}

/** What a program that mdbench starts finds in OMP_NUM_THREADS. */
export function openMpThreads(threads: number): string {
  return process.env.OMP_NUM_THREADS ?? String(threads);
}

function ownAddress(): Address {
  return unixAddress(`mdbench-${process.pid}-${randomBytes(4).toString('hex')}`);
}

/** What tells a program where to connect. */
function environmentOf(address: Address): Record<string, string> {
  return address.kind === 'unix'
    ? { MDBENCH_IPI_NAME: address.name, MDBENCH_IPI_SOCKET: address.path }
    : { MDBENCH_IPI_HOST: address.host, MDBENCH_IPI_PORT: String(address.port) };
}

async function notConnected(
  options: ClientOptions,
  address: Address,
  program: Program,
): Promise<MdbenchError> {
  const { interpreter } = options;
  if (interpreter === null)
    return failureOf(options, `did not connect to ${addressText(address)}`, program, 0);
  // It connects when it has its calculator.
  const { message, hint } = await failureOf(options, 'did not start', program, 0);
  const place = `The Python was ${interpreter}, which needs ASE, NumPy and the calculator; --python names another.`;
  return new MdbenchError('external-failed', message, `${hint} ${place}`);
}

async function failureOf(
  { title, quotedLines, timeout }: ClientOptions,
  reason: string,
  program: Program,
  patience: number,
): Promise<MdbenchError> {
  const ending = await within(program.ended, patience);
  const words = program.lastWords().split('\n').slice(-quotedLines).join(' / ');
  const sentences = [
    `The client (${title}) ${reason}${ending ? `; it ${ending}` : ''}.`,
    ...(words ? [`Its last words: ${words}`] : []),
  ];
  const hint = words ? `All that it said is in ${program.keepLog()}.` : silenceHint(timeout);
  await program.end(0);
  return new MdbenchError('external-failed', sentences.join(' '), hint);
}

/** What to do about a client that does not answer in time. */
export function silenceHint(timeout: number): string {
  return `A client speaks the i-PI protocol; it may take ${timeout / 1000} s for a call, or what --force-timeout says.`;
}
