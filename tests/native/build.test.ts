import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAddon } from '../../src/addon.js';
import { hookStages } from '../../src/result/cuda-profile.js';

const script = fileURLToPath(new URL('../../native/build.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'mdbench-native-'));
const hasCompiler = answers(process.env.CXX, ['c++', 'g++', 'clang++']);
const hasHook = process.platform === 'linux' && answers(process.env.CC, ['cc', 'gcc', 'clang']);
const broken = join(scratch, 'broken-compiler');

beforeAll(() => {
  writeFileSync(
    broken,
    '#!/bin/sh\n[ "$1" = --version ] && echo broken 1.0 && exit 0\necho "it hurts" >&2\nexit 1\n',
  );
  chmodSync(broken, 0o755);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasCompiler)('native build with a compiler', () => {
  const folder = join(scratch, 'good');
  const file = join(folder, 'mdbench.node');
  const library = join(folder, 'libmdbench-hook.so');

  it('makes an addon that loads, once', () => {
    const first = build(folder, {});
    expect(first.output).toMatch(
      /^mdbench: native part built with .+ in [\d.]+ s(, without the CUDA hook: .+)?\n$/,
    );
    expect(build(folder, {}).output).toMatch(
      /^mdbench: native part is up to date(, without the CUDA hook: .+)?\n$/,
    );
    expect(loadAddon(file, undefined).backend).toEqual({ name: 'native', reason: null });
    expect(loadAddon(file, 'reference')).toEqual({
      addon: null,
      backend: { name: 'reference', reason: 'MDBENCH_BACKEND=reference' },
    });
  });

  it.skipIf(!hasHook)('makes the library for other programs, again where it is gone', () => {
    for (const name of ['InitializeInjection', 'InitializeInjectionNvtx2'])
      expect(readFileSync(library).includes(`\0${name}\0`)).toBe(true);
    rmSync(library);
    expect(build(folder, {}).output).toMatch(/^mdbench: native part built with .+ and .+ in [\d.]+ s\n$/);
    expect(existsSync(library)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('objects'))).toEqual([]);
  });

  it.skipIf(!hasHook)('keeps the addon when the compiler of the hook fails, and says so each time', () => {
    const lacking = `, without the CUDA hook: the C compiler failed, see ${join(folder, 'build.log')}\n`;
    expect(build(folder, { CC: broken }).output).toMatch(new RegExp(`^mdbench: .+ s${lacking}$`));
    expect(build(folder, { CC: broken }).output).toBe(`mdbench: native part is up to date${lacking}`);
    expect(existsSync(library)).toBe(false);
    const script = `const addon = require(${JSON.stringify(file)});
      console.log(addon.hookProbe()[0], addon.demangle('_Z4axpyfPfS_'));`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(stdout).toBe(`${hookStages.indexOf('no-hook')} axpy(float, float*, float*)\n`);
  });

  it('leaves nothing stale behind when the compiler fails, and keeps what it said', () => {
    const run = build(folder, { CXX: broken });
    expect(run).toMatchObject({ status: 0 });
    expect(run.output).toContain('the C++ compiler failed');
    expect(run.output).toContain('the TypeScript reference does everything, only slower');
    expect(readFileSync(join(folder, 'build.log'), 'utf8')).toContain('it hurts');
    expect(existsSync(file)).toBe(false);
    expect(existsSync(library)).toBe(hasHook);
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

function answers(asked: string | undefined, usual: readonly string[]): boolean {
  const commands = (asked?.trim() ? [asked.trim()] : usual).map((name) => name.split(/\s+/));
  return commands.some(([program = '', ...args]) => spawnSync(program, [...args, '--version']).status === 0);
}

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
