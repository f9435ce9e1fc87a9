// The bytes of the protocol against those of ASE's own implementation.

import { describe, expect, it } from 'vitest';
import { createForceOutput } from '../../src/forcefield/index.js';
import { createForceMessage, createForceReply } from '../../src/forcefield/ipi/force-message.js';
import {
  headerMessage,
  initMessage,
  inverse,
  positionMessage,
  readHeader,
} from '../../src/forcefield/ipi/message.js';
import { atomicUnits, plainUnits } from '../../src/forcefield/ipi/units.js';
import { askPython, hasAse } from '../support/peers.js';

const cell = Float64Array.from([5.1, 0, 0, 0.7, 6.2, 0, -0.3, 0.9, 7.3]);
const positions = Float64Array.from([0.1, 0.2, 0.3, -1.5, 2.5, 1e-3]);
const forces = Float64Array.from([0.25, -1.5, 3.125, 1e-5, 7, -0.125]);
const virial = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** ASE's protocol around a socket that keeps what is sent and gives what it is given. */
const aseProtocol = `
import json, sys
import numpy as np
from ase.calculators.socketio import IPIProtocol
class Socket:
    def __init__(self, data=b''): self.data, self.sent = data, b''
    def sendall(self, data): self.sent += data
    def recv(self, size):
        part, self.data = self.data[:size], self.data[size:]
        return part
given = json.loads(sys.argv[1])
cell = np.array(given['cell']).reshape(3, 3)
positions = np.array(given['positions']).reshape(-1, 3)
forces = np.array(given['forces']).reshape(-1, 3)
virial = np.array(given['virial']).reshape(3, 3)
`;
const given = JSON.stringify({
  cell: [...cell],
  positions: [...positions],
  forces: [...forces],
  virial: [...virial],
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

describe.skipIf(!hasAse)('messages as ASE has them', () => {
  it('POSDATA: cell and inverse transposed, bohr', () => {
    const sent = askPython<string>(
      `${aseProtocol}
s = Socket()
IPIProtocol(s).sendposdata(cell, np.linalg.pinv(cell).T, positions)
print(json.dumps(s.sent.hex()))`,
      given,
    );
    const message = positionMessage(2, atomicUnits, new Uint8Array(0));
    message.write(positions, cell);
    const [ours, theirs] = [Buffer.from(hex(message.data), 'hex'), Buffer.from(sent, 'hex')];
    expect(ours.length).toBe(theirs.length);
    expect(ours.subarray(0, 84)).toEqual(theirs.subarray(0, 84));
    expect(ours.subarray(156)).toEqual(theirs.subarray(156));
    // The inverse goes as i-PI sends it, transposed like the cell; ASE sends it untransposed, and no client reads it.
    const inverseSent = new Float64Array(9).map((_, k) => ours.readDoubleLE(84 + 8 * k));
    const expected = inverse(cell);
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        expect(inverseSent[3 * a + b] / atomicUnits.length).toBeCloseTo(expected[3 * b + a], 14);
      }
    }
  });

  it('FORCEREADY: read by ASE as what it was', () => {
    const message = createForceMessage(2);
    message.write({ energy: -3.75, forces, virial }, atomicUnits);
    const read = askPython<{ e: number; f: number[]; v: number[]; rest: number }>(
      `${aseProtocol}
s = Socket(bytes.fromhex(given.get('hex', sys.argv[2])))
e, f, v, extra = IPIProtocol(s).sendrecv_force()
print(json.dumps({'e': float(e), 'f': f.ravel().tolist(), 'v': v.ravel().tolist(), 'rest': len(s.data)}))`,
      given,
      hex(message.bytes),
    );
    expect(read.rest).toBe(0);
    expect(read.e).toBeCloseTo(-3.75, 14);
    for (const [k, force] of read.f.entries()) expect(force).toBeCloseTo(forces[k], 13);
    for (const [k, value] of read.v.entries()) expect(value).toBeCloseTo(virial[k], 13);
  });

  it('FORCEREADY of ASE: read here as what it was, extras and all', () => {
    const sent = askPython<string>(
      `${aseProtocol}
s = Socket()
p = IPIProtocol(s)
p.sendmsg('HAVEDATA')
p.sendforce(-3.75, forces, virial, np.frombuffer(b'{"dipole": [1, 2]}', dtype=np.byte))
print(json.dumps(s.sent.hex()))`,
      given,
    );
    const bytes = Buffer.from(sent, 'hex');
    const reply = createForceReply(2);
    let have = 0;
    for (let wanted = reply.wanted(have); wanted > have; wanted = reply.wanted(have)) {
      reply.bytes.set(bytes.subarray(have, wanted), have);
      have = wanted;
    }
    expect(have).toBe(bytes.length);
    const output = createForceOutput(2);
    expect(reply.read(output, atomicUnits)).toBe('{"dipole": [1, 2]}');
    expect(output.energy).toBeCloseTo(-3.75, 14);
    for (const [k, force] of output.forces.entries()) expect(force).toBeCloseTo(forces[k], 13);
    for (const [k, value] of output.virial.entries()) expect(value).toBeCloseTo(virial[k], 13);
  });
});

describe('messages', () => {
  it('have headers of twelve bytes', () => {
    expect(Buffer.from(headerMessage('STATUS')).toString()).toBe('STATUS      ');
    expect(readHeader(Buffer.from('POSDATA     '))).toBe('POSDATA');
    expect(readHeader(Uint8Array.from([72, 0, 255, 10, 33, 32, 32, 32, 32, 32, 32, 32]))).toBe('H...!');
  });

  it('keep positions bit for bit where both ends speak Å', () => {
    const message = positionMessage(2, plainUnits, initMessage('{"a": 1}'));
    message.write(positions, cell);
    const data = Buffer.from(hex(message.data), 'hex');
    expect(positions.map((_, k) => data.readDoubleLE(160 + 8 * k))).toEqual(positions);
  });

  it('have no virial where the force field has none, and forces all the same', () => {
    const message = createForceMessage(2);
    message.write({ energy: 1, forces, virial: new Float64Array(9).fill(Number.NaN) }, plainUnits);
    expect(Buffer.from(hex(message.bytes), 'hex').toString('latin1')).toMatch(/\{"virial": false\}$/);
    message.write({ energy: 1, forces, virial }, plainUnits);
    expect(message.bytes.length).toBe(24 + 48 + 76);
  });
});
