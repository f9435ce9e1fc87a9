// One row of a table of a trace: how often, how long, how much of it in steps; of a kernel also how it was launched.

import { createDurations, type Durations } from './durations.js';

export type RowKind = 'kernel' | 'copy' | 'memset' | 'call';

export interface Row {
  readonly kind: RowKind;
  /** Of a kernel the number of its name, of a copy its direction as CUPTI numbers it, of a call its function. */
  readonly id: number;
  /** Of a call: its interface. */
  readonly domain: number;
  readonly durations: Durations;
  bytes: number;
  /** Instances that belong to a step, and their time in ns. */
  inSteps: number;
  timeInSteps: number;
  readonly launches: Launches;
}

/** Grid x y z, block x y z, registers, static and dynamic shared memory in bytes. */
export type Configuration = readonly number[];

export interface Launches {
  readonly counts: Map<string, { readonly configuration: Configuration; count: number }>;
  last: { readonly configuration: Configuration; count: number } | null;
}

const mostConfigurations = 4096;

export function createTables() {
  const rows: Row[] = [];
  const places = { kernel: new Map(), copy: new Map(), memset: new Map(), call: new Map() } as Record<
    RowKind,
    Map<number, number>
  >;

  /** Where the row is, made when it is new. */
  function place(kind: RowKind, id: number, domain = 0): number {
    const key = domain * 0x100000000 + id;
    const known = places[kind].get(key);
    if (known !== undefined) return known;
    const launches = { counts: new Map(), last: null };
    const durations = createDurations();
    rows.push({ kind, id, domain, durations, bytes: 0, inSteps: 0, timeInSteps: 0, launches });
    places[kind].set(key, rows.length - 1);
    return rows.length - 1;
  }

  return { rows, place };
}

/** Of a kernel record; a row knows at most 4096 configurations apart, later ones are not counted. */
export function addLaunch(launches: Launches, view: DataView, at: number): void {
  const { last } = launches;
  if (last !== null && isConfiguration(last.configuration, view, at)) {
    last.count++;
    return;
  }
  const configuration = readConfiguration(view, at);
  const key = configuration.join(' ');
  const known = launches.counts.get(key);
  if (known === undefined && launches.counts.size >= mostConfigurations) return;
  const entry = known ?? { configuration, count: 0 };
  entry.count++;
  launches.counts.set(key, entry);
  launches.last = entry;
}

function isConfiguration(configuration: Configuration, view: DataView, at: number): boolean {
  for (let k = 0; k < 9; k++) {
    if (view.getInt32(at + 40 + 4 * k, true) !== configuration[k]) return false;
  }
  return true;
}

/** The nine numbers lie side by side. */
function readConfiguration(view: DataView, at: number): Configuration {
  return Array.from({ length: 9 }, (_, k) => view.getInt32(at + 40 + 4 * k, true));
}
