// RAPL on folders like those of Linux: names, wrap-around, rights.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tryEnergy, watchEnergy } from '../../src/measure/processor-energy.js';

const scratch = mkdtempSync(join(tmpdir(), 'mdbench-rapl-'));
let folders = 0;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Domain {
  readonly name: string;
  readonly energy: number;
  readonly range?: number;
}

function powercap(domains: Readonly<Record<string, Domain>>): string {
  const folder = join(scratch, String(++folders));
  mkdirSync(folder);
  for (const [entry, { name, energy, range }] of Object.entries(domains)) {
    mkdirSync(join(folder, entry));
    writeFileSync(join(folder, entry, 'name'), `${name}\n`);
    writeFileSync(join(folder, entry, 'energy_uj'), `${energy}\n`);
    writeFileSync(join(folder, entry, 'max_energy_range_uj'), `${range ?? 262143328850}\n`);
  }
  return folder;
}

function set(folder: string, entry: string, energy: number): void {
  writeFileSync(join(folder, entry, 'energy_uj'), `${energy}\n`);
}

const twoSockets = {
  'intel-rapl:0': { name: 'package-0', energy: 1_000_000 },
  'intel-rapl:0:0': { name: 'core', energy: 500_000 },
  'intel-rapl:0:1': { name: 'dram', energy: 0 },
  'intel-rapl:1': { name: 'package-1', energy: 7 },
  'intel-rapl-mmio:0': { name: 'package-0', energy: 1_000_000 },
};

describe('energy of the processor', () => {
  it('is told of each package and of its parts, once', () => {
    const folder = powercap(twoSockets);
    const watch = watchEnergy(folder);
    set(folder, 'intel-rapl:0', 13_500_000);
    set(folder, 'intel-rapl:0:0', 4_500_000);
    set(folder, 'intel-rapl:0:1', 250_000);
    expect(watch.finish()).toEqual({
      domains: [
        { name: 'package-0', joules: 12.5 },
        { name: 'package-0 core', joules: 4 },
        { name: 'package-0 dram', joules: 0.25 },
        { name: 'package-1', joules: 0 },
      ],
      reason: null,
    });
  });

  it('goes on over the wrap of a counter, as often as it was looked at', () => {
    const folder = powercap({ 'intel-rapl:0': { name: 'package-0', energy: 900_000, range: 1_000_000 } });
    const watch = watchEnergy(folder);
    set(folder, 'intel-rapl:0', 400_000);
    watch.look();
    set(folder, 'intel-rapl:0', 100_000);
    expect(watch.finish().domains).toEqual([{ name: 'package-0', joules: expect.closeTo(1.2, 9) }]);
  });

  it('counts from its begin', () => {
    const folder = powercap({ 'intel-rapl:0': { name: 'package-0', energy: 0 } });
    const watch = watchEnergy(folder);
    set(folder, 'intel-rapl:0', 5_000_000);
    watch.begin();
    set(folder, 'intel-rapl:0', 8_000_000);
    expect(watch.finish().domains[0].joules).toBeCloseTo(3, 9);
  });

  it('has a reason where there is none', () => {
    const none = { domains: [], reason: 'no-rapl' };
    expect(watchEnergy(join(scratch, 'nowhere')).finish()).toEqual(none);
    expect(tryEnergy(powercap({ dtpm: { name: 'dtpm', energy: 1 } }))).toEqual(none);
  });

  it('has another where the file cannot be read, and tells the domains that can', () => {
    const folder = powercap(twoSockets);
    for (const entry of ['intel-rapl:0', 'intel-rapl:0:0', 'intel-rapl:1'])
      rmSync(join(folder, entry, 'energy_uj'));
    expect(tryEnergy(folder)).toEqual({ domains: ['package-0 dram'], reason: null });
    rmSync(join(folder, 'intel-rapl:0:1', 'energy_uj'));
    expect(tryEnergy(folder)).toEqual({ domains: [], reason: 'no-rapl:ENOENT' });
  });

  it('that goes away while it is watched is no number', () => {
    const folder = powercap({ 'intel-rapl:0': { name: 'package-0', energy: 0 } });
    const watch = watchEnergy(folder);
    rmSync(join(folder, 'intel-rapl:0', 'energy_uj'));
    expect(watch.finish()).toEqual({ domains: [], reason: 'no-rapl:unreadable' });
  });

  it.skipIf(process.getuid?.() === 0)('that root alone may read says so', () => {
    const folder = powercap({ 'intel-rapl:0': { name: 'package-0', energy: 0 } });
    chmodSync(join(folder, 'intel-rapl:0', 'energy_uj'), 0o000);
    expect(tryEnergy(folder)).toEqual({ domains: [], reason: 'energy-not-permitted:EACCES' });
  });
});
