// Gates against a document: five states, never folded, and the verdict that an exit code is made of.

import { MdbenchError } from '../errors.js';
import type { PairedCampaign } from '../result/campaign.js';
import type { ResultDocument, Warning } from '../result/document.js';
import type { CheckResult, GateResult } from '../result/judgement.js';
import type { Gate } from '../spec/index.js';
import { campaignWarnings } from './campaign-warnings.js';
import { judgedCampaigns } from './campaigns.js';
import { isAbout } from './gate-about.js';
import { type Judgement, judgeBound, judgeRatio } from './gate-bounds.js';
import { decideSpeed, type SpeedDecision } from './gate-decisions.js';
import type { GateMetric } from './gate-metric.js';
import { reason } from './gate-reasons.js';
import { judgeSpeed } from './gate-speed.js';
import { judgeStored, storedPath } from './gate-stored.js';
import { gateMetrics } from './metric-paths.js';
import { nearestPaths } from './nearest-paths.js';
import type { StoredComparison } from './stored.js';

export interface JudgeOptions {
  readonly onInconclusive: CheckResult['onInconclusive'];
  /** Against a stored baseline: what it says of the times. Without: the baseline was measured in the same job. */
  readonly stored?: StoredComparison;
}

/**
 * Every gate on every number that it is about.
 * @throws MdbenchError(gate-unmatched) for a pattern that names none
 */
export function judgeGates(
  gates: readonly Gate[],
  document: ResultDocument,
  options: JudgeOptions,
): CheckResult {
  const metrics = judgedMetrics(document, options.stored);
  refuseUnmatchedBy(gates, metrics);
  const campaigns = judgedCampaigns(document.campaigns ?? []);
  const decisions = new Map(
    campaigns.map((campaign) => [campaign, decideSpeed(gates, campaign, campaigns.length)]),
  );
  const results = gates.flatMap((gate) =>
    metrics
      .filter((metric) => isAbout(gate, metric))
      .map((metric) => judgeGate(gate, metric, decisions, options.stored)),
  );
  return {
    mode: options.stored ? 'stored' : 'rerun',
    ...labelsOf(campaigns, options.stored),
    verdict: verdictOf(results),
    indicative: options.stored !== undefined,
    onInconclusive: options.onInconclusive,
    gates: results,
    warnings: warningsOf(campaigns, options.stored),
  };
}

/** @throws MdbenchError(gate-unmatched) naming the nearest paths; also of a document whose cases are still pending */
export function refuseUnmatched(gates: readonly Gate[], document: ResultDocument): void {
  refuseUnmatchedBy(gates, gateMetrics(document));
}

function refuseUnmatchedBy(gates: readonly Gate[], metrics: readonly GateMetric[]): void {
  for (const gate of gates) {
    if (metrics.some((metric) => isAbout(gate, metric))) continue;
    const others = metrics.filter(({ arm }) => gate.rule !== 'maxRegression' || arm === 'candidate');
    const near = nearestPaths(
      gate.pattern,
      others.map(({ path }) => path),
      3,
    );
    throw new MdbenchError(
      'gate-unmatched',
      `The gate ${gate.pattern} (${gate.rule}) matches none of the ${others.length} numbers that were measured.`,
      near.length > 0
        ? `A path is <force field>/<system>/<metric>, with * for any run of characters. The nearest: ${near.join(', ')}`
        : 'Nothing was measured that a gate could be about.',
    );
  }
}

/** Against a stored baseline every case is the candidate's, and its times are those of the new runs. */
function judgedMetrics(document: ResultDocument, stored: StoredComparison | undefined): GateMetric[] {
  const metrics = gateMetrics(document);
  if (!stored) return metrics;
  const cases = metrics.map((metric) => ({ ...metric, arm: 'candidate' as const }));
  const known = new Set(cases.map(({ path }) => path));
  return [
    ...cases,
    ...stored.metrics
      .map(({ metric }) => ({ path: storedPath(stored, metric), metric }))
      .filter(({ path }) => !known.has(path))
      .map((named) => ({ ...storedTime, ...named })),
  ];
}

/** Gates on the absolute time of a stored comparison have nothing to judge: its runs are no case. */
const storedTime = {
  alias: null,
  arm: 'candidate',
  from: 'campaign',
  state: 'measured',
  failure: null,
  number: null,
  counterpart: null,
  better: 'lower',
  campaign: null,
} as const;

function judgeGate(
  gate: Gate,
  metric: GateMetric,
  decisions: ReadonlyMap<PairedCampaign, readonly SpeedDecision[]>,
  stored: StoredComparison | undefined,
): GateResult {
  const shared = { ...gate, metric: metric.path, detectable: null };
  if (gate.rule === 'maxRegression' && stored) {
    const judged = judgeStored(gate, metric, stored);
    return { ...shared, ...judged, severity: judged.state === 'failed' ? 'warn' : gate.severity };
  }
  if (gate.rule === 'maxRegression' && metric.campaign) {
    const decision = decisions
      .get(metric.campaign)
      ?.find((one) => one.metric === metric.metric && one.limit === gate.limit);
    return { ...shared, ...judgeSpeed(metric.campaign, decision) };
  }
  const unmeasured = judgeUnmeasured(metric);
  if (unmeasured) return { ...shared, ...unmeasured };
  return { ...shared, ...(gate.rule === 'maxRegression' ? judgeRatio : judgeBound)(gate, metric) };
}

function judgeUnmeasured({ state, failure, from }: GateMetric): Judgement | null {
  if (state === 'measured') return null;
  if (state === 'skipped') return { state: 'skipped', estimate: null, reason: reason('case-skipped') };
  if (state === 'aborted') return { state: 'inconclusive', estimate: null, reason: reason('aborted') };
  const { cause, message } = failure ?? { cause: null, message: null };
  return { state: 'error', estimate: null, reason: reason(`${from}-failed`, { cause, message }) };
}

/** What could not be measured counts whatever hangs on it, else `error` gates alone. A skipped gate has not passed. */
function verdictOf(results: readonly GateResult[]): CheckResult['verdict'] {
  const states = results.filter(({ severity }) => severity === 'error').map(({ state }) => state);
  if (states.includes('failed')) return 'fail';
  if (results.some(({ state }) => state === 'error')) return 'error';
  return states.includes('inconclusive') || states.includes('skipped') ? 'inconclusive' : 'pass';
}

function labelsOf(campaigns: readonly PairedCampaign[], stored: StoredComparison | undefined) {
  if (stored) return { baseline: stored.baseline, candidate: stored.candidate };
  const label = (arm: 'baseline' | 'candidate') => campaigns[0]?.arms[arm].label ?? arm;
  return { baseline: label('baseline'), candidate: label('candidate') };
}

function warningsOf(campaigns: readonly PairedCampaign[], stored: StoredComparison | undefined): Warning[] {
  return [...campaigns.flatMap(campaignWarnings), ...(stored?.warnings ?? [])];
}
