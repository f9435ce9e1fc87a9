// The first screen of a case: what was run, its state first, the verdicts in words, the few numbers that matter.

import { dateOf } from '../format.js';
import { headline, type MetricRow } from '../headline.js';
import type { CaseView } from '../input.js';
import {
  describeCase,
  describeFailure,
  describeMachine,
  describeRun,
  describeVerdicts,
  toneMark,
} from '../words/index.js';
import { type Html, html } from './markup.js';
import { statusChip } from './parts.js';

export function caseHead({ result, name, input }: CaseView, level: 1 | 2): Html {
  const title = html`<div class="title">${level === 1 ? html`<h1>${describeCase(result)}</h1>` : html`<h2>${describeCase(result)}</h2>`}${statusChip(result.status)}</div>`;
  const { environment, createdAt } = input.document;
  const suite = level === 1 && input.document.title !== undefined && `${input.document.title} · `;
  const machine = level === 1 && html`<br>${describeMachine(environment)}`;
  return html`<p class="eyebrow">${suite}${name}${level === 1 && ` · ${dateOf(createdAt)}`}</p>${title}<p class="lead">${describeRun(result)}${machine}</p>
${result.failure && failure(result.failure)}${verdicts(result)}${tiles(headline(result))}`;
}

function failure(cause: Parameters<typeof describeFailure>[0]): Html {
  const { text, detail, advice } = describeFailure(cause);
  return html`<div class="banner failed" role="alert"><strong>${text}</strong>${advice && html`<p>${advice}</p>`}<pre>${detail}</pre></div>`;
}

function verdicts(result: CaseView['result']): Html | null {
  const all = describeVerdicts(result);
  if (all.length === 0) return null;
  return html`<ul class="verdicts">${all.map(
    ({ subject, tone, short, text }) =>
      html`<li><span class="mark ${tone}" aria-hidden="true">${toneMark[tone]}</span><div><strong>${subject}: <span class="${tone}">${short}</span></strong><br>${text}</div></li>`,
  )}</ul>`;
}

function tiles(rows: readonly MetricRow[]): Html | null {
  if (rows.length === 0) return null;
  return html`<div class="tiles">${rows.map(tile)}</div>`;
}

function tile(row: MetricRow): Html {
  const below =
    row.interval === '' ? row.also : row.also === '' ? row.interval : `${row.interval} · ${row.also}`;
  return html`<div class="tile"><div class="tile-title">${row.title}</div><div class="tile-value">${row.value}${row.unit !== '' && html`<span class="tile-unit">${row.unit}</span>`}</div><div class="tile-interval">${below}</div></div>`;
}
