// A grid of cases: all of them in one table before any of them in full.

import { comparison, comparisonContent } from '../charts/index.js';
import { count } from '../format.js';
import { metricRow } from '../headline.js';
import type { CaseView } from '../input.js';
import { listNotices } from '../notices.js';
import { describeVerdicts, driftHeading, driftSubjects, headings } from '../words/index.js';
import { figureOf, type Gallery } from './figure.js';
import { type Html, html } from './markup.js';
import { statusChip, tableOf } from './parts.js';

export async function overviewSection(
  views: readonly CaseView[],
  gallery: Gallery,
  extent: { readonly drawn: number; readonly full: number },
): Promise<Html> {
  const value = (view: CaseView, id: string) => {
    const row = metricRow(view.result, id);
    return row && row.metric.value !== null ? html`${row.value} <span class="muted">${row.unit}</span>` : '–';
  };
  const speed = (view: CaseView) => {
    const interval = metricRow(view.result, 'steps-per-second')?.interval;
    return html`${value(view, 'steps-per-second')}${interval && html`<br><small class="muted">${interval}</small>`}`;
  };
  const table = tableOf<CaseView>(
    [
      { title: 'case', cell: (view) => caseLink(view, views.indexOf(view) < extent.full) },
      { title: 'status', cell: ({ result }) => statusChip(result.status) },
      {
        title: 'atoms',
        cell: ({ result }) => (result.system ? count(result.system.atoms) : '–'),
        right: true,
      },
      { title: 'force call', cell: (view) => value(view, 'force-call-p50'), right: true },
      { title: 'speed', cell: speed, right: true },
      { title: 'per day', cell: (view) => value(view, 'ns-per-day'), right: true },
      { title: driftHeading(views.map(({ result }) => result)), cell: drift },
      { title: 'peak memory', cell: (view) => value(view, 'peak-rss'), right: true },
      {
        title: 'warnings',
        cell: ({ result }) => count(listNotices(result).filter((one) => one.level === 'caution').length),
        right: true,
      },
    ],
    views,
    'stacked',
  );
  const content = extent.drawn > 0 ? comparisonContent(views) : null;
  return html`<section id="overview"><h3>${headings.overview}</h3><div class="panel">${table}</div>${content && (await figureOf(gallery, comparison, content, 'overview'))}</section>`;
}

function caseLink({ key, name }: CaseView, full: boolean): Html {
  return full
    ? html`<a class="nowrap" href="#${key}">${name}</a>`
    : html`<span class="nowrap">${name}</span>`;
}

function drift({ result }: CaseView): Html | string {
  const verdict = describeVerdicts(result).find((one) => driftSubjects.includes(one.subject));
  return verdict ? html`<span class="${verdict.tone}">${verdict.short}</span>` : '–';
}
