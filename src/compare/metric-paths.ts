// Every number of a document that a gate can be about, by its path `<force field>/<system>/<metric>`.

import type { ResultDocument } from '../result/document.js';
import { accuracyMetrics } from './accuracy-metrics.js';
import { judgedCampaigns } from './campaigns.js';
import { caseMetrics } from './case-metrics.js';
import type { GateMetric } from './gate-metric.js';
import { speedMetrics } from './speed-metrics.js';

/**
 * The metrics of all cases, the accuracy of every candidate, and the times of campaigns; one entry a path and arm, the
 * time of a case with the campaign that measured it in pairs.
 */
export function gateMetrics(document: ResultDocument): GateMetric[] {
  const campaigns = judgedCampaigns(document.campaigns ?? []);
  const cases = caseMetrics(document, campaigns);
  const speed = speedMetrics(campaigns);
  const paired = new Map(speed.map((metric) => [keyOf(metric), metric.campaign]));
  const known = new Set(cases.map(keyOf));
  return [
    ...cases.map((metric) => ({ ...metric, campaign: paired.get(keyOf(metric)) ?? null })),
    ...speed.filter((metric) => !known.has(keyOf(metric))),
    ...accuracyMetrics(document, campaigns),
  ];
}

function keyOf({ path, arm }: GateMetric): string {
  return `${arm} ${path}`;
}
