// A force field that another process computes, which is a client of the i-PI protocol. The first two calls follow the
// protocol step by step and learn whether the client wants INIT each time; later calls send all that they ask in one write.

import { MdbenchError } from '../../errors.js';
import type { System } from '../../system/system.js';
import type { ForceField, ForceFieldDescription, ForceOutput } from '../force-field.js';
import type { Client } from './client-end.js';
import { enclosingCell } from './enclosing-cell.js';
import { createForceReply, type ForceReply, ReplyFault } from './force-message.js';
import {
  type Header,
  headerBytes,
  headerMessage,
  initMessage,
  type PositionMessage,
  positionMessage,
  readHeader,
} from './message.js';
import type { WireUnits } from './units.js';

export interface DriverOptions {
  readonly client: Client;
  readonly description: ForceFieldDescription;
  readonly units: WireUnits;
  /** True: the client takes INIT at any time, and knows what mdbench writes into it. */
  readonly isOurs: boolean;
  /** The same exchange with a client that computes nothing. */
  readonly createNullPeer: () => Promise<ForceField>;
}

/** Calls after which the client's ways are known. */
const lockstepCalls = 2;

const noLead = new Uint8Array(0);

interface Prepared {
  readonly atoms: number;
  /** What INIT says of them. */
  readonly text: string;
  readonly init: Uint8Array;
  readonly cell: Float64Array | null;
  readonly reply: ForceReply;
  message: PositionMessage;
  calls: number;
  wantsInit: boolean;
}

export function createDriver(options: DriverOptions): ForceField {
  const { client, units, isOurs } = options;
  const { channel, conversation } = client;
  const settings: Record<string, unknown> = { ...options.description.settings };
  const description = { ...options.description, settings };
  const status = new Uint8Array(headerBytes);
  let prepared: Prepared | null = null;
  let total = 0;
  let clientTime = Number.NaN;
  let broken: MdbenchError | null = null;

  function compute(system: System, _pairs: unknown, output: ForceOutput): void | Promise<void> {
    if (broken) throw broken;
    if (!prepared || prepared.atoms !== system.numbers.length) throw unprepared(description.title);
    total++;
    conversation.isAtRest = false;
    prepared.message.write(system.positions, prepared.cell ?? system.cell);
    if (prepared.calls < lockstepCalls) return callInSteps(prepared, output);
    const sent = channel.send(prepared.message.whole);
    if (typeof sent !== 'boolean')
      return sent.then((isSent) => (isSent ? gather(prepared, output, 0) : lost(0)));
    return sent ? gather(prepared, output, 0) : lost(0);
  }

  async function callInSteps(call: Prepared, output: ForceOutput): Promise<void> {
    let state = await ask('STATUS', status);
    const wantsInit = state === 'NEEDINIT';
    // Who asked for INIT once takes it at any time, and was told of other atoms perhaps.
    const isStale = conversation.told !== null && conversation.told !== call.text;
    if (wantsInit || isStale || (isOurs && call.calls === 0)) {
      await tell(call.init);
      conversation.told = call.text;
      state = await ask('STATUS', status);
    }
    if (state !== 'READY') await lost(headerBytes, `answered "${state}" to STATUS where READY belongs`);
    await tell(call.message.data);
    await ask('STATUS', call.reply.bytes);
    await tell(headerMessage('GETFORCE'));
    await gather(call, output, headerBytes);
    conversation.atoms = call.atoms;
    call.wantsInit = wantsInit;
    if (++call.calls === lockstepCalls) settle(call);
  }

  function settle(call: Prepared): void {
    settings.initialisation = call.wantsInit ? 'each call' : 'once';
    if (call.wantsInit) call.message = positionMessage(call.atoms, units, initMessage(' '));
  }

  async function tell(bytes: Uint8Array): Promise<void> {
    if (!(await channel.send(bytes))) await lost(0);
  }

  async function ask(header: Header, answer: Uint8Array): Promise<string> {
    await tell(headerMessage(header));
    const have = await channel.receive(answer.subarray(0, headerBytes), 0, headerBytes);
    if (have < headerBytes) await lost(have);
    return readHeader(answer);
  }

  /** Reads on until the answer is complete; at once where all of it has come. */
  function gather(call: Prepared | null, output: ForceOutput, from: number): void | Promise<void> {
    if (!call) return;
    const { reply } = call;
    let have = from;
    try {
      for (let wanted = reply.wanted(have); wanted > have; wanted = reply.wanted(have)) {
        const there = channel.receive(reply.bytes, have, wanted);
        if (typeof there !== 'number') {
          return there.then((count) => (count < wanted ? lost(count) : gather(call, output, count)));
        }
        if (there < wanted) return lost(there);
        have = there;
      }
      const extras = reply.read(output, units);
      conversation.isAtRest = true;
      if (extras !== '') takeExtras(extras, output);
    } catch (error) {
      if (error instanceof ReplyFault) return lost(have, error.message);
      throw error;
    }
  }

  function takeExtras(text: string, { virial }: ForceOutput): void {
    const extras = parsed(text);
    clientTime = typeof extras.time_ms === 'number' ? extras.time_ms : Number.NaN;
    if (extras.virial === false) virial.fill(Number.NaN);
    if (settings.client === undefined && extras.client !== undefined) settings.client = extras.client;
  }

  async function lost(have: number, reason?: string): Promise<never> {
    const cut = have > 0 ? 'in the middle of an answer' : 'without an answer';
    const known = channel.fault === 'silent' ? `fell silent ${cut}` : `closed the connection ${cut}`;
    broken = await client.failure(`${reason ?? known} in force call ${total}`, prepared?.atoms ?? 0);
    throw broken;
  }

  return {
    description,
    neighbors: null,
    prepare(system) {
      const { numbers, pbc } = system;
      const atoms = numbers.length;
      const text = JSON.stringify({ numbers: [...numbers], pbc, units: isOurs ? units.name : undefined });
      const init = initMessage(text);
      const isOpen = !isOurs && pbc.some((periodic) => !periodic);
      const message = positionMessage(atoms, units, noLead);
      const cell = isOpen ? enclosingCell(system) : null;
      if (cell) settings.openCell = [...cell];
      const reply = createForceReply(atoms);
      prepared = { atoms, text, init, cell, reply, message, calls: 0, wantsInit: false };
    },
    compute,
    dispose: () => client.end(),
    external: {
      pid: client.pid,
      isLent: client.isLent,
      isToldElements: isOurs,
      get clientTime() {
        return clientTime;
      },
      createNullPeer: options.createNullPeer,
    },
  };
}

/** Extras are free text; where they are JSON of ours they say more. */
function parsed(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function unprepared(title: string): MdbenchError {
  return new MdbenchError('option-invalid', `${title} was not prepared for a system of this size.`);
}
