import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAddon } from '../../src/addon.js';
import { hookStages } from '../../src/result/cuda-profile.js';

const script = fileURLToPath(new URL('../../native/build.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'mdbench-native-'));
const compilers = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
const hasCompiler = compilers.some((name) => spawnSync(name, ['--version']).status === 0);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasCompiler)('native build with a compiler', () => {
  const folder = join(scratch, 'good');
  const file = join(folder, 'mdbench.node');

  it('makes an addon that loads, once', () => {
    const first = build(folder, {});
    expect(first.output).toMatch(
      /^mdbench: native part built with .+ in [\d.]+ s(, without the CUDA hook: .+)?\n$/,
    );
    expect(build(folder, {}).output).toBe('mdbench: native part is up to date\n');
    expect(loadAddon(file, undefined).backend).toEqual({ name: 'native', reason: null });
    expect(loadAddon(file, 'reference')).toEqual({
      addon: null,
      backend: { name: 'reference', reason: 'MDBENCH_BACKEND=reference' },
    });
  });

  it('leaves nothing stale behind when the compiler fails, and keeps what it said', () => {
    const broken = join(scratch, 'broken-compiler');
    writeFileSync(
      broken,
      '#!/bin/sh\n[ "$1" = --version ] && echo broken 1.0 && exit 0\necho "it hurts" >&2\nexit 1\n',
    );
    chmodSync(broken, 0o755);
    const run = build(folder, { CXX: broken });
    expect(run).toMatchObject({ status: 0 });
    expect(run.output).toContain('the C++ compiler failed');
    expect(run.output).toContain('the TypeScript reference does everything, only slower');
    expect(readFileSync(join(folder, 'build.log'), 'utf8')).toContain('it hurts');
    expect(existsSync(file)).toBe(false);
  });
});

describe.skipIf(!hasCompiler || process.platform !== 'linux')('native build without a C compiler', () => {
  it('has everything but the hook, which says so', () => {
    const folder = join(scratch, 'no-hook');
    const run = build(folder, { CC: join(scratch, 'no-such-compiler') });
    expect(run.output).toMatch(/, without the CUDA hook: no C compiler found\n$/);
    expect(existsSync(join(folder, 'libmdbench-hook.so'))).toBe(false);
    const { addon } = loadAddon(join(folder, 'mdbench.node'), undefined);
    const state = [hookStages.indexOf('no-hook'), 0, expect.stringContaining('C compiler')];
    expect([addon!.hookProbe(), addon!.hookStart('nowhere', 0)]).toEqual([state, state]);
    expect(addon!.nvmlOpen()).toEqual([-1, expect.stringContaining('C compiler')]);
    expect([existsSync('nowhere'), addon!.nvmlDevices()]).toEqual([false, []]);
  });
});

describe('native build without a compiler', () => {
  it('says so in one line and succeeds', () => {
    const run = build(join(scratch, 'none'), { CXX: join(scratch, 'no-such-compiler') });
    expect(run.status).toBe(0);
    expect(run.output).toMatch(
      /^mdbench: no C\+\+ compiler found: the TypeScript reference does everything, only slower\..+\n$/,
    );
  });

  it('gives the reference backend, with its reason', () => {
    const missing = loadAddon(join(scratch, 'none', 'mdbench.node'), undefined);
    expect(missing.addon).toBeNull();
    expect(missing.backend).toMatchObject({
      name: 'reference',
      reason: expect.stringContaining('is not built'),
    });
  });

  it('gives the reference backend where the addon is broken', () => {
    const garbage = join(scratch, 'garbage.node');
    writeFileSync(garbage, 'not a library');
    const broken = loadAddon(garbage, undefined);
    expect(broken.addon).toBeNull();
    expect(broken.backend).toMatchObject({
      name: 'reference',
      reason: expect.stringContaining('does not load'),
    });
  });
});

function build(
  folder: string,
  environment: Record<string, string>,
): { status: number | null; output: string } {
  const run = spawnSync(process.execPath, [script, folder], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status: run.status, output: run.stdout };
}
