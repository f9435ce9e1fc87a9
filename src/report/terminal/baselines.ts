// What `mdbench baseline` prints: what is stored, and what one baseline was measured with.

import type { StoredBaseline } from '../../result/baseline.js';
import {
  describeNoBaselines,
  describeStored,
  describeStoredTime,
  describeUnusableBaseline,
} from '../words/baselines.js';
import { plain, table } from './layout.js';

interface BaselineLine {
  readonly name: string;
  /** Null where the file cannot be used, and `problem` says why. */
  readonly baseline: StoredBaseline | null;
  readonly problem: { readonly message: string } | null;
}

/** One line each. */
export function renderBaselines(entries: readonly BaselineLine[], folder: string): string {
  if (entries.length === 0) return describeNoBaselines(folder);
  const rows = entries.map(({ name, baseline, problem }) => [
    name,
    baseline ? summary(baseline) : describeUnusableBaseline(problem?.message ?? ''),
  ]);
  return table(rows.map((row) => row.map(plain))).join('\n');
}

/** What it is, where and with what it was measured, and the times. */
export function renderBaseline(baseline: StoredBaseline): string {
  const { fingerprint, name } = baseline;
  const { date, tool, label, processes } = describeStored(baseline);
  const facts = [
    ['stored', `${date}, ${tool}`],
    ['arm', `${label}, ${processes}`],
    ...(['hardware', 'software', 'workload'] as const).flatMap((group) =>
      Object.entries(fingerprint[group].parts).map(([key, value]) => [key, String(value)]),
    ),
    ...metricsOf(baseline).map((id) => [id, timeOf(baseline, id)]),
  ];
  return [plain(name), ...table(facts.map((row) => row.map(plain))).map((line) => `  ${line}`)].join('\n');
}

function summary(baseline: StoredBaseline): string {
  const { date, label, runs } = describeStored(baseline);
  const ids = metricsOf(baseline);
  const id = ids.find((one) => one.startsWith('step')) ?? ids[0];
  return [date, label, runs, ...(id === undefined ? [] : [`${id} ${timeOf(baseline, id)}`])].join('  ');
}

function metricsOf({ runs }: StoredBaseline): string[] {
  return Object.keys(runs[0]?.metrics ?? {});
}

function timeOf({ runs }: StoredBaseline, id: string): string {
  return describeStoredTime(runs.map(({ metrics }) => metrics[id]!));
}
