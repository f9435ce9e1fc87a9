// Force fields that other processes compute, over the i-PI protocol: `ipi:COMMAND`, `ipi:unix:NAME`, `ipi:HOST:PORT`, `ase:…`.

import { fileURLToPath } from 'node:url';
import { MdbenchError } from '../../errors.js';
import type { ForceFieldSpec } from '../../spec/case.js';
import type { ForceField, ForceFieldDescription } from '../force-field.js';
import { forceFieldId } from '../id.js';
import { fileChecksum, fileCommit, recordedPath } from '../onnx/file-identity.js';
import { type Address, addressOf, addressText } from './address.js';
import { type Client, type ClientOptions, startClient } from './client-end.js';
import { createDriver } from './driver.js';
import { meetLentClient } from './lent-client.js';
import { aseCommand, aseNameOf } from './python.js';
import { type AwaitedClient, withReception } from './reception.js';
import { atomicUnits, plainUnits } from './units.js';

export { addressOf } from './address.js';
export { createChannel } from './channel.js';
export { answerDriver } from './client.js';
export { connectTo } from './connection.js';
export { returnClients } from './lent-client.js';
export { borrowFromParent, lendTo } from './loan.js';
export type { AwaitedClient } from './reception.js';
export { createResponder } from './responder.js';

/** s in which a client has to connect, and to answer a call. Below the patience that a worker is given. */
const defaultTimeout = 300;

/** Whether a name stands for a force field of another process. */
export function isExternal(name: string): boolean {
  return /^(ase|ipi):/.test(name);
}

/** Where the client of a force field is awaited that somebody else starts; null where mdbench computes or starts it itself. */
export function awaitedAddress(name: string): Address | null {
  return name.startsWith('ipi:') ? addressOf(name.slice(4)) : null;
}

/**
 * Waits for the clients of these force fields that somebody else starts. They compute for one worker after another until
 * the outermost `use` is over; then they are sent EXIT.
 * @throws MdbenchError `external-failed`, `option-invalid`, `aborted`; what `use` throws
 */
export function withClients<T>(
  specs: readonly Pick<ForceFieldSpec, 'name' | 'timeout'>[],
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly onAwaited?: ((awaited: AwaitedClient) => void) | undefined;
  },
  use: () => Promise<T>,
): Promise<T> {
  const awaited = new Map<string, { address: Address; timeout: number }>();
  for (const { name, timeout } of specs) {
    const address = awaitedAddress(name);
    if (address) awaited.set(addressText(address), { address, timeout: timeoutOf(timeout) });
  }
  return withReception([...awaited.values()], options, use);
}

/** ms */
function timeoutOf(seconds: number | undefined): number {
  return 1000 * (seconds ?? defaultTimeout);
}

/**
 * Starts the client, or waits for it, and knows it by the time it returns.
 * @throws MdbenchError `external-failed`, `option-invalid`, `file-not-found`, `provider-unavailable`
 */
export async function createExternalForceField(spec: ForceFieldSpec): Promise<ForceField> {
  if (spec.provider !== 'cpu') {
    throw new MdbenchError(
      'provider-unavailable',
      `${spec.name} is computed by another program; there is no provider ${spec.provider} for it.`,
      'Leave --provider out and tell the program itself where to compute.',
    );
  }
  const { name } = spec;
  const rest = name.slice(4);
  const timeout = timeoutOf(spec.timeout);
  return name.startsWith('ase:')
    ? createAseForceField(name, rest, spec.python, timeout)
    : createIpiForceField(name, rest, timeout);
}

async function createAseForceField(name: string, rest: string, python: string | undefined, timeout: number) {
  const { calculator, file } = aseNameOf(rest);
  const argv = aseCommand(calculator, python);
  const options: ClientOptions = { title: name, address: null, timeout, quotedLines: 1 };
  const identity = file && {
    path: recordedPath(file),
    sha256: await fileChecksum(file),
    bytes: (await import('node:fs')).statSync(file).size,
    commit: fileCommit(file),
  };
  const description = { ...descriptionOf(name, `ASE calculator ${rest}`), file: identity || null };
  return drive(await startClient(options, argv), description, timeout, true);
}

async function createIpiForceField(name: string, rest: string, timeout: number): Promise<ForceField> {
  const address = addressOf(rest);
  if (address === null && rest.trim() === '') {
    throw new MdbenchError(
      'option-invalid',
      `${name} names neither a command nor a socket.`,
      "It is 'ipi:COMMAND', ipi:unix:NAME or ipi:HOST:PORT.",
    );
  }
  const title = address === null ? rest : `i-PI client at ${addressText(address)}`;
  const place = /\{(host|port)\}/.test(rest) ? ({ kind: 'tcp', host: '127.0.0.1', port: 0 } as const) : null;
  const options: ClientOptions = { title, address: place, timeout, quotedLines: 6 };
  const client = address
    ? await meetLentClient({ title, address, timeout })
    : await startClient(options, (at) => commandLine(rest, at));
  return drive(client, descriptionOf(name, title), timeout, false);
}

function drive(
  client: Client,
  description: ForceFieldDescription,
  timeout: number,
  isOurs: boolean,
): ForceField {
  const { kind } = client.address;
  const units = isOurs ? plainUnits : atomicUnits;
  const settings = {
    ...description.settings,
    protocol: 'i-PI',
    socket: kind,
    transport: client.channel.transport,
    units: units.name,
    timeout: timeout / 1000,
  };
  return createDriver({
    client,
    description: { ...description, settings },
    units,
    isOurs,
    createNullPeer: () => startNullClient(kind, timeout, isOurs),
  });
}

/** The same exchange, in the same units, over a socket of the same kind. */
async function startNullClient(kind: Address['kind'], timeout: number, isOurs: boolean): Promise<ForceField> {
  const title = 'null client';
  const address = kind === 'tcp' ? ({ kind, host: '127.0.0.1', port: 0 } as const) : null;
  const client = await startClient({ title, address, timeout, quotedLines: 1 }, (at) => [
    process.execPath,
    nullClientFile(),
    addressText(at),
  ]);
  return drive(client, descriptionOf('ipi:null', title), timeout, isOurs);
}

/** The compiled program, also when this file itself is run from its TypeScript source. */
function nullClientFile(): string {
  const here = fileURLToPath(new URL('./null-client.js', import.meta.url));
  return here.replace(/([\\/])src([\\/]forcefield[\\/]ipi[\\/]null-client\.js)$/, '$1dist$2');
}

/** A command as a shell reads it, told where to connect. */
function commandLine(command: string, address: Address): [string, ...string[]] {
  const words: Record<string, string> =
    address.kind === 'unix'
      ? { name: address.name, socket: address.path }
      : { host: address.host, port: String(address.port) };
  return [
    '/bin/sh',
    '-c',
    command.replace(/\{(name|socket|host|port)\}/g, (whole, word) => words[word] ?? whole),
  ];
}

function descriptionOf(name: string, title: string): ForceFieldDescription {
  return {
    id: forceFieldId(name),
    kind: 'external',
    title,
    cutoff: null,
    elements: null,
    precision: 'float64',
    parameters: 0,
    settings: {},
    file: null,
    binding: [],
    assumed: [],
  };
}
