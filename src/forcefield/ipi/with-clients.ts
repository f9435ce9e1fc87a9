// The clients that somebody else starts, met once for a whole flow.

import type { ForceFieldSpec } from '../../spec/case.js';
import { awaitedAddress } from '../external-name.js';
import { type Address, addressText } from './address.js';
import { type AwaitedClient, withReception } from './reception.js';

/** s in which a client has to connect, and to answer a call. Below the patience that a worker is given. */
const defaultTimeout = 300;

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
export function timeoutOf(seconds: number | undefined): number {
  return 1000 * (seconds ?? defaultTimeout);
}
