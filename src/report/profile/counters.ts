// What the system counted for the worker: counters, threads, energy. What it did not count is said with its reason.

import type { Counters } from '../../result/profile.js';
import { count, quantity } from '../format.js';
import {
  counterHeads,
  describeCounted,
  describeCounter,
  describeEnergy,
  describeIdle,
  describeMore,
  describeNotCounted,
  instructionsPerCycle,
  tableShare,
  threadName,
} from '../words/index.js';
import { type Block, first, note, type ProfileSection, type ReportTable } from './section.js';

export function counterSection(counters: Counters | null, top: number): ProfileSection | null {
  if (!counters) return null;
  const active = counters.threads.filter(didSomething);
  const { shown, left } = first(active, top);
  const idle = counters.threads.length - active.length;
  const ipc = instructionsPerCycle(counters.counters);
  const blocks: Block[] = [
    ...note(describeCounted(counters)),
    ...(counters.counters.some(({ total }) => total !== null)
      ? [{ kind: 'table' as const, table: counterTable(counters) }]
      : []),
    ...note(ipc === null ? null : `${ipc}.`),
    ...missingNotes(counters),
    ...(shown.length > 0 ? [{ kind: 'table' as const, table: threadTable(shown, counters.elapsed) }] : []),
    ...(left.length > 0 ? note(describeMore(left.length, 'thread'), 'quiet') : []),
    ...(idle > 0 ? note(describeIdle(idle), 'quiet') : []),
    ...note(describeEnergy(counters), 'quiet'),
  ];
  return { id: 'counters', blocks };
}

function counterTable({ counters, steps }: Counters): ReportTable {
  const words = counters.filter(({ total }) => total !== null).map((one) => describeCounter(one, steps));
  const noted = words.some((one) => one.note !== null);
  return {
    columns: [
      { title: counterHeads.counter },
      { title: counterHeads.perStep, right: true },
      { title: counterHeads.total, right: true },
      ...(noted ? [{ title: counterHeads.note, name: 'beside' as const, rank: 1 }] : []),
    ],
    rows: words.map((one) => [one.name, one.perStep, one.total, ...(noted ? [one.note ?? ''] : [])]),
  };
}

/** Counters that share a reason share a sentence. */
function missingNotes({ counters, steps }: Counters): Block[] {
  const byReason = new Map<string, { names: string[]; why: string; advice: string | null }>();
  for (const counter of counters.filter(({ total }) => total === null)) {
    const { name, total: why, advice } = describeCounter(counter, steps);
    const entry = byReason.get(why) ?? { names: [], why, advice };
    entry.names.push(name);
    byReason.set(why, entry);
  }
  return [...byReason.values()].flatMap(({ names, why, advice }) =>
    note(describeNotCounted(names, why), 'quiet', advice),
  );
}

function didSomething({
  time,
  voluntarySwitches,
  involuntarySwitches,
}: Counters['threads'][number]): boolean {
  return time > 0 || voluntarySwitches > 0 || involuntarySwitches > 0;
}

function threadTable(threads: Counters['threads'], elapsed: number): ReportTable {
  return {
    columns: [
      { title: counterHeads.thread, name: 'beside' },
      { title: counterHeads.time, right: true },
      { title: counterHeads.share, right: true, rank: 3 },
      { title: counterHeads.voluntary, right: true, rank: 2 },
      { title: counterHeads.involuntary, right: true, rank: 1 },
    ],
    rows: threads.map(({ id, name, time, voluntarySwitches, involuntarySwitches }) => [
      id === 0 ? threadName(name) : `${threadName(name)} (${id})`,
      quantity(time, 'ms', 4),
      elapsed > 0 ? tableShare((100 * time) / elapsed) : '',
      count(voluntarySwitches),
      count(involuntarySwitches),
    ]),
  };
}
