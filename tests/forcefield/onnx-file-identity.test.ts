// How a document names a model file, and how it can be told from another.

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  bytesChecksum,
  fileChecksum,
  fileCommit,
  fileStamp,
  recordedPath,
} from '../../src/forcefield/onnx/file-identity.js';
import { temporaryFolder } from '../support/cli.js';

const student = 'benchmarks/models/silicon-student.onnx';

it('is named from the working folder or from the package, and elsewhere by its whole path', () => {
  const outside = join(temporaryFolder(), 'model.onnx');
  expect(recordedPath(resolve(student))).toBe(student);
  expect(recordedPath(outside)).toBe(outside);
});

it('is told by the SHA-256 of its bytes', async () => {
  expect(await fileChecksum(student)).toBe(createHash('sha256').update(readFileSync(student)).digest('hex'));
});

it('is told anew once the file has changed, and once another takes its place', async () => {
  const path = join(temporaryFolder(), 'model.onnx');
  const other = `${path}.part`;
  const truth = (text: string) => createHash('sha256').update(text).digest('hex');
  writeFileSync(path, 'first');
  expect([await fileChecksum(path), await fileChecksum(path)]).toEqual([truth('first'), truth('first')]);
  writeFileSync(path, 'again');
  utimesSync(path, 1, 1);
  expect(await fileChecksum(path)).toBe(truth('again'));
  writeFileSync(other, 'third');
  utimesSync(other, 1, 1);
  renameSync(other, path);
  expect(await fileChecksum(path)).toBe(truth('third'));
});

it('is not added up again as long as it is the same', () => {
  const stamp = fileStamp(student);
  const checksum = bytesChecksum(readFileSync(student), stamp);
  expect(bytesChecksum(new Uint8Array(), fileStamp(student))).toBe(checksum);
  expect(bytesChecksum(new Uint8Array(), null)).not.toBe(checksum);
});

it('has a commit where a repository tracks it, and none elsewhere', () => {
  const outside = join(temporaryFolder(), 'model.onnx');
  writeFileSync(outside, '');
  expect(fileCommit(resolve('package.json'))).toMatch(/^[0-9a-f]{40}$/);
  expect(fileCommit(outside)).toBeNull();
});
