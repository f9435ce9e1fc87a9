// What a document of comparisons leads with: the verdict first, then each comparison, sizes, trade-off and noise.

import type { Detail } from '../charts/index.js';
import { dateOf } from '../format.js';
import type { Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { code, tableOf } from '../html/parts.js';
import type { ReportInput } from '../input.js';
import {
  comparedSubject,
  comparedTitle,
  compareHeadings,
  compareNavigation,
  describeCommand,
  describeComparison,
  describeMachine,
  driftOf,
  estimateWords,
  formatRatio,
  ratioWords,
  tableHeads,
} from '../words/index.js';
import { noisePieces } from './noise.js';
import { comparisonSections, findingsOf } from './sections.js';
import { paretoFigure, sizesPieces } from './sizes.js';
import { accuracyOn, allForces, type ComparisonView, ratioOf } from './view.js';

/** @param compared comparisons whose charts are drawn, from the first on */
export interface LeadExtent {
  readonly detail: Detail;
  readonly compared: number;
}

/** @param headed whether something stands above it that has the title of the page */
export async function comparisonLead(
  views: readonly ComparisonView[],
  gallery: Gallery,
  { detail, compared }: LeadExtent,
  headed: boolean,
): Promise<Html> {
  const alone = views.length === 1;
  const inputs = [...new Set(views.map(({ input }) => input))];
  const sections: Html[] = [];
  for (const [k, view] of views.entries()) {
    const body = await comparisonSections(view, gallery, k < compared ? detail : null);
    sections.push(
      alone
        ? body
        : html`<section class="case several" id="${view.key}"><h2>${comparedTitle(view.comparison)}</h2>${findingsOf(view)}${body}</section>`,
    );
  }
  const title = comparedSubject(views.map(({ comparison }) => comparison));
  const head = headed ? html`<h2>${title}</h2>` : html`${headOf(inputs, title)}`;
  return html`<section class="compared" id="verdict">${head}${alone ? findingsOf(views[0]!) : html`<ul class="quotes">${views.map((view) => html`<li>${describeComparison(view)}</li>`)}</ul>${allTable(views)}`}</section>
${sections}${await commonSections(views, inputs, gallery, compared > 0 ? detail : null)}`;
}

async function commonSections(
  views: readonly ComparisonView[],
  inputs: readonly ReportInput[],
  gallery: Gallery,
  detail: Detail | null,
): Promise<Html> {
  const report = inputs[0]!.document.comparison!;
  const campaigns = views.flatMap(({ campaign, before }) => [before, campaign]).filter((one) => one !== null);
  const trade = await paretoFigure(views, gallery, detail !== null);
  const sizes = await sizesPieces(report, gallery, detail !== null);
  const noise = await noisePieces(campaigns, gallery, detail, 'compare-noise');
  return html`${section('sizes', sizes)}${trade && section('pareto', [trade])}${noise.length > 0 && section('noise', noise)}`;
}

/** Every comparison in one line. */
function allTable(views: readonly ComparisonView[]): Html {
  const ratio = (id: string) => (view: ComparisonView) => {
    const speedUp = ratioOf(view, id)?.speedUp;
    if (!speedUp) return tableHeads.nothing;
    return html`<span class="nowrap">${ratioWords(speedUp, false)}</span><br><small class="muted">${formatRatio(speedUp).interval}</small>`;
  };
  const error = (source: 'baseline' | 'candidate') => (view: ComparisonView) => {
    const rmse = allForces(accuracyOn(view, source))?.rmse;
    return rmse ? estimateWords(rmse, false) : tableHeads.nothing;
  };
  const table = tableOf<ComparisonView>(
    [
      {
        title: tableHeads.comparison,
        cell: ({ key, comparison }) => html`<a href="#${key}">${comparison.candidate}</a>`,
      },
      { title: tableHeads.system, cell: ({ comparison }) => comparison.id },
      { title: tableHeads.forceCall, cell: ratio('force-call-p50'), right: true },
      { title: tableHeads.wholeStep, cell: ratio('step-time-p50'), right: true },
      { title: tableHeads.teacherError, cell: error('baseline'), right: true },
      { title: tableHeads.ownError, cell: error('candidate'), right: true },
      {
        title: tableHeads.drift,
        cell: (view) => {
          const words = driftOf(view, 'candidate');
          return words ? html`<span class="${words.tone}">${words.short}</span>` : tableHeads.nothing;
        },
      },
    ],
    views,
    'stacked',
  );
  return html`<div class="panel">${table}</div>`;
}

function headOf(inputs: readonly ReportInput[], title: string): Html {
  return html`${inputs.map(({ document }, k) => html`<p class="eyebrow">${dateOf(document.createdAt)} · ${describeMachine(document.environment)}</p>${k === 0 && html`<h1>${title}</h1>`}<p class="lead">${code(describeCommand(document))}</p>`)}`;
}

function section(name: keyof typeof compareHeadings, pieces: readonly (Html | null)[]): Html {
  return html`<section id="compare-${name}"><h3>${compareHeadings[name]}</h3>${pieces.filter((piece) => piece !== null)}</section>`;
}

/** Links of the bar at the top: aims and names. */
export function comparisonLinks(views: readonly ComparisonView[], made: string): [string, string][] {
  const name = (id: keyof typeof compareHeadings) => compareNavigation[id] ?? compareHeadings[id];
  const parts = ['speed', 'ratios', 'accuracy', 'dynamics', 'memory'] as const;
  const common = ['sizes', 'pareto', 'noise'] as const;
  const own: [string, string][] =
    views.length === 1
      ? parts.map((part) => [`${views[0]!.key}-${part}`, name(part)])
      : views.map(({ key, comparison }) => [key, `${comparison.candidate} ${comparison.id}`]);
  const all: [string, string][] = [
    ...own,
    ...common.map((id): [string, string] => [`compare-${id}`, name(id)]),
  ];
  return all.filter(([aim]) => made.includes(` id="${aim}"`));
}
