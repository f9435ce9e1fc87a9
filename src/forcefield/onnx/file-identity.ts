// Which file it is: checksum, size, and the commit of the repository that tracks it.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** SHA-256 of a file of any size, hexadecimal. */
export async function fileChecksum(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));

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
  const checksums = new Map<string, string>();
  for (const path of paths) if (path !== undefined) checksums.set(path, await fileChecksum(path));
  return checksums;
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
