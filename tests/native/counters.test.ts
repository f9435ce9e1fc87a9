import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const native = fileURLToPath(new URL('../../native', import.meta.url));
const program = fileURLToPath(new URL('counters.cc', import.meta.url));
const source = join(native, 'counters', 'counters.cc');
const scratch = mkdtempSync(join(tmpdir(), 'mdbench-counters-'));
const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-D_GLIBCXX_ASSERTIONS'];
const canSanitize = compile('canary', [...sanitizers, '-x', 'c++', '-'], 'int main() {}').status === 0;
const canCompile = compile('plain', ['-x', 'c++', '-'], 'int main() {}').status === 0;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it.skipIf(!canSanitize || process.platform !== 'linux')(
  'counters count all threads, leave no file open and do nothing undefined (compiler with sanitizers, Linux)',
  () => {
    const compiled = compile('counters', [...sanitizers, `-I${native}`, '-pthread', program, source], '');
    expect(compiled.stderr).toBe('');
    const run = spawnSync(join(scratch, 'counters'), {
      encoding: 'utf8',
      env: { ...process.env, LD_PRELOAD: '' },
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/^task clock (right|refused)\n$/);
    expect(run.status).toBe(0);
  },
);

it.skipIf(!canCompile)('counters compile without a warning where nothing is Linux (C++ compiler)', () => {
  const elsewhere = ['-U__linux__', '-Wall', '-Wextra', '-Werror', `-I${native}`, '-c', source];
  expect(compile('elsewhere.o', elsewhere, '').stderr).toBe('');
});

function compile(
  name: string,
  args: string[],
  input: string,
): ReturnType<typeof spawnSync> & { stderr: string } {
  const command = ['-std=c++17', '-O1', '-g', ...args, '-o', join(scratch, name)];
  return spawnSync(process.env.CXX ?? 'c++', command, { encoding: 'utf8', input });
}
