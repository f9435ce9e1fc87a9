// What a name says of a force field that another process computes: `ase:…`, `ipi:COMMAND`, `ipi:unix:NAME`, `ipi:HOST:PORT`.

import { type Address, addressOf } from './ipi/address.js';

/** Whether a name stands for a force field of another process. */
export function isExternal(name: string): boolean {
  return /^(ase|ipi):/.test(name);
}

/** Whether mdbench itself starts the other process; somebody else does where a name is that of a socket. */
export function startsProgram(name: string): boolean {
  return isExternal(name) && awaitedAddress(name) === null;
}

/** Where the client of a force field is awaited that somebody else starts; null where mdbench computes or starts it itself. */
export function awaitedAddress(name: string): Address | null {
  return name.startsWith('ipi:') ? addressOf(name.slice(4)) : null;
}
