// Every metric of a case with its interval, samples and region; the notes behind a number are linked from it.

import { count } from '../format.js';
import { allMetrics, type MetricRow } from '../headline.js';
import type { CaseView } from '../input.js';
import { describeAbout, type Notice } from '../notices.js';
import { headings, noNotices, noNumbers } from '../words/index.js';
import { type Html, html } from './markup.js';
import { tableOf } from './parts.js';

export function numbersSection({ result, key }: CaseView, notices: readonly Notice[]): Html {
  const rows = allMetrics(result);
  const references = (row: MetricRow) =>
    notices.flatMap((notice, k) =>
      notice.about.includes(row.title) ? [html`<a href="#${key}-note-${k + 1}">${k + 1}</a>`] : [],
    );
  const table = tableOf<MetricRow>(
    [
      { title: 'metric', cell: (row) => html`${row.title}<sup>${separated(references(row))}</sup>` },
      { title: 'value', cell: (row) => row.value, right: true },
      { title: '95 % interval', cell: (row) => row.interval, right: true },
      { title: 'unit', cell: (row) => row.unit },
      { title: 'also', cell: (row) => row.also, right: true },
      { title: 'timed region', cell: (row) => row.metric.region ?? '' },
      { title: 'samples', cell: (row) => count(row.metric.n), right: true },
    ],
    rows,
  );
  return html`<section id="${key}-numbers"><h3>${headings.numbers}</h3><div class="panel">${rows.length > 0 ? table : html`<p>${noNumbers}</p>`}</div></section>`;
}

export function noticesSection({ key }: CaseView, notices: readonly Notice[]): Html {
  const items = notices.map(
    (notice, k) =>
      html`<li id="${key}-note-${k + 1}">${notice.level === 'caution' && html`<strong class="warn">! </strong>`}${notice.text}${notice.advice && html` <span class="muted">${notice.advice}</span>`}${notice.about.length > 0 && html`<br><span class="muted">${describeAbout(notice)}</span>`}</li>`,
  );
  return html`<section id="${key}-notices"><h3>${headings.notices}</h3><div class="panel">${items.length > 0 ? html`<ol class="notices">${items}</ol>` : html`<p>${noNotices}</p>`}</div></section>`;
}

function separated(links: readonly Html[]): Html[] {
  return links.map((link, k) => (k === 0 ? link : html`, ${link}`));
}
