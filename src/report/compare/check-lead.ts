// What a document of a check leads with: the verdict, the gates with their states, the ratios beside what is tolerated.

import type { PairedCampaign } from '../../result/campaign.js';
import type { GateResult } from '../../result/judgement.js';
import { type Detail, pairRatios, pairRatiosContent } from '../charts/index.js';
import { gatesInOrder } from '../check/order.js';
import { dateOf } from '../format.js';
import { figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { code, tableOf } from '../html/parts.js';
import type { ReportInput } from '../input.js';
import { describeArms, describeCheck } from '../words/check.js';
import { describeGate, type GateWords } from '../words/gates.js';
import {
  compareHeadings,
  compareNavigation,
  describeCommand,
  describeMachine,
  describeWarning,
  gateHeads,
  gateNote,
  rerunMark,
  toneMark,
} from '../words/index.js';
import { noisePieces } from './noise.js';
import { titleOf } from './speed.js';

type Checked = ReportInput & { readonly document: { readonly check: object } };

export function listChecks(inputs: readonly ReportInput[]): Checked[] {
  return inputs.filter((input): input is Checked => input.document.check !== undefined);
}

/** @param detail null: no charts @param noisy whether the noise of the campaigns is shown here */
export async function checkLead(
  checks: readonly ReportInput[],
  gallery: Gallery,
  detail: Detail | null,
  noisy: boolean,
): Promise<Html> {
  const parts: Html[] = [];
  for (const [k, input] of checks.entries()) {
    const key = `check-${k + 1}`;
    const campaigns = input.document.campaigns ?? [];
    const figures = detail ? await ratioFigures(input, gallery, key) : [];
    const noise = noisy ? await noisePieces(campaigns, gallery, detail, key) : [];
    parts.push(
      html`<section class="compared" id="${key}">${headOf(input, k === 0)}</section>
<section id="${key}-gates"><h3>${compareHeadings.gates}</h3><div class="panel">${gateTable(input)}<p class="note">${gateNote}</p></div></section>
${figures.length > 0 && html`<section id="${key}-ratios"><h3>${compareHeadings.changes}</h3>${figures}</section>`}
${noise.length > 0 && html`<section id="${key}-noise"><h3>${compareHeadings.noise}</h3>${noise}</section>`}`,
    );
  }
  return html`${parts}`;
}

/** Aims and names for the bar at the top, of those that are there. */
export function checkLinks(lead: string): [string, string][] {
  const all: [string, string][] = [
    ['check-1-gates', compareHeadings.gates],
    ['check-1-ratios', compareNavigation.changes ?? compareHeadings.changes],
    ['check-1-noise', compareNavigation.noise ?? compareHeadings.noise],
  ];
  return all.filter(([aim]) => lead.includes(` id="${aim}"`));
}

function headOf({ document }: ReportInput, first: boolean): Html {
  const check = document.check!;
  const { tone, word, text, next } = describeCheck(check);
  const title = html`${describeArms(check).replace(/\.$/, '')}`;
  const warnings = check.warnings.map(describeWarning);
  return html`<p class="eyebrow">${dateOf(document.createdAt)} · ${describeMachine(document.environment)}</p>
<div class="title">${first ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}<span class="chip ${tone}"><span aria-hidden="true">${toneMark[tone]}</span>${word}</span></div><p class="lead">${code(describeCommand(document))}</p>
<p class="quote ${tone}-quote">${text}</p>
${next.length > 0 && html`<ul class="plain">${next.map((step) => html`<li>${step}</li>`)}</ul>`}${warnings.length > 0 && html`<div class="banner">${warnings.map((one) => html`<p>${one.advice ? `${one.text} ${one.advice}` : one.text}</p>`)}</div>`}`;
}

function gateTable({ document }: ReportInput): Html {
  const gates = gatesInOrder(document.check!.gates).map(describeGate);
  const why = ({ text, advice }: GateWords) =>
    html`${text}${advice && html` <span class="muted">${advice}</span>`}`;
  return tableOf<GateWords>(
    [
      { title: gateHeads.gate, cell: ({ name }) => html`<span class="wide">${breakable(name)}</span>` },
      {
        title: gateHeads.state,
        cell: ({ tone, mark, state }) =>
          html`<strong class="nowrap ${tone}"><span aria-hidden="true">${mark}</span> ${state}</strong>`,
      },
      { title: gateHeads.measured, cell: ({ estimate }) => html`<span class="measured">${estimate}</span>` },
      { title: gateHeads.limit, cell: ({ bound }) => bound, right: true },
      { title: gateHeads.detectable, cell: ({ detectable }) => detectable, right: true },
      { title: gateHeads.why, cell: why },
    ],
    gates,
    'labelled',
  );
}

/** A path that may go on below after each of its slashes. */
function breakable(path: string): Html[] {
  return path.split('/').map((part, k) => (k === 0 ? html`${part}` : html`/<wbr>${part}`));
}

/** One chart for each metric that a gate of the slowdown names, in every campaign that has it. */
async function ratioFigures({ document }: ReportInput, gallery: Gallery, key: string): Promise<Html[]> {
  const figures: Html[] = [];
  const drawn = new Set<string>();
  for (const gate of document.check!.gates)
    for (const [k, campaign] of (document.campaigns ?? []).entries()) {
      const metric = metricOf(gate, campaign);
      const id = `${key}-${k + 1}-${metric}`;
      if (metric === null || drawn.has(id)) continue;
      drawn.add(id);
      const last = (document.campaigns ?? []).findLast((one) => one.id === campaign.id) === campaign;
      const content = pairRatiosContent(campaign, metric, last ? gate.estimate : null, {
        view: 'change',
        tolerance: gate.limit,
        detectable: last ? gate.detectable : null,
      });
      const title = `${titleOf(metric)}, ${campaign.id}${campaign.rerun ? rerunMark : ''}`;
      if (content) figures.push(await figureOf(gallery, pairRatios('change', title), content, id));
    }
  return figures;
}

/** The last two parts of the path are the system and the metric. */
function metricOf({ rule, metric }: GateResult, { id, pairs }: PairedCampaign): string | null {
  const [system, name] = metric?.split('/').slice(-2) ?? [];
  if (rule !== 'maxRegression' || system !== id || name === undefined) return null;
  return pairs.some(({ segments }) => name in segments.metrics) ? name : null;
}
