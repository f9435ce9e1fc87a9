// Where an i-PI driver listens: `unix:NAME` is /tmp/ipi_NAME, as i-PI and ASE have it, else HOST:PORT.

import { MdbenchError } from '../../errors.js';

export type Address =
  | { readonly kind: 'unix'; readonly name: string; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

const unixPrefix = '/tmp/ipi_';
/** Bytes of sun_path, with the zero at its end, where it is shortest (macOS). */
const longestPath = 103;

/** @returns null where the text is no address at all */
export function addressOf(text: string): Address | null {
  if (text.startsWith('unix:')) return unixAddress(text.slice(5));
  const [, host, port] = /^(\[[0-9a-fA-F:.]+\]|[\w.*-]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) return null;
  return { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** @throws MdbenchError `option-invalid` for what is no name of a file in one folder */
export function unixAddress(name: string): Address {
  const path = unixPrefix + name;
  if (!/^[\w.+-]+$/.test(name) || path.length > longestPath) {
    throw new MdbenchError(
      'option-invalid',
      `A socket is named by letters, digits, dots, dashes and underscores, at most ${longestPath - unixPrefix.length} of them (received "${name}").`,
      `unix:NAME stands for the file ${unixPrefix}NAME, as in i-PI and ASE.`,
    );
  }
  return { kind: 'unix', name, path };
}

/** As it is typed. */
export function addressText(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.name}`;
  return `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}
