// The driver's end: listens until one client has connected, then no longer. Nothing of it stays behind on the disk.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { MdbenchError } from '../../errors.js';
import { type Address, addressText } from './address.js';

export interface Listener {
  /** Where clients connect to: with the port that was given where 0 was asked for. */
  readonly address: Address;
  /** The first client, paused; null after `timeout` ms, or when `given` up before. */
  accept(timeout: number, given: Promise<unknown>): Promise<Socket | null>;
  close(): void;
}

/** @throws MdbenchError `option-invalid` where somebody listens there already, or nobody can */
export async function listen(address: Address): Promise<Listener> {
  const server = createServer({ pauseOnConnect: true });
  const first = new Promise<Socket>((resolve) => {
    server.once('connection', (socket) => {
      server.close();
      resolve(socket);
    });
  });
  if (address.kind === 'unix') await removeStale(address);
  await begin(server, address);
  // A process that ends at once leaves no file behind either.
  const sweep = () => {
    if (address.kind === 'unix' && server.listening) rmSync(address.path, { force: true });
  };
  process.once('exit', sweep);
  const close = () => {
    process.off('exit', sweep);
    server.close();
  };
  return {
    address: boundAddress(server, address),
    async accept(timeout, given) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), timeout);
      });
      const socket = await Promise.race([first, late, given.then(() => null)]);
      clearTimeout(timer);
      close();
      return socket;
    },
    close,
  };
}

function begin(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(address, error)));
    if (address.kind === 'unix') server.listen({ path: address.path }, resolve);
    else server.listen({ host: interfaceOf(address.host), port: address.port }, resolve);
  });
}

/** Loopback for its names; everywhere only where that is what was typed. */
function interfaceOf(host: string): string {
  if (host === 'localhost') return '127.0.0.1';
  return host === '*' ? '0.0.0.0' : host;
}

function boundAddress(server: Server, address: Address): Address {
  const bound = server.address();
  if (address.kind === 'unix' || bound === null || typeof bound === 'string') return address;
  return { ...address, host: address.host === '*' ? bound.address : address.host, port: bound.port };
}

/** A file that nobody listens at is what a killed process left. To connect would be taken for a client: the kernel is asked. */
async function removeStale(address: Address & { kind: 'unix' }): Promise<void> {
  if (!existsSync(address.path)) return;
  if (listenersOf(address.path) ?? (await isAnswered(address.path))) {
    throw refusal(address, { code: 'EADDRINUSE' });
  }
  rmSync(address.path, { force: true });
}

/** Whether a socket of this process or another is bound there; null where the system does not tell. */
function listenersOf(path: string): boolean | null {
  try {
    return readFileSync('/proc/net/unix', 'utf8')
      .split('\n')
      .some((line) => line.endsWith(` ${path}`));
  } catch {
    return null;
  }
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path });
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

function refusal(address: Address, { code, message }: Partial<NodeJS.ErrnoException>): MdbenchError {
  const reason = code === 'EADDRINUSE' ? 'another program listens there' : (message ?? code ?? 'unknown');
  return new MdbenchError(
    'option-invalid',
    `mdbench cannot listen at ${addressText(address)}: ${reason}.`,
    'End the other program, or choose another name or port.',
  );
}
