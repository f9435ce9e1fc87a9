// mdbench baseline, and check --against what it stored: indicative, refused on another machine, never failing.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBaseline, readDocument, writeBaseline } from '../../src/result/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';

const store = temporaryFolder();
const stored = ['--store', store];
const against = (name: string, ...more: string[]) =>
  mdbench(['check', '--against', name, ...stored, '--time-budget', '5s', ...more]);

describe('mdbench baseline', () => {
  beforeAll(async () => {
    const save = [
      'baseline',
      'save',
      'main',
      'lennard-jones',
      '--system',
      'ar108',
      '--runs',
      '10',
      '--quiet',
    ];
    const typed = await mdbench([...save, ...stored]);
    expect([typed.code, typed.stdout.trim()]).toEqual([0, join(store, 'main.json')]);
  }, 180_000);

  it('lists, shows and removes', async () => {
    writeFileSync(
      join(store, 'other.json'),
      readFileSync(join(store, 'main.json'), 'utf8').replace('"main"', '"other"'),
    );
    expect((await mdbench(['baseline', 'list', ...stored])).stdout).toMatch(
      /main .*lennard-jones.*10 runs[\s\S]*other/,
    );
    const shown = await mdbench(['baseline', 'show', 'main', ...stored]);
    expect(shown.stdout).toMatch(/system +ar108[\s\S]*step-time-p50 +\S+ (ms|µs)/);
    expect((await mdbench(['baseline', 'rm', 'other', ...stored])).code).toBe(0);
    expect((await mdbench(['baseline', 'show', 'other', ...stored])).code).toBe(4);
  });

  it('is refused from another machine, and no more than an indication where that is allowed', async () => {
    const main = readBaseline('main', store);
    const { hardware } = main.fingerprint;
    const elsewhere = { ...hardware, parts: { ...hardware.parts, cpu: 'Another CPU' } };
    const faster = main.runs.map((run) => ({
      ...run,
      metrics: Object.fromEntries(Object.entries(run.metrics).map(([id, time]) => [id, time / 10])),
    }));
    const fingerprint = { ...main.fingerprint, hardware: elsewhere };
    writeBaseline({ ...main, name: 'elsewhere', fingerprint, runs: faster }, store);
    const refused = await against('elsewhere');
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/cpu.*Another CPU[\s\S]*--allow-cross-machine/);
    const out = temporaryFolder();
    const typed = await against('elsewhere', '--allow-cross-machine', '--out', out);
    const { check } = readDocument(out);
    expect([typed.code, check?.mode, check?.indicative]).toEqual([0, 'stored', true]);
    expect(check?.warnings.map(({ code }) => code)).toContain('cross-machine');
    expect(check?.gates[0].estimate?.value).toBeGreaterThan(1);
    expect([check?.gates[0].severity, check?.gates[0].state]).toEqual(['warn', 'failed']);
  }, 60_000);

  it('is refused with fewer than ten runs, and for another system', async () => {
    const main = readBaseline('main', store);
    writeBaseline({ ...main, name: 'few', runs: main.runs.slice(0, 9) }, store);
    const few = await against('few');
    expect([few.code, few.stderr.includes('9 runs')]).toEqual([4, true]);
    const other = await against('main', '--system', 'ar256');
    expect([other.code, other.stderr]).toEqual([4, expect.stringMatching(/system \(ar108 in .*ar256/)]);
  });

  it.each([
    ['"*/stepp-time": ["error", {maxRegression: 3%}]', 5, /stepp-time.*none.*\n.*step-time-p50/],
    ['"*/step-time-p50": ["error", {max: 1}]', 2, /step-time-p50 has max, maxRegression/],
  ])('is not measured against for the gate %s', async (text, code, says) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'gates.yaml'), text);
    const out = join(folder, 'out');
    const typed = await against('main', '--gates', join(folder, 'gates.yaml'), '--out', out);
    expect(typed.stderr).toMatch(says);
    expect(typed.stderr).not.toMatch(/run 1/);
    expect([typed.code, existsSync(out)]).toEqual([code, false]);
  });

  it.each([
    [['baseline', 'save', '../main', 'lennard-jones'], 2, /named by letters/],
    [['baseline', 'save', 'two', 'lennard-jones', '--system', 'ar108', 'ar256'], 2, /one system/],
    [['baseline', 'save', 'x', 'lennard-jones', '--runs', '0'], 2, /above 0/],
    [['baseline', 'rm', 'nobody'], 4, /no baseline nobody/],
  ])('refuses %j', async (args, code, says) => {
    const typed = await mdbench([...args, ...stored]);
    expect(typed.stderr).toMatch(says);
    expect(typed.code).toBe(code);
  });
});
