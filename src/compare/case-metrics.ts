// The metrics of every case as numbers that gates can judge.

import { metrics } from '../metrics/index.js';
import type { ArmName, PairedCampaign } from '../result/campaign.js';
import type { CaseResult, Metric, ResultDocument } from '../result/document.js';
import { aliasName, caseOf, pathName } from './campaigns.js';
import type { GateMetric, GateNumber } from './gate-metric.js';

interface Place {
  readonly name: string;
  readonly alias: string | null;
  readonly system: string;
  readonly arm: ArmName | null;
  readonly baseline: CaseResult | null;
}

/** Extremes that were seen: there is nothing to be uncertain of. */
const extremes = ['peak-rss'];

/** All metrics of the catalogue for every case and arm that it is; those of a broken case too, as what failed. */
export function caseMetrics(document: ResultDocument, campaigns: readonly PairedCampaign[]): GateMetric[] {
  return document.cases.flatMap((result) => {
    const places = placesOf(document, result, campaigns);
    return places.flatMap((place) =>
      metrics.map(({ id, better, kind }) => ({
        path: `${place.name}/${place.system}/${id}`,
        alias: place.alias && `${place.alias}/${place.system}/${id}`,
        metric: id,
        arm: place.arm,
        from: 'case' as const,
        state: stateOf(result),
        failure: result.failure && { cause: result.failure.cause, message: result.failure.message },
        number: numberOf(result.metrics[id], kind === 'exact' || extremes.includes(id)),
        counterpart:
          place.baseline && numberOf(place.baseline.metrics[id], kind === 'exact' || extremes.includes(id)),
        better,
        campaign: null,
      })),
    );
  });
}

function placesOf(
  document: ResultDocument,
  result: CaseResult,
  campaigns: readonly PairedCampaign[],
): Place[] {
  const places = campaigns.flatMap((campaign) =>
    (['baseline', 'candidate'] as const)
      .filter((arm) => caseOf(document, campaign, arm) === result)
      .map((arm) => ({
        name: pathName(campaign, arm),
        alias: aliasName(campaign, arm),
        system: campaign.id,
        arm,
        baseline: arm === 'candidate' ? caseOf(document, campaign, 'baseline') : null,
      })),
  );
  const once = places.filter(
    (place, k) => places.findIndex((other) => other.name === place.name && other.arm === place.arm) === k,
  );
  return once.length > 0 ? once : [alone(result)];
}

function alone(result: CaseResult): Place {
  const { forceField, system } = result.spec;
  return {
    name: result.forceField?.id ?? forceField.name,
    system: result.system?.name ?? ('name' in system ? system.name : system.structure),
    alias: null,
    arm: null,
    baseline: null,
  };
}

function stateOf({ status }: CaseResult): GateMetric['state'] {
  if (status === 'skipped' || status === 'pending') return 'skipped';
  return status === 'failed' || status === 'aborted' ? status : 'measured';
}

function numberOf(metric: Metric | undefined, exact: boolean): GateNumber | null {
  if (!metric) return null;
  const { value, low, high, unit, n, warnings } = metric;
  return {
    value,
    low,
    high,
    unit,
    n,
    exact,
    withinRun: warnings.some(({ code }) => code === 'interval-within-run'),
    missing: value === null ? (warnings[0]?.code ?? null) : null,
  };
}
