// A force field of ours as the client of somebody else's driver: ASE's SocketIOCalculator, i-PI, LAMMPS, or mdbench.

import { Socket } from 'node:net';
import { MdbenchError } from './errors.js';
import { createForceField } from './forcefield/index.js';
import {
  addressOf,
  answerDriver,
  connectTo,
  createChannel,
  createResponder,
} from './forcefield/ipi/index.js';
import { forceFieldSpec, systemSpec } from './spec/case.js';
import type { PlanOptions } from './spec/index.js';
import { parseSpec } from './spec/parse.js';
import { buildSystem, loadStructure, type System } from './system/index.js';

export interface ServeOptions {
  readonly forceField: PlanOptions['forceFields'][number];
  /** `unix:NAME`, `HOST:PORT`, or `fd:N` for a connected socket that this process was given. */
  readonly socket: string;
  /** Where the elements come from; null: the driver says them. */
  readonly system: PlanOptions['systems'][number] | null;
  /** Å */
  readonly skin?: number | undefined;
  /** ms in which a driver may begin to listen. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Answers until the driver says EXIT or hangs up, or the signal comes.
 * @returns force calls answered
 * @throws MdbenchError `option-invalid`, `external-failed`, and what the force field and its files can throw
 */
export async function serve(options: ServeOptions): Promise<number> {
  const { patience = 30_000, skin = 1, signal } = options;
  const spec = parseSpec(forceFieldSpec, options.forceField, 'Force field', 'option-invalid');
  const structure = options.system && structureOf(options.system);
  const forceField = await createForceField(spec);
  try {
    const socket = await connectionOf(options.socket, patience);
    const channel = createChannel(socket, Number.POSITIVE_INFINITY);
    signal?.addEventListener('abort', () => channel.close(), { once: true });
    try {
      return await answerDriver(channel, createResponder({ forceField, structure, skin }));
    } finally {
      channel.close();
    }
  } finally {
    await forceField.dispose();
  }
}

function structureOf(asked: PlanOptions['systems'][number]): System {
  const spec = parseSpec(systemSpec, asked, 'System', 'option-invalid');
  return 'name' in spec ? buildSystem(spec.name) : loadStructure(spec.structure, spec.repeat);
}

async function connectionOf(text: string, patience: number): Promise<Socket> {
  const [, descriptor] = /^fd:(\d+)$/.exec(text) ?? [];
  if (descriptor !== undefined) return inheritedSocket(Number(descriptor));
  const address = addressOf(text);
  if (address !== null) return connectTo(address, patience);
  throw new MdbenchError(
    'option-invalid',
    `--socket takes unix:NAME or HOST:PORT (received "${text}").`,
    'unix:NAME stands for the file /tmp/ipi_NAME, as in i-PI and ASE.',
  );
}

function inheritedSocket(descriptor: number): Socket {
  try {
    return new Socket({ fd: descriptor, readable: true, writable: true }).pause();
  } catch (error) {
    throw new MdbenchError(
      'option-invalid',
      `Descriptor ${descriptor} is no socket: ${error instanceof Error ? error.message : error}.`,
      'fd:N is for programs that hand a connected socket on to mdbench.',
    );
  }
}
