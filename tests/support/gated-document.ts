// Documents as a check would leave them: a case of each arm with metrics of known values, a campaign, an examination.

import { metrics } from '../../src/metrics/index.js';
import type { CaseResult, Metric, ResultDocument } from '../../src/result/document.js';
import type { Examination } from '../../src/result/examination.js';
import { plantedExamination } from './labelled-frames.js';
import { type PlantedCampaign, plantedCampaign } from './paired-campaign.js';
import { syntheticCase, syntheticDocument } from './synthetic-case.js';

type Change = Partial<Metric>;

export interface GatedDocument {
  readonly campaign?: PlantedCampaign;
  readonly candidate?: Readonly<Record<string, Change>>;
  readonly baseline?: Readonly<Record<string, Change>>;
  readonly status?: CaseResult['status'];
  readonly examination?: Partial<Examination> | null;
}

/** Every metric is 1 with an interval from 0.9 to 1.1, unless told. */
export function gatedDocument(options: GatedDocument = {}): ResultDocument {
  const { status = 'ok', examination = null } = options;
  const campaign = plantedCampaign(options.campaign);
  const { baseline, candidate } = campaign.arms;
  const cases = [baseline, candidate].flatMap(({ spec }, k) => {
    if (!spec) return [];
    const found = caseOf(k === 0 ? options.baseline : options.candidate);
    return { ...found, id: spec.id, spec, ...(k === 1 ? statusOf(status) : {}) };
  });
  return {
    ...syntheticDocument(cases),
    campaigns: [campaign],
    ...(examination ? { examinations: [plantedExamination(examination)] } : {}),
  };
}

function caseOf(changes: Readonly<Record<string, Change>> = {}): CaseResult {
  const measured = metrics.map(({ id, unit }): [string, Metric] => [
    id,
    { value: 1, unit, low: 0.9, high: 1.1, n: 100, warnings: [], ...changes[id] },
  ]);
  return { ...syntheticCase([]), metrics: Object.fromEntries(measured) };
}

function statusOf(status: CaseResult['status']): Partial<CaseResult> {
  if (status !== 'failed') return { status };
  const failure = {
    stage: 'measure',
    seed: 1,
    step: 413,
    cause: 'nan-energy',
    message: 'NaN.',
    hint: null,
  } as const;
  return { status, failure };
}
