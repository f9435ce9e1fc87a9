// All that a document says of candidates against their baseline: one comparison a campaign, and what sizes add.

import type { PairedCampaign } from '../result/campaign.js';
import type { ResultDocument, Warning } from '../result/document.js';
import type { Examination } from '../result/examination.js';
import type { Comparison, ComparisonReport } from '../result/judgement.js';
import { accuracyOf } from './accuracy.js';
import { agreementOf } from './agreement.js';
import { campaignWarnings } from './campaign-warnings.js';
import { atomsOf, caseOf, examinationOf, judgedCampaigns } from './campaigns.js';
import { sizesOf } from './cost-model.js';
import { sharesOf } from './shares.js';
import { ratiosOf } from './speed.js';

/** @param axis what differs on purpose; the force field unless told */
export function compareCampaigns(document: ResultDocument, axis = 'force field'): ComparisonReport {
  const comparisons = judgedCampaigns(document.campaigns ?? []).map((campaign) =>
    comparisonOf(document, campaign),
  );
  return { axis, comparisons, ...sizesOf(comparisons) };
}

function comparisonOf(document: ResultDocument, campaign: PairedCampaign): Comparison {
  const examination = examinationOf(document, campaign);
  const atoms = atomsOf(document, campaign);
  return {
    id: campaign.id,
    baseline: campaign.arms.baseline.label,
    candidate: campaign.arms.candidate.label,
    cases: {
      baseline: caseOf(document, campaign, 'baseline')?.id ?? null,
      candidate: caseOf(document, campaign, 'candidate')?.id ?? null,
    },
    atoms,
    ratios: ratiosOf(campaign),
    shares: { baseline: sharesOf(campaign, 'baseline'), candidate: sharesOf(campaign, 'candidate') },
    accuracy: examination ? accuracyOf(examination) : [],
    agreement: examination ? agreementOf(examination, atoms) : [],
    warnings: [...campaignWarnings(campaign), ...examinationWarnings(examination)],
  };
}

function examinationWarnings(examination: Examination | null): Warning[] {
  if (!examination?.failure) return [];
  const { cause, message } = examination.failure;
  return [{ code: 'examination-failed', values: { system: examination.id, cause, message } }];
}
