// One comparison on the page: findings, then speed, accuracy, dynamics and memory in the order of a reader's questions.

import type { Detail } from '../charts/index.js';
import type { Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import {
  compareHeadings,
  describeComparison,
  describeFindings,
  describeMissingCampaign,
  describeWarning,
  type MissingWords,
  toneMark,
  type VerdictWords,
} from '../words/index.js';
import { accuracyPieces } from './accuracy.js';
import { dynamicsPieces } from './dynamics.js';
import { externalSentences } from './external.js';
import { memoryPanel } from './memory.js';
import { ratioFigures, speedPanel } from './speed.js';
import type { ComparisonView } from './view.js';

/** Quotable sentence, what is missing, warnings, findings. */
export function findingsOf(view: ComparisonView): Html {
  const missing = describeMissingCampaign(view);
  const warnings = view.comparison.warnings.map(describeWarning);
  const external = externalSentences(view);
  return html`<p class="quote">${describeComparison(view)}</p>${missing && banner(missing)}${warnings.length > 0 && html`<div class="banner">${warnings.map(({ text, advice }) => html`<p>${advice ? `${text} ${advice}` : text}</p>`)}</div>`}${external.length > 0 && html`<ul class="plain muted">${external.map((text) => html`<li>${text}</li>`)}</ul>`}${findingList(describeFindings(view))}`;
}

export async function comparisonSections(
  view: ComparisonView,
  gallery: Gallery,
  detail: Detail | null,
): Promise<Html> {
  return html`${part(view, 'speed', [speedPanel(view)])}
${part(view, 'ratios', await ratioFigures(view, gallery, detail))}
${part(view, 'accuracy', await accuracyPieces(view, gallery, detail))}
${part(view, 'dynamics', await dynamicsPieces(view, gallery, detail))}
${part(view, 'memory', [memoryPanel(view)])}`;
}

function findingList(findings: readonly VerdictWords[]): Html | null {
  if (findings.length === 0) return null;
  return html`<ul class="verdicts">${findings.map(
    ({ subject, tone, short, text }) =>
      html`<li><span class="mark ${tone}" aria-hidden="true">${toneMark[tone]}</span><div><strong>${subject}: <span class="${tone}">${short}</span></strong><br>${text}</div></li>`,
  )}</ul>`;
}

function banner({ text, advice }: MissingWords): Html {
  return html`<div class="banner failed" role="alert"><strong>${text}</strong>${advice && html`<p>${advice}</p>`}</div>`;
}

function part(
  { key }: ComparisonView,
  name: keyof typeof compareHeadings,
  pieces: readonly (Html | null)[],
): Html | null {
  const there = pieces.filter((piece) => piece !== null);
  if (there.length === 0) return null;
  return html`<section id="${key}-${name}"><h3>${compareHeadings[name]}</h3>${there}</section>`;
}
