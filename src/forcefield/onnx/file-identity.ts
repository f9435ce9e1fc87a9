// Which file it is: checksum, size, and the commit of the repository that tracks it.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { packageFolder } from '../../package-file.js';

/** By stamp: what was read once is not read or added up again in this process. */
const checksums = new Map<string, string>();

/** What the file system says of a file, all of which stays the same as long as its bytes do; null where there is none. */
export function fileStamp(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? [resolve(path), stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ') : null;
}

/** SHA-256 of a file of any size, hexadecimal. */
export async function fileChecksum(path: string): Promise<string> {
  const stamp = fileStamp(path);
  const known = stamp && checksums.get(stamp);
  if (known) return known;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return remembered(stamp, hash.digest('hex'));
}

/** The same of bytes that were read after `stamp` was taken. */
export function bytesChecksum(bytes: Uint8Array, stamp: string | null): string {
  const known = stamp && checksums.get(stamp);
  return known || remembered(stamp, createHash('sha256').update(bytes).digest('hex'));
}

function remembered(stamp: string | null, checksum: string): string {
  if (stamp) checksums.set(stamp, checksum);
  return checksum;
}

/** How a document names the file: from the working folder, or from this package for what ships; else where it is. */
export function recordedPath(path: string): string {
  const inside = [process.cwd(), packageFolder]
    .map((folder) => relative(folder, path))
    .find((way) => !way.startsWith('..') && !isAbsolute(way));
  return inside ?? path;
}

/** SHA-256 of several files, by path. */
export async function fileChecksums(
  paths: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) if (path !== undefined) found.set(path, await fileChecksum(path));
  return found;
}

/** Commit checked out in the repository that tracks the file; null where none does, or git is missing. */
export function fileCommit(path: string): string | null {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', dirname(resolve(path)), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
  try {
    git('ls-files', '--error-unmatch', '--', basename(path));
    return git('rev-parse', 'HEAD');
  } catch {
    return null;
  }
}
