// Gates on numbers with intervals: passed only if all of the interval is inside, failed only if all of it is outside.

import type { GateResult } from '../result/judgement.js';
import type { Gate } from '../spec/index.js';
import { doubtOf } from './gate-doubt.js';
import type { GateMetric, GateNumber } from './gate-metric.js';
import { reason } from './gate-reasons.js';

export type Judgement = Pick<GateResult, 'state' | 'estimate' | 'reason'>;

/** Their sign says which way, not how good: judged by their size. */
const judgedBySize = ['energy-drift'];

/**
 * `max` and `min`. A time from a campaign is judged if nothing speaks against the campaign: unlike the difference of two
 * arms, which a busy machine disturbs alike, it is what the machine makes of it. Of several sources the worst state.
 */
export function judgeBound(gate: Gate, metric: GateMetric): Judgement {
  const sources = [metric.number, ...(metric.others ?? [])];
  const judged = worstOf(sources.map((number) => judgeNumber(gate, metric.metric, number)));
  const doubt = metric.from === 'campaign' && metric.campaign ? doubtOf(metric.campaign, false) : null;
  return doubt && judged.estimate ? { ...judged, state: 'inconclusive', reason: doubt } : judged;
}

function judgeNumber(gate: Gate, metric: string, found: GateNumber | null): Judgement {
  if (!found || found.value === null) return withoutValue(found);
  const number = judgedBySize.includes(metric) ? sizeOf(found) : found;
  return judge(gate.rule === 'min' ? 'min' : 'max', gate.limit, number, false);
}

/** The first of the worst. */
function worstOf(judgements: readonly Judgement[]): Judgement {
  const order: readonly GateResult['state'][] = ['error', 'failed', 'inconclusive', 'passed'];
  const rank = ({ state }: Judgement) => order.indexOf(state);
  return judgements.reduce((worst, one) => (rank(one) < rank(worst) ? one : worst));
}

/**
 * `maxRegression` of what was not measured in pairs: the ratio of two independent numbers, its interval from theirs by
 * the method of variance estimates recovery on logarithms (Zou & Donner, Stat. Med. 27, 1693 (2008)). What lies
 * beyond by intervals within single runs alone is not called a regression: they do not hold what changes between runs.
 */
export function judgeRatio(gate: Gate, metric: GateMetric): Judgement {
  const { number, counterpart, better } = metric;
  if (!number || number.value === null) return withoutValue(number);
  if (better === 'none') return { state: 'error', estimate: null, reason: reason('no-direction') };
  if (!counterpart || counterpart.value === null) {
    return { state: 'error', estimate: null, reason: reason('no-baseline-value') };
  }
  const change = better === 'lower' ? changeOf(number, counterpart) : changeOf(counterpart, number);
  if (!change) return { state: 'error', estimate: null, reason: reason('no-baseline-value') };
  return judge('max', gate.limit, change, number.withinRun || counterpart.withinRun);
}

function judge(rule: 'max' | 'min', limit: number, number: GateNumber, careful: boolean): Judgement {
  const value = number.value as number;
  const estimate = { value, low: number.low, high: number.high, unit: number.unit, n: number.n };
  const beyond = (bound: number) => (rule === 'max' ? bound > limit : bound < limit);
  if (number.exact) {
    const state = beyond(value) ? 'failed' : 'passed';
    return { state, estimate, reason: reason(state === 'failed' ? 'outside' : 'inside', { value }) };
  }
  const { low, high } = number;
  if (low === null || high === null) {
    return { state: 'inconclusive', estimate, reason: reason('no-interval', { value }) };
  }
  const [best, worst] = rule === 'max' ? [low, high] : [high, low];
  if (!beyond(worst)) return { state: 'passed', estimate, reason: reason('inside', { low, high }) };
  if (!beyond(best)) return { state: 'inconclusive', estimate, reason: reason('straddles', { low, high }) };
  return careful
    ? { state: 'inconclusive', estimate, reason: reason('within-run-only', { low, high }) }
    : { state: 'failed', estimate, reason: reason('outside', { low, high }) };
}

function withoutValue(number: GateNumber | null): Judgement {
  return {
    state: 'error',
    estimate: null,
    reason: reason('no-value', { cause: number?.missing ?? null }),
  };
}

function sizeOf(number: GateNumber): GateNumber {
  const { value, low, high } = number;
  if (low === null || high === null) return { ...number, value: Math.abs(value as number) };
  return {
    ...number,
    value: Math.abs(value as number),
    low: low * high <= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
    high: Math.max(Math.abs(low), Math.abs(high)),
  };
}

/** worse/better − 1 as a share. Null where a ratio has no meaning: one of them is not positive. */
function changeOf(above: GateNumber, below: GateNumber): GateNumber | null {
  const [top, bottom] = [above.value as number, below.value as number];
  if (!(top > 0 && bottom > 0)) return null;
  const change = { ...above, value: top / bottom - 1, unit: 'share', n: Math.min(above.n, below.n) };
  if (above.exact && below.exact) return { ...change, low: null, high: null };
  const bounds = [above.low, above.high, below.low, below.high];
  if (bounds.some((bound) => bound === null || bound <= 0)) {
    return { ...change, exact: false, low: null, high: null };
  }
  const away = (from: number, to: number | null) => Math.log((to as number) / from);
  return {
    ...change,
    low: Math.expm1(Math.log(top / bottom) - Math.hypot(away(top, above.low), away(bottom, below.high))),
    high: Math.expm1(Math.log(top / bottom) + Math.hypot(away(top, above.high), away(bottom, below.low))),
  };
}
