// The accuracy of every candidate as numbers that gates can judge: of both sources of frames, the larger first.

import type { PairedCampaign } from '../result/campaign.js';
import type { ResultDocument } from '../result/document.js';
import type { Accuracy, Estimate } from '../result/judgement.js';
import { accuracyOf } from './accuracy.js';
import { examinationOf, pathsOf } from './campaigns.js';
import type { GateMetric, GateNumber } from './gate-metric.js';

type Forces = Accuracy['forces'][number];

const accuracies: Readonly<Record<string, (accuracy: Accuracy, all: Forces) => GateNumber>> = {
  'force-rmse': (_, all) => noisy(all.rmse),
  'force-mae': (_, all) => noisy(all.mae),
  'force-max': (_, all) => largest(all),
  'force-angle': (_, all) => noisy(all.angle),
  'energy-rmse': ({ energy }) => noisy(energy.rmse),
};

/** Nothing where nothing was examined; what failed where the examination did. */
export function accuracyMetrics(
  document: ResultDocument,
  campaigns: readonly PairedCampaign[],
): GateMetric[] {
  return campaigns.flatMap((campaign) => {
    const examination = examinationOf(document, campaign);
    if (!examination) return [];
    const both = accuracyOf(examination);
    return Object.entries(accuracies).map(([metric, pick]) => {
      const numbers = both.map((one) => pick(one, one.forces.at(-1) as Forces));
      const [number = null, ...others] = numbers.sort((a, b) => Number(b.value) - Number(a.value));
      return {
        ...pathsOf(campaign, 'candidate', metric),
        metric,
        from: 'examination' as const,
        state: examination.failure ? ('failed' as const) : ('measured' as const),
        failure: examination.failure,
        number,
        others,
        counterpart: null,
        better: 'lower' as const,
        campaign: null,
      };
    });
  });
}

function noisy({ value, low, high, unit, n }: Estimate): GateNumber {
  return { value, low, high, unit, n, exact: false, withinRun: false, missing: null };
}

function largest({ largest: value, rmse }: Forces): GateNumber {
  return {
    value,
    low: null,
    high: null,
    unit: rmse.unit,
    n: rmse.n,
    exact: true,
    withinRun: false,
    missing: null,
  };
}
