// The table of phases: shares of the plain step, and how long each was while it was looked at. µs.

import type { PhaseTable, ProfilePhase } from '../../result/profile.js';
import { decimalsOf, fixed } from '../format.js';
import { describeShares, describeSlowdown, phaseWords, profileHeads, tableShare } from '../words/index.js';
import { type Block, note, type ProfileSection, type ReportTable } from './section.js';
import { warningNotes } from './warnings.js';

const phaseColors: Record<ProfilePhase, string> = {
  neighbors: 'var(--series-3)',
  feeds: 'var(--series-5)',
  forces: 'var(--series-2)',
  outputs: 'var(--series-4)',
  integrate: 'var(--series-1)',
  observe: 'var(--muted)',
  'garbage-collection': 'var(--inconclusive)',
  unattributed: 'var(--rule)',
};

export function phaseSection(phases: PhaseTable | null): ProfileSection | null {
  if (!phases) return null;
  const rows = phases.rows.filter(isThere);
  const blocks: Block[] = [
    ...warningNotes(phases.warnings),
    ...(rows.length === 0
      ? []
      : [
          {
            kind: 'shares' as const,
            parts: rows.map(({ phase, share }) => ({
              label: phaseWords[phase],
              share,
              color: phaseColors[phase],
            })),
          },
          { kind: 'table' as const, table: phaseRows(phases) },
          ...note(describeShares(phases), 'quiet'),
        ]),
    ...note(describeSlowdown(phases), 'quiet'),
  ];
  return { id: 'phases', blocks };
}

/** Feeds and outputs that a force field does not tell are within its call. */
function isThere({ phase, share, profiled }: PhaseTable['rows'][number]): boolean {
  return share > 0 || profiled > 0 || (phase !== 'feeds' && phase !== 'outputs');
}

function phaseRows({ rows: all, plainStep, profiledStep }: PhaseTable): ReportTable {
  const rows = all.filter(isThere);
  const decimals = Math.min(3, decimalsOf(1000 * Math.max(plainStep, profiledStep), 5));
  const micro = (ms: number) => fixed(1000 * ms, decimals);
  const sum = rows.reduce((total, { share }) => total + share, 0);
  return {
    columns: [
      { title: profileHeads.phase },
      { title: profileHeads.share, right: true },
      { title: profileHeads.plain, right: true },
      { title: profileHeads.profiled, right: true, rank: 1 },
      { title: '', bar: true, rank: 2 },
    ],
    rows: [
      ...rows.map(({ phase, share, time, profiled }) => [
        phaseWords[phase],
        tableShare(share, 2),
        micro(time),
        micro(profiled),
        String(share),
      ]),
      [profileHeads.whole, tableShare(sum, 2), micro(plainStep), micro(profiledStep), ''],
    ],
    summed: true,
    colors: rows.map(({ phase }) => phaseColors[phase]),
  };
}
