// How busy the devices were while the steps ran, per step; ms. The mean over devices, each as one process saw it.

import type { CudaProfile } from '../../result/cuda-profile.js';
import { describeDurations, mergeDurations } from './durations.js';
import { type Gaps, gapsOf } from './occupancy.js';
import type { SteppedTrace } from './stepped-trace.js';

/** Null where no steps are known, or nothing ran in them. */
export function gapTable(traces: readonly SteppedTrace[]): CudaProfile['gaps'] {
  const counted = traces.filter(({ steps }) => steps > 0);
  const seen = counted.flatMap(({ trace, attribution, steps }) =>
    [...trace.devices.values()].flatMap((occupancy) => {
      const gaps = gapsOf(occupancy, attribution === 'average' ? 'all' : 'steps');
      return gaps ? [{ gaps, steps }] : [];
    }),
  );
  if (seen.length === 0) return null;
  const mean = (part: (gaps: Gaps) => number) =>
    seen.reduce((sum, { gaps, steps }) => sum + part(gaps) / steps / 1e6, 0) / seen.length;
  const busy = mean((gaps) => gaps.busy);
  const idle = mean((gaps) => gaps.idle);
  const delays = counted.map(({ trace, attribution }) =>
    attribution === 'average' ? trace.delays.all : trace.delays.inSteps,
  );
  return {
    busy,
    idle,
    idleShare: busy + idle > 0 ? (100 * idle) / (busy + idle) : 0,
    launchGap: describedOrNull(seen.map(({ gaps }) => gaps.between)),
    launchDelay: describedOrNull(delays),
  };
}

function describedOrNull(parts: Parameters<typeof mergeDurations>[0]) {
  const merged = mergeDurations(parts);
  return merged.count > 0 ? describeDurations(merged) : null;
}
