// Which campaigns are judged, and how their arms, cases and examinations are found and named.

import type { ArmName, PairedCampaign } from '../result/campaign.js';
import type { CaseResult, ResultDocument } from '../result/document.js';
import type { Examination } from '../result/examination.js';

/** Of campaigns over the same two arms on the same system the last: the declared rerun, where there was one. */
export function judgedCampaigns(campaigns: readonly PairedCampaign[]): PairedCampaign[] {
  const keyOf = ({ id, arms }: PairedCampaign) =>
    JSON.stringify([id, arms.baseline.label, arms.candidate.label, arms.candidate.spec?.id ?? null]);
  return [...new Map(campaigns.map((campaign) => [keyOf(campaign), campaign])).values()];
}

/** What paths call an arm: its label; `baseline` or `candidate` for a command, and for two arms of one label. */
export function pathName({ arms }: PairedCampaign, arm: ArmName): string {
  const same = arms.baseline.label === arms.candidate.label;
  return arms[arm].command !== null || same ? arm : arms[arm].label;
}

/** What paths may also call an arm: a label that both share means the candidate. */
export function aliasName({ arms }: PairedCampaign, arm: ArmName): string | null {
  const { baseline, candidate } = arms;
  const shared = candidate.command === null && baseline.label === candidate.label;
  return shared && arm === 'candidate' ? candidate.label : null;
}

/** A number of an arm as gates find it. */
export function pathsOf(
  campaign: PairedCampaign,
  arm: ArmName,
  metric: string,
): { path: string; alias: string | null; arm: ArmName } {
  const place = `${campaign.id}/${metric}`;
  const alias = aliasName(campaign, arm);
  return { path: `${pathName(campaign, arm)}/${place}`, alias: alias && `${alias}/${place}`, arm };
}

export function caseOf(document: ResultDocument, { arms }: PairedCampaign, arm: ArmName): CaseResult | null {
  const id = arms[arm].spec?.id;
  return document.cases.find((result) => result.id === id) ?? null;
}

/** Null where nothing was examined. */
export function examinationOf(document: ResultDocument, campaign: PairedCampaign): Examination | null {
  const { baseline, candidate } = campaign.arms;
  const found = document.examinations?.find(
    (one) => one.id === campaign.id && isNamed(one.baseline, baseline) && isNamed(one.candidate, candidate),
  );
  return found ?? null;
}

function isNamed(name: string, { label, spec }: PairedCampaign['arms'][ArmName]): boolean {
  return name === label || name === spec?.id || name === spec?.forceField.name;
}

/** As the workers say it, else as the cases do. */
export function atomsOf(document: ResultDocument, campaign: PairedCampaign): number | null {
  for (const arm of ['baseline', 'candidate'] as const) {
    const atoms = campaign.arms[arm].workload?.atoms ?? caseOf(document, campaign, arm)?.system?.atoms;
    if (typeof atoms === 'number' && Number.isInteger(atoms)) return atoms;
  }
  return null;
}
