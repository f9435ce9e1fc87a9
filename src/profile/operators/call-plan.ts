// How many force calls an operator pass profiles, from what a call took and wrote in a short trial.

export interface CallPlan {
  /** Calls before those that count. */
  readonly warmUp: number;
  readonly calls: number;
}

/** ONNX Runtime keeps 1 000 000 events and drops the rest; every one of them takes some kilobytes until it is written. */
const mostEvents = 100_000;
/** ms */
const longest = 2000;
const fewest = 10;
const most = 500;

/** @param trial ms and node events of one profiled call */
export function planCalls(trial: { readonly callTime: number; readonly events: number }): CallPlan {
  const wanted = Math.min(most, Math.max(fewest, Math.floor(longest / trial.callTime)));
  const allowed = Math.max(3, Math.floor(mostEvents / Math.max(1, trial.events)));
  const warmUp = allowed > fewest + 6 ? 6 : 2;
  return { warmUp, calls: Math.min(wanted, allowed - warmUp) };
}
