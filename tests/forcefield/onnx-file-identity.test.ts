// How a document names a model file, and how it can be told from another.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fileChecksum, fileCommit, recordedPath } from '../../src/forcefield/onnx/file-identity.js';
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

it('has a commit where a repository tracks it, and none elsewhere', () => {
  const outside = join(temporaryFolder(), 'model.onnx');
  writeFileSync(outside, '');
  expect(fileCommit(resolve('package.json'))).toMatch(/^[0-9a-f]{40}$/);
  expect(fileCommit(outside)).toBeNull();
});
