// Energy of the processor package by RAPL, through the powercap folder of Linux. J, of everything that runs on it.

import { join } from 'node:path';
import type { Counters } from '../result/index.js';
import { namesIn, textOf } from './system-files.js';

type Energy = Counters['energy'];

export interface EnergyWatch {
  begin(): void;
  /** `no-rapl` where there is no such folder, `not-permitted` where it may not be read. */
  finish(): Energy;
}

interface Domain {
  readonly name: string;
  readonly folder: string;
  /** µJ at which the counter begins anew. */
  readonly range: number;
}

export function watchEnergy(folder = '/sys/class/powercap'): EnergyWatch {
  const domains = findDomains(folder);
  let first = domains.map(readEnergy);
  return {
    begin() {
      first = domains.map(readEnergy);
    },
    finish() {
      if (domains.length === 0) return { domains: [], reason: 'no-rapl' };
      const last = domains.map(readEnergy);
      const told = domains.flatMap(({ name, range }, k) => {
        const [from, to] = [first[k]!, last[k]!];
        if (from === null || to === null) return [];
        return [{ name, joules: (to >= from ? to - from : to + range - from) / 1e6 }];
      });
      return { domains: told, reason: told.length > 0 ? null : 'not-permitted' };
    },
  };
}

/** `intel-rapl:0` is a package, `intel-rapl:0:1` a part of it. The same numbers are there for AMD. */
function findDomains(folder: string): Domain[] {
  const names = namesIn(folder).filter((name) => /^intel-rapl:\d+(:\d+)?$/.test(name));
  return names.sort().flatMap((name) => {
    const place = join(folder, name);
    const called = textOf(join(place, 'name'))?.trim();
    const range = Number(textOf(join(place, 'max_energy_range_uj')));
    return called ? [{ name: called, folder: place, range }] : [];
  });
}

function readEnergy({ folder }: Domain): number | null {
  const text = textOf(join(folder, 'energy_uj'));
  return text === null ? null : Number(text);
}
