import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, headersOf, layoutFolder, noCompiler, wheelVersions } from '../support/cuda-stubs.js';

const reason = noCompiler ?? (wheelVersions.length === 0 ? "NVIDIA's headers are not installed" : null);
const abi = resolve('tests/native/cuda/abi.c');

describe.skipIf(reason !== null)(`the layouts of CUPTI's records${reason ? `: ${reason}` : ''}`, () => {
  it.each(wheelVersions)('has the numbers that the headers of CUDA %s have', (version) => {
    expect(checked(version, resolve('native')).stderr).toBe('');
  });

  it('notices an offset that is off', () => {
    const planted = mkdtempSync(join(tmpdir(), 'mdbench-abi-'));
    mkdirSync(join(planted, 'cuda'));
    const header = readFileSync('native/cuda/cupti-abi.h', 'utf8');
    writeFileSync(join(planted, 'cuda/cupti-abi.h'), header.replace(/(ABI_KERNEL_STREAM) = \d+/, '$1 = 44'));
    const outcome = checked(wheelVersions[0]!, planted);
    rmSync(planted, { recursive: true });
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toContain('ABI_KERNEL_STREAM');
  });

  it('leaves no number of ours unchecked', () => {
    const asserted = readFileSync(abi, 'utf8');
    const ours = readFileSync('native/cuda/cupti-abi.h', 'utf8').match(/\bABI_[A-Z0-9_]+(?= = \d)/g) ?? [];
    expect(ours.length).toBeGreaterThan(40);
    const used = new Set(asserted.match(/\bABI_[A-Z0-9_]+(?=[,)])/g));
    expect(ours.filter((name) => !name.startsWith('ABI_VERSION_') && !used.has(name))).toEqual([]);
  });

  it.each(['driver', 'runtime'])(
    'knows every call of the %s that launches, copies or sets, and no other',
    (domain) => {
      const header = readFileSync('native/cuda/launch-calls.h', 'utf8');
      const [, table = ''] = new RegExp(`${domain}_launches\\[\\] = \\{(.*?)\\};`, 's').exec(header)!;
      const ranges = [...table.matchAll(/\{(\d+), *(\d+)\}/g)].map((range) => range.slice(1).map(Number));
      const newest = headersOf(wheelVersions.at(-1)!).map((folder) => join(folder, `cupti_${domain}_cbid.h`));
      const names = readFileSync(newest.find((file) => existsSync(file))!, 'utf8');
      const working = /^_*cu(da)?(Launch(?!HostFunc)|Memcpy|Memset|GraphLaunch)/;
      const obsoleteOrGap = /^cuda\d+$|EventCreateFromEGLSync/;
      const calls = [...names.matchAll(/CBID_(\w+)\s*= (\d+),/g)].map(([, name = '', cbid]) => {
        const inside = ranges.some(([first = 0, last = 0]) => first <= Number(cbid) && Number(cbid) <= last);
        return { name, inside };
      });
      const missing = calls.filter(({ name, inside }) => working.test(name) && !inside);
      const foreign = calls.filter(
        ({ name, inside }) => inside && !working.test(name) && !obsoleteOrGap.test(name),
      );
      expect(calls.length).toBeGreaterThan(400);
      expect([missing, foreign]).toEqual([[], []]);
    },
  );

  it('are committed as the headers give them', () => {
    const committed = readFileSync('tests/native/cuda/layouts.h', 'utf8');
    expect(readFileSync(join(layoutFolder(), 'layouts.h'), 'utf8')).toBe(committed);
  });
});

function checked(version: string, native: string) {
  const folders = [native, ...headersOf(version)].map((folder) => `-I${folder}`);
  return compile(['-std=gnu11', '-fsyntax-only', ...folders, abi]);
}
