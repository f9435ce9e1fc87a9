// The answer to a force call, HAVEDATA and FORCEREADY: written by a client, read by a driver. eV and Å beside the wire.

import type { ForceOutput } from '../force-field.js';
import { headerBytes, readHeader, readMatrix, writeHeader, writeMatrix } from './message.js';
import type { WireUnits } from './units.js';

/** Bytes before the forces (HAVEDATA, FORCEREADY, energy, number of atoms), and of virial and length of the extras. */
const before = 2 * headerBytes + 8 + 4;
const after = 72 + 4;
/** Forces lie at a multiple of eight when the message begins here. */
const start = 4;
const roomForExtras = 4096;
/** A length beyond this is no length of extras. */
const longestExtras = 1 << 28;

export interface ForceReply {
  /** Bytes from `start` of the buffer on: what a channel reads into. */
  readonly bytes: Uint8Array;
  /**
   * How many bytes there must be to know more; `have` itself where the answer is complete.
   * @throws ReplyFault where they cannot be the beginning of an answer
   */
  wanted(have: number): number;
  /** Energy, forces, virial of a complete answer into `output`, and what stands in the extras. */
  read(output: ForceOutput, units: WireUnits): string;
}

/** What is wrong with an answer, as the end of a sentence that begins with who sent it. */
export class ReplyFault extends Error {}

export function createForceReply(atoms: number): ForceReply {
  let bytes = room(roomForExtras);
  let view = viewOf(bytes);
  const extrasAt = before + 24 * atoms + after;

  function room(extras: number): Uint8Array {
    return new Uint8Array(new ArrayBuffer(start + before + 24 * atoms + after + extras), start);
  }

  function extrasLength(): number {
    const length = view.getInt32(extrasAt - 4, true);
    if (length < 0 || length > longestExtras) throw new ReplyFault(`sent ${length} as the length of extras`);
    if (extrasAt + length > bytes.length) {
      const larger = room(length);
      larger.set(bytes);
      bytes = larger;
      view = viewOf(bytes);
    }
    return length;
  }

  return {
    get bytes() {
      return bytes;
    },
    wanted(have) {
      if (have < headerBytes) return headerBytes;
      expectHeader(bytes, 0, 'HAVEDATA');
      if (have < before) return before;
      expectHeader(bytes, headerBytes, 'FORCEREADY');
      const count = view.getInt32(before - 4, true);
      if (count !== atoms)
        throw new ReplyFault(`sent forces of ${count} atoms where ${atoms} were asked for`);
      if (have < extrasAt) return extrasAt;
      return Math.max(have, extrasAt + extrasLength());
    },
    read(output, units) {
      output.energy = view.getFloat64(2 * headerBytes, true) * units.energy;
      const sent = new Float64Array(bytes.buffer, start + before, 3 * atoms);
      const { forces } = output;
      const factor = units.energy / units.length;
      const components = 3 * atoms;
      let sum = 0;
      for (let k = 0; k < components; k++) {
        const force = sent[k] * factor;
        forces[k] = force;
        sum += force;
      }
      if (!Number.isFinite(sum) || !Number.isFinite(output.energy)) checkFinite(output);
      readMatrix(view, before + 24 * atoms, output.virial, units.energy);
      completeTriangle(output.virial);
      if (sum !== 0 && output.virial.every((value) => value === 0)) output.virial.fill(Number.NaN);
      const length = view.getInt32(extrasAt - 4, true);
      return length > 1 ? new TextDecoder().decode(bytes.subarray(extrasAt, extrasAt + length)) : '';
    },
  };
}

/** A virial is symmetric, and some clients (LAMMPS) send one half of it, with zeros in place of the other. */
function completeTriangle(virial: Float64Array): void {
  const [xy, xz, yz, yx, zx, zy] = [virial[1], virial[2], virial[5], virial[3], virial[6], virial[7]];
  const isLower = xy === 0 && xz === 0 && yz === 0;
  const isUpper = yx === 0 && zx === 0 && zy === 0;
  if (isLower === isUpper) return;
  virial[1] = virial[3] = isLower ? yx : xy;
  virial[2] = virial[6] = isLower ? zx : xz;
  virial[5] = virial[7] = isLower ? zy : yz;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function expectHeader(bytes: Uint8Array, at: number, expected: string): void {
  const header = readHeader(bytes, at);
  if (header !== expected) throw new ReplyFault(`answered "${header}" where ${expected} belongs`);
}

function checkFinite({ energy, forces }: ForceOutput): void {
  if (!Number.isFinite(energy)) throw new ReplyFault(`sent an energy of ${energy}`);
  const atom = Math.floor(forces.findIndex((force) => !Number.isFinite(force)) / 3);
  if (atom >= 0) throw new ReplyFault(`sent a force on atom ${atom + 1} that is no number`);
}

/** An answer as a client sends it. */
export interface ForceMessage {
  /** FORCEREADY with all that follows it. */
  readonly bytes: Uint8Array;
  /** The same after HAVEDATA, for a driver that has asked for both. */
  readonly afterStatus: Uint8Array;
  write(output: ForceOutput, units: WireUnits): void;
}

/** Extras where the force field has no virial: the protocol has no word for that and wants numbers. */
const noVirial = new TextEncoder().encode('{"virial": false}');

export function createForceMessage(atoms: number): ForceMessage {
  const extrasAt = before + 24 * atoms + after;
  const whole = new Uint8Array(new ArrayBuffer(start + extrasAt + noVirial.length), start);
  const view = viewOf(whole);
  const target = new Float64Array(whole.buffer, start + before, 3 * atoms);
  const components = target.length;
  const matrix = new Float64Array(9);
  let length = extrasAt;
  writeHeader(whole, 0, 'HAVEDATA');
  writeHeader(whole, headerBytes, 'FORCEREADY');
  view.setInt32(before - 4, atoms, true);
  whole.set(noVirial, extrasAt);
  return {
    get bytes() {
      return whole.subarray(headerBytes, length);
    },
    get afterStatus() {
      return whole.subarray(0, length);
    },
    write({ energy, forces, virial }, units) {
      view.setFloat64(2 * headerBytes, energy / units.energy, true);
      const factor = units.length / units.energy;
      if (factor === 1) target.set(forces);
      else for (let k = 0; k < components; k++) target[k] = forces[k] * factor;
      const lacksVirial = Number.isNaN(virial[0]);
      for (let k = 0; k < 9; k++) matrix[k] = lacksVirial ? 0 : virial[k];
      writeMatrix(view, before + 24 * atoms, matrix, units.energy);
      view.setInt32(extrasAt - 4, lacksVirial ? noVirial.length : 0, true);
      length = lacksVirial ? extrasAt + noVirial.length : extrasAt;
    },
  };
}
