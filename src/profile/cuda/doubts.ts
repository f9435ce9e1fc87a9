// What is to be said of the numbers of a sound trace: what could not be given to a step, what is rounded, what is partial.

import type { Warning } from '../../result/records.js';
import { mostIntervals } from './occupancy.js';
import type { SteppedTrace } from './stepped-trace.js';
import { mostPhases } from './totals.js';

export function doubtsOf(stepped: SteppedTrace): Warning[] {
  return [...ofSteps(stepped), ...ofSizes(stepped)];
}

function ofSteps({ trace, attribution, steps }: SteppedTrace): Warning[] {
  const { inSteps, outside, launchUnknown, elsewhere } = trace.counts;
  const pid = trace.about?.pid ?? 0;
  const of = inSteps + outside;
  if (attribution === 'average') {
    return [
      { code: 'activity-averaged', values: { pid, activities: of, steps, marked: trace.steps, elsewhere } },
    ];
  }
  if (attribution === 'none') {
    return of > 0 ? [{ code: 'activity-without-steps', values: { pid, activities: of } }] : [];
  }
  const found: Warning[] = [];
  const hasCalls = trace.rows.some(({ kind }) => kind === 'call');
  if (launchUnknown > 0 && hasCalls) {
    found.push({ code: 'launch-unknown', values: { pid, activities: launchUnknown, of } });
  }
  if (elsewhere > 0) found.push({ code: 'launched-elsewhere', values: { pid, activities: elsewhere, of } });
  return found;
}

function ofSizes({ trace }: SteppedTrace): Warning[] {
  const pid = trace.about?.pid ?? 0;
  const found: Warning[] = [];
  const rounded = trace.rows.filter(({ durations }) => durations.bins !== null).length;
  if (rounded > 0) found.push({ code: 'median-rounded', values: { pid, rows: rounded, percent: 0.05 } });
  for (const [device, { beyond }] of trace.devices) {
    if (beyond === 0) continue;
    found.push({ code: 'gaps-of-part', values: { pid, device, first: mostIntervals, beyond } });
  }
  if (trace.counts.phasesCut > 0) found.push({ code: 'phases-cut', values: { pid, phases: mostPhases } });
  return found;
}
