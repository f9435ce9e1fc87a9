import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const native = fileURLToPath(new URL('../../native', import.meta.url));
const program = fileURLToPath(new URL('sanitized.cc', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'mdbench-sanitized-'));
const flags = [
  '-std=c++17',
  '-O1',
  '-g',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
  '-D_GLIBCXX_ASSERTIONS',
];
const canSanitize = compile('canary', ['-x', 'c++', '-'], 'int main() {}').status === 0;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it.skipIf(!canSanitize)(
  'kernels touch no memory but theirs and do nothing undefined (compiler with sanitizers)',
  () => {
    const sources = ['images.cc', 'cell-list.cc'].map((name) => join(native, 'neighbors', name));
    const compiled = compile('kernels', [`-I${native}`, program, ...sources], '');
    expect(compiled.stderr).toBe('');
    const run = spawnSync(join(scratch, 'kernels'), {
      encoding: 'utf8',
      env: { ...process.env, LD_PRELOAD: '' },
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/^\d+ pairs\n$/);
    expect(run.status).toBe(0);
  },
);

function compile(
  name: string,
  args: string[],
  input: string,
): ReturnType<typeof spawnSync> & { stderr: string } {
  const output = join(scratch, name);
  return spawnSync(process.env.CXX ?? 'c++', [...flags, ...args, '-o', output], { encoding: 'utf8', input });
}
