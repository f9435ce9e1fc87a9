// The client's way to a driver that may not listen yet.

import { connect, type Socket } from 'node:net';
import { MdbenchError } from '../../errors.js';
import { type Address, addressText } from './address.js';

/** ms between two attempts. */
const interval = 50;

/**
 * @param patience ms in which a driver may begin to listen
 * @returns a socket from which nobody has read yet
 * @throws MdbenchError `external-failed`
 */
export async function connectTo(address: Address, patience: number): Promise<Socket> {
  for (let waited = 0; ; waited += interval) {
    const outcome = await attempt(address);
    if (!(outcome instanceof Error)) return outcome;
    if (waited >= patience) throw unreachable(address, outcome);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

function attempt(address: Address): Promise<Socket | Error> {
  return new Promise((resolve) => {
    const place =
      address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port };
    const socket = connect(place);
    socket.pause();
    socket.once('connect', () => resolve(socket));
    socket.once('error', resolve);
  });
}

function unreachable(address: Address, { message }: Error): MdbenchError {
  return new MdbenchError(
    'external-failed',
    `Nobody listens at ${addressText(address)}: ${message}.`,
    'Start the driver first: ASE’s SocketIOCalculator, i-PI, or mdbench itself.',
  );
}
