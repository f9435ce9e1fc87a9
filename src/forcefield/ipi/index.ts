// Force fields that other processes compute, over the i-PI protocol: `ipi:COMMAND`, `ipi:unix:NAME`, `ipi:HOST:PORT`, `ase:…`.

import { MdbenchError } from '../../errors.js';
import { programFile } from '../../package-file.js';
import type { ForceFieldSpec } from '../../spec/case.js';
import type { ForceField, ForceFieldDescription } from '../force-field.js';
import { forceFieldId } from '../id.js';
import { fileChecksum, fileCommit, recordedPath } from '../onnx/file-identity.js';
import { type Address, addressOf, addressText } from './address.js';
import { type Client, type ClientOptions, openMpThreads, startClient } from './client-end.js';
import { createDriver } from './driver.js';
import { meetLentClient } from './lent-client.js';
import type { ProgramCare } from './program.js';
import { aseCommand, aseNameOf } from './python.js';
import { atomicUnits, plainUnits } from './units.js';
import { timeoutOf } from './with-clients.js';

export { addressOf } from './address.js';
export { createChannel } from './channel.js';
export { answerDriver } from './client.js';
export { connectTo } from './connection.js';
export type { ProgramCare } from './program.js';
export { createResponder } from './responder.js';

/**
 * Starts the client, or waits for it, and knows it by the time it returns.
 * @param care of a program that mdbench starts, where it is looked into meanwhile
 * @throws MdbenchError `external-failed`, `option-invalid`, `file-not-found`, `provider-unavailable`
 */
export async function createExternalForceField(
  spec: ForceFieldSpec,
  care?: ProgramCare,
): Promise<ForceField> {
  if (spec.provider !== 'cpu') {
    throw new MdbenchError(
      'provider-unavailable',
      `${spec.name} is computed by another program; there is no provider ${spec.provider} for it.`,
      'Leave --provider out and tell the program itself where to compute.',
    );
  }
  const { name } = spec;
  const rest = name.slice(4);
  const how: Handling = { timeout: timeoutOf(spec.timeout), threads: spec.threads, care };
  return name.startsWith('ase:')
    ? createAseForceField(name, rest, spec.python, how)
    : createIpiForceField(name, rest, how);
}

type Handling = Pick<ClientOptions, 'timeout' | 'threads' | 'care'>;

async function createAseForceField(name: string, rest: string, python: string | undefined, how: Handling) {
  const { calculator, file } = aseNameOf(rest);
  const { interpreter, argv } = aseCommand(calculator, python);
  const options: ClientOptions = { title: name, address: null, ...how, quotedLines: 1, interpreter };
  const identity = file && {
    path: recordedPath(file),
    sha256: await fileChecksum(file),
    bytes: (await import('node:fs')).statSync(file).size,
    commit: fileCommit(file),
  };
  const description = { ...descriptionOf(name, `ASE calculator ${rest}`), file: identity || null };
  return drive(await startClient(options, argv), startedBy(description, how), how.timeout, true);
}

async function createIpiForceField(name: string, rest: string, how: Handling): Promise<ForceField> {
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
  const options: ClientOptions = { title, address: place, ...how, quotedLines: 6, interpreter: null };
  const description = descriptionOf(name, title);
  return address
    ? drive(await meetLentClient({ title, address, timeout: how.timeout }), description, how.timeout, false)
    : drive(
        await startClient(options, (at) => commandLine(rest, at)),
        startedBy(description, how),
        how.timeout,
        false,
      );
}

function startedBy(description: ForceFieldDescription, { threads }: Handling): ForceFieldDescription {
  return { ...description, settings: { ...description.settings, OMP_NUM_THREADS: openMpThreads(threads) } };
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
  const client = await startClient(
    { title, address, timeout, threads: 1, quotedLines: 1, interpreter: null },
    (at) => [process.execPath, programFile('forcefield/ipi/null-client'), addressText(at)],
  );
  return drive(client, descriptionOf('ipi:null', title), timeout, isOurs);
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
