// Segments as they come, one after another, into the columns of the document.

import type { ArmName, Segments } from '../result/index.js';

export interface SegmentRow {
  readonly arm: ArmName;
  readonly session: number;
  readonly block: number;
  /** ms since the campaign began */
  readonly at: number;
  readonly steps: number;
  /** ms */
  readonly elapsed: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly phases: Readonly<Record<string, number>>;
  readonly parts: readonly number[];
}

/** @param metrics ids that every row has. Phases and parts are kept only where every row tells them. */
export function columnsOf(rows: readonly SegmentRow[], metrics: readonly string[]): Segments {
  const phases = Object.keys(rows[0]?.phases ?? {}).filter((id) => rows.every((row) => id in row.phases));
  const tellsParts = rows.every((row) => row.parts.length === 5);
  return {
    arm: rows.map((row) => row.arm),
    session: rows.map((row) => row.session),
    block: rows.map((row) => row.block),
    at: rows.map((row) => row.at),
    steps: rows.map((row) => row.steps),
    metrics: Object.fromEntries(metrics.map((id) => [id, rows.map((row) => row.metrics[id])])),
    phases: Object.fromEntries(phases.map((id) => [id, rows.map((row) => row.phases[id])])),
    parts: tellsParts ? rows.flatMap((row) => [...row.parts]) : [],
  };
}
