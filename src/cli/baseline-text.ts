// Stored baselines as lines of a terminal.

import type { BaselineEntry, StoredBaseline } from '../result/index.js';

export function listText(entries: readonly BaselineEntry[], folder: string): string {
  if (entries.length === 0) return `No baseline is stored in ${folder}.`;
  const width = Math.max(...entries.map(({ name }) => name.length));
  return entries
    .map(({ name, baseline, problem }) =>
      [name.padEnd(width), baseline ? summary(baseline) : `cannot be used: ${problem?.message}`].join('  '),
    )
    .join('\n');
}

/** What it is, where and with what it was measured, and the times. */
export function baselineText(baseline: StoredBaseline): string {
  const { fingerprint, runs, createdAt, tool } = baseline;
  const facts: [string, string][] = [
    ['stored', `${createdAt}, ${tool.name} ${tool.version}`],
    ['arm', `${baseline.arm.label}, ${runs.length} fresh processes`],
    ...(['hardware', 'software', 'workload'] as const).flatMap((group) =>
      Object.entries(fingerprint[group].parts).map(([key, value]): [string, string] => [key, String(value)]),
    ),
    ...Object.keys(runs[0]?.metrics ?? {}).map((id): [string, string] => [id, timeText(baseline, id)]),
  ];
  const width = Math.max(...facts.map(([key]) => key.length));
  return [baseline.name, ...facts.map(([key, value]) => `  ${key.padEnd(width)}  ${value}`)].join('\n');
}

function summary(baseline: StoredBaseline): string {
  const { createdAt, arm, runs } = baseline;
  const [id] = Object.keys(runs[0]?.metrics ?? {}).sort(
    (a, b) => Number(b.startsWith('step')) - Number(a.startsWith('step')),
  );
  const time = id === undefined ? '' : `  ${id} ${timeText(baseline, id)}`;
  return `${createdAt.slice(0, 16).replace('T', ' ')}  ${arm.label}  ${runs.length} runs${time}`;
}

function timeText({ runs }: StoredBaseline, id: string): string {
  const times = runs.map(({ metrics }) => metrics[id]).sort((a, b) => a - b);
  return `${times[times.length >> 1].toPrecision(4)} ms (${times[0].toPrecision(4)} to ${times[times.length - 1].toPrecision(4)})`;
}
