// The client's end of the protocol: answers a driver with what `respond` computes, until it says EXIT or hangs up.

import { MdbenchError } from '../../errors.js';
import type { ForceOutput } from '../force-field.js';
import { createForceOutput } from '../force-field.js';
import type { Channel } from './channel.js';
import { createForceMessage, type ForceMessage } from './force-message.js';
import { headerBytes, headerMessage, positionsOffset, readHeader, readMatrix } from './message.js';
import { atomicUnits, type WireUnits } from './units.js';

/** One question: (n,3) positions and the (3,3) cell in Å. */
export interface Question {
  readonly positions: Float64Array;
  readonly cell: Float64Array;
}

export interface Responder {
  /** The string of INIT, which may come at any time. @returns the units in which the driver speaks from now on */
  initialise(text: string): WireUnits;
  /** True: the driver is asked for INIT before anything else. */
  readonly wantsInit: boolean;
  respond(question: Question, output: ForceOutput): void | Promise<void>;
}

const haveData = headerMessage('HAVEDATA');

/** Bytes of a message that no driver means. */
const largest = 1 << 30;

/**
 * @returns the number of questions answered
 * @throws MdbenchError `external-failed` when the driver breaks the protocol, hangs up within a message or falls silent
 */
export async function answerDriver(channel: Channel, responder: Responder): Promise<number> {
  let input = new Uint8Array(1 << 16);
  let have = 0;
  let units = atomicUnits;
  let answers = 0;
  let state: 'idle' | 'answered' = 'idle';
  let question: Question = { positions: new Float64Array(0), cell: new Float64Array(9) };
  let output = createForceOutput(0);
  let message: ForceMessage = createForceMessage(0);
  const answerable: Uint8Array[] = [];

  for (;;) {
    if (!(await fill(headerBytes))) return answers;
    const header = readHeader(input);
    if (header === 'STATUS') {
      answerable.push(statusMessage());
      take(headerBytes);
    } else if (header === 'INIT') {
      await fill(headerBytes + 8);
      const length = sizeAt(headerBytes + 4);
      await fill(headerBytes + 8 + length);
      units = responder.initialise(
        new TextDecoder().decode(input.subarray(headerBytes + 8, headerBytes + 8 + length)),
      );
      take(headerBytes + 8 + length);
    } else if (header === 'POSDATA') {
      await fill(positionsOffset);
      const atoms = sizeAt(positionsOffset - 4);
      await fill(positionsOffset + 24 * atoms);
      readQuestion(atoms);
      take(positionsOffset + 24 * atoms);
      const pending = responder.respond(question, output);
      if (pending !== undefined) await pending;
      state = 'answered';
    } else if (header === 'GETFORCE' && state === 'answered') {
      message.write(output, units);
      const status = answerable.at(-1);
      if (status !== undefined && status === haveData)
        answerable[answerable.length - 1] = message.afterStatus;
      else answerable.push(message.bytes);
      state = 'idle';
      answers++;
      take(headerBytes);
    } else if (header === 'EXIT') {
      return answers;
    } else {
      throw broken(`sent "${header}", which is not what can follow here`);
    }
    if (have < headerBytes && !(await flush())) return answers;
  }

  function statusMessage(): Uint8Array {
    if (state === 'answered') return haveData;
    return headerMessage(responder.wantsInit ? 'NEEDINIT' : 'READY');
  }

  function readQuestion(atoms: number): void {
    if (question.positions.length !== 3 * atoms) {
      question = { positions: new Float64Array(3 * atoms), cell: new Float64Array(9) };
      output = createForceOutput(atoms);
      message = createForceMessage(atoms);
    }
    const view = new DataView(input.buffer, 0, positionsOffset + 24 * atoms);
    readMatrix(view, headerBytes, question.cell, units.length);
    const sent = new Float64Array(input.buffer, positionsOffset, 3 * atoms);
    const { positions } = question;
    const unit = units.length;
    const components = 3 * atoms;
    if (unit === 1) positions.set(sent);
    else for (let k = 0; k < components; k++) positions[k] = sent[k] * unit;
  }

  function sizeAt(at: number): number {
    const size = new DataView(input.buffer).getInt32(at, true);
    if (size < 0 || 24 * size > largest) throw broken(`sent ${size} as a length`);
    return size;
  }

  /** All answers in one write: a driver that asks for several at once gets them at once. */
  async function flush(): Promise<boolean> {
    const whole = answerable.length === 1 ? answerable[0] : joined(answerable);
    answerable.length = 0;
    if (whole.length === 0) return true;
    const sent = channel.send(whole);
    return typeof sent === 'boolean' ? sent : await sent;
  }

  /** Waits until the input begins with so many bytes; false where the driver has hung up between two messages. */
  async function fill(wanted: number): Promise<boolean> {
    if (have >= wanted) return true;
    if (wanted > input.length) {
      const larger = new Uint8Array(2 * wanted);
      larger.set(input.subarray(0, have));
      input = larger;
    }
    const there = channel.receive(input, have, wanted);
    have = typeof there === 'number' ? there : await there;
    if (have >= wanted) return true;
    if (channel.fault === 'closed' && have === 0) return false;
    throw broken(channel.fault === 'closed' ? 'hung up in the middle of a message' : 'fell silent');
  }

  function take(count: number): void {
    input.copyWithin(0, count, have);
    have -= count;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function broken(reason: string): MdbenchError {
  return new MdbenchError(
    'external-failed',
    `The driver ${reason}.`,
    'Drivers speak the i-PI protocol: STATUS, INIT, POSDATA, GETFORCE, EXIT.',
  );
}
