// Steps that took much longer than the others: by cause, and the largest.

import type { Spikes } from '../../result/profile.js';
import { count, fixed, quantity } from '../format.js';
import {
  causeWords,
  describeMore,
  describeSpikes,
  describeUnlisted,
  profileHeads,
  spikesNote,
  tableShare,
  timesWords,
} from '../words/index.js';
import { type Block, first, note, type ProfileSection, type ReportTable } from './section.js';

export function spikeSection(spikes: Spikes | null, top: number): ProfileSection | null {
  if (!spikes) return null;
  const all = spikes.causes.reduce((sum, one) => sum + one.count, 0);
  const { shown, left } = first(
    [...spikes.largest].sort((a, b) => b.time - a.time),
    top,
  );
  const blocks: Block[] = [
    ...note(describeSpikes(spikes)),
    ...(all === 0
      ? []
      : [
          { kind: 'table' as const, table: causeTable(spikes) },
          { kind: 'chart' as const, chart: 'spikes' as const },
          { kind: 'table' as const, table: largestTable(shown, spikes.median) },
          ...(left.length > 0 ? note(describeMore(left.length, 'spike'), 'quiet') : []),
          ...note(describeUnlisted(all - spikes.largest.length), 'quiet'),
          ...note(spikesNote, 'quiet'),
        ]),
  ];
  return { id: 'spikes', blocks };
}

function causeTable({ causes }: Spikes): ReportTable {
  const total = causes.reduce((sum, { excess }) => sum + excess, 0);
  return {
    columns: [
      { title: profileHeads.cause },
      { title: profileHeads.spikes, right: true },
      { title: profileHeads.excess, right: true },
      { title: profileHeads.excessShare, right: true, rank: 1 },
    ],
    rows: causes.map(({ cause, count: n, excess }) => [
      causeWords[cause],
      count(n),
      quantity(excess, 'ms'),
      total > 0 ? tableShare((100 * excess) / total) : '',
    ]),
  };
}

function largestTable(largest: Spikes['largest'], median: number): ReportTable {
  return {
    columns: [
      { title: profileHeads.step, right: true },
      { title: profileHeads.time, right: true },
      { title: profileHeads.times, right: true, rank: 1 },
      { title: profileHeads.cause, name: 'beside' },
      { title: profileHeads.collection, right: true, rank: 3 },
      { title: profileHeads.switches, right: true, rank: 2 },
    ],
    rows: largest.map(({ step, time, causes, collection, switches }) => [
      count(step),
      quantity(time, 'ms'),
      median > 0 ? timesWords(time / median) : '',
      causes.map((cause) => causeWords[cause]).join(', '),
      collection > 0 ? `${fixed(collection, 3)} ms` : '',
      count(switches),
    ]),
  };
}
