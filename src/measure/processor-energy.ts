// Energy of the processor in J by RAPL, from Linux's powercap folder: of everything that runs on it, not of one process.

import { readdirSync, readFileSync } from 'node:fs';
import type { Counters } from '../result/index.js';
import { unavailable } from './unavailable.js';

const raplFolder = '/sys/class/powercap';

/** ms between two looks: the counters wrap after 262 kJ or less, in minutes on a large processor. */
const interval = 20_000;

export interface EnergyWatch {
  /** Counts from here on. */
  begin(): void;
  /** Looks again, so that no wrap of a counter is missed; a timer does it as long as the event loop turns. */
  look(): void;
  finish(): Counters['energy'];
}

export function watchEnergy(folder = raplFolder): EnergyWatch {
  const { domains, reason } = findDomains(folder);
  let last = domains.map(microjoules);
  let sums = domains.map(() => 0);

  function look(): void {
    const present = domains.map(microjoules);
    sums = sums.map((sum, k) => sum + spent(last[k], present[k], domains[k].range));
    last = present;
  }

  const timer = domains.length > 0 ? setInterval(look, interval).unref() : undefined;
  return {
    begin() {
      last = domains.map(microjoules);
      sums = domains.map(() => 0);
    },
    look,
    finish() {
      clearInterval(timer);
      look();
      const told = domains.map(({ name }, k) => ({ name, joules: sums[k] / 1e6 }));
      const kept = told.filter(({ joules }) => Number.isFinite(joules));
      const lost = domains.length > 0 && kept.length === 0;
      return { domains: kept, reason: lost ? unavailable('no-rapl', 'unreadable') : reason };
    },
  };
}

/** Which domains can be read now, or why none. */
export function tryEnergy(folder = raplFolder): {
  readonly domains: string[];
  readonly reason: string | null;
} {
  const { domains, reason } = findDomains(folder);
  return { domains: domains.map(({ name }) => name), reason };
}

interface Domain {
  /** `package-0`; `package-0 dram` for a part of one. */
  readonly name: string;
  readonly file: string;
  /** µJ at which the counter begins anew. */
  readonly range: number;
}

function findDomains(folder: string): { domains: Domain[]; reason: string | null } {
  const names = entriesOf(folder).filter((name) => /^intel-rapl:\d+(:\d+)?$/.test(name));
  if (names.length === 0) return { domains: [], reason: unavailable('no-rapl') };
  const domains: Domain[] = [];
  let refused: string | null = null;
  for (const name of names.sort()) {
    try {
      const file = `${folder}/${name}/energy_uj`;
      const range = Number(readFileSync(`${folder}/${name}/max_energy_range_uj`, 'latin1'));
      readFileSync(file, 'latin1');
      domains.push({ name: titleOf(folder, name), file, range });
    } catch (error) {
      refused ??= refusal(error);
    }
  }
  return domains.length > 0 ? { domains, reason: null } : { domains, reason: refused };
}

function titleOf(folder: string, name: string): string {
  const title = readFileSync(`${folder}/${name}/name`, 'latin1').trim();
  const parent = /^(intel-rapl:\d+):\d+$/.exec(name)?.[1];
  return parent === undefined ? title : `${titleOf(folder, parent)} ${title}`;
}

function refusal(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return unavailable(code === 'EACCES' || code === 'EPERM' ? 'energy-not-permitted' : 'no-rapl', code);
}

function spent(before: number, after: number, range: number): number {
  return after >= before ? after - before : after - before + range;
}

/** NaN where it cannot be read any more. */
function microjoules({ file }: Domain): number {
  try {
    return Number(readFileSync(file, 'latin1'));
  } catch {
    return Number.NaN;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
