// Noise of campaigns and of the machine: grade, control workload, plan; the same for comparisons and checks.

import type { PairedCampaign } from '../../result/campaign.js';
import { control, controlContent, type Detail } from '../charts/index.js';
import { count, significantDigits } from '../format.js';
import { figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { facts } from '../html/parts.js';
import { controlWords, describeDesign, detectableWords, noiseFacts } from '../words/index.js';
import { describeGrade } from '../words/plan.js';

/** @param key unique in the report */
export async function noisePieces(
  campaigns: readonly PairedCampaign[],
  gallery: Gallery,
  detail: Detail | null,
  key: string,
): Promise<Html[]> {
  const pieces: Html[] = [];
  for (const [k, campaign] of campaigns.entries()) {
    const content = detail && controlContent(campaign, detail);
    const title = campaigns.length > 1 && html`<h4>${campaign.arms.candidate.label} · ${campaign.id}</h4>`;
    pieces.push(html`<div class="panel">${title}${campaignFacts(campaign)}</div>`);
    if (content) pieces.push(await figureOf(gallery, control, content, `${key}-${k + 1}`));
  }
  return pieces;
}

function campaignFacts(campaign: PairedCampaign): Html {
  const { machine } = campaign;
  return facts([
    [noiseFacts.machine, describeGrade(machine).text],
    [noiseFacts.control, controlWords(campaign)],
    [noiseFacts.plan, describeDesign(campaign)],
    [noiseFacts.detectable, detectableWords(campaign)],
    [
      noiseFacts.load,
      machine.loadAverage === null ? noiseFacts.unknown : significantDigits(machine.loadAverage, 2),
    ],
    [
      noiseFacts.steal,
      machine.steal === null ? noiseFacts.unknown : `${significantDigits(100 * machine.steal, 2)} %`,
    ],
    [noiseFacts.governor, machine.cpuGovernor ?? noiseFacts.unknown],
    [noiseFacts.throttled, machine.throttled === null ? noiseFacts.unknown : count(machine.throttled)],
  ]);
}
