// What a document of profiles leads with on the page: the sentence first, then each part with its tables and charts.

import { operators, operatorsContent, spikes, spikesContent } from '../charts/index.js';
import { dateOf, quantity } from '../format.js';
import { type DrawnChart, figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { code, tableOf } from '../html/parts.js';
import {
  cudaHeads,
  describeCommand,
  describeMachine,
  describeProfile,
  describeRun,
  describeTiming,
  pageOf,
  phaseWords,
  profileHeadings,
  profileHeads,
  profileNavigation,
  profilesTitle,
  shareWords,
  timesWords,
} from '../words/index.js';
import { notesMarkup, sectionMarkup } from './markup.js';
import { leadNotes, profileSections } from './sections.js';
import { subjectOf, titleOf } from './titles.js';
import type { ProfileView } from './view.js';

/** Rows of a table on the page; the document has all of them. */
const top = 30;

export interface ProfileExtent {
  /** Profiles that have more than their line in the overview, and that have charts, from the first on. */
  readonly profiled: number;
  readonly drawn: boolean;
}

/** @param headed whether something stands above it that has the title of the page */
export async function profileLead(
  views: readonly ProfileView[],
  gallery: Gallery,
  { profiled, drawn }: ProfileExtent,
  headed: boolean,
): Promise<Html> {
  const [alone] = views.length === 1 ? views : [];
  const sections: Html[] = [];
  for (const view of views.slice(0, profiled)) {
    const body = await partsOf(view, gallery, drawn);
    sections.push(
      alone
        ? body
        : html`<section class="case several" id="${view.key}"><h2>${subjectOf(view)}</h2>${summaryOf(view)}${body}</section>`,
    );
  }
  const title = alone ? titleOf(alone) : pageTitleOf(views);
  const head = headed ? html`<h2>${title}</h2>` : headOf(views, title);
  return html`<section class="compared profile" id="profile">${head}${alone ? summaryOf(alone) : allTable(views, profiled)}</section>
<div class="profile">${sections}</div>`;
}

/** Of one profile its subject, of several how many. */
export function pageTitleOf(views: readonly ProfileView[]): string {
  return views.length === 1 ? pageOf(subjectOf(views[0]!)) : profilesTitle(views.length);
}

function headOf(views: readonly ProfileView[], title: string): Html {
  const inputs = [...new Set(views.map(({ input }) => input))];
  return html`${inputs.map(({ document }, k) => html`<p class="eyebrow">${dateOf(document.createdAt)} · ${describeMachine(document.environment)}</p>${k === 0 && html`<h1>${title}</h1>`}<p class="lead">${code(describeCommand(document))}</p>`)}`;
}

function summaryOf(view: ProfileView): Html {
  const { result, profile } = view;
  return html`${result && html`<p class="lead">${describeRun(result)}</p>`}<p class="quote">${describeProfile(profile)}</p>${result && html`<p class="lead">${describeTiming(result)}</p>`}${notesMarkup(leadNotes(view))}`;
}

async function partsOf(view: ProfileView, gallery: Gallery, drawn: boolean): Promise<Html> {
  const pieces: Html[] = [];
  const draw = async (chart: DrawnChart, content: Parameters<typeof figureOf>[2] | null) =>
    content && figureOf(gallery, chart, content, view.key);
  const figures = {
    operators:
      drawn && view.profile.operators
        ? await draw(operators, operatorsContent(view.profile.operators))
        : null,
    spikes: drawn && view.profile.spikes ? await draw(spikes, spikesContent(view.profile.spikes)) : null,
  };
  for (const { id, blocks } of profileSections(view, top))
    pieces.push(
      html`<section id="${view.key}-${id}"><h3>${profileHeadings[id]}</h3>${sectionMarkup(blocks, figures)}</section>`,
    );
  return html`${pieces}`;
}

/** Every profile in one line. */
function allTable(views: readonly ProfileView[], profiled: number): Html {
  const largest = ({ profile }: ProfileView) =>
    [...(profile.phases?.rows ?? [])].sort((a, b) => b.share - a.share)[0];
  const table = tableOf<ProfileView>(
    [
      {
        title: profileHeads.profile,
        cell: (view) =>
          views.indexOf(view) < profiled
            ? html`<a href="#${view.key}">${subjectOf(view)}</a>`
            : subjectOf(view),
      },
      {
        title: profileHeads.atoms,
        cell: ({ result }) => String(result?.system?.atoms ?? cudaHeads.nothing),
        right: true,
      },
      {
        title: profileHeads.stepTime,
        cell: ({ result }) => {
          const value = result?.metrics['step-time-p50']?.value ?? null;
          return value === null ? cudaHeads.nothing : quantity(value, 'ms', 4);
        },
        right: true,
      },
      {
        title: profileHeads.largest,
        cell: (view) => {
          const row = largest(view);
          return row ? `${phaseWords[row.phase]} ${shareWords(row.share)}` : cudaHeads.nothing;
        },
      },
      {
        title: profileHeads.longest,
        cell: ({ profile: { operators: found } }) =>
          found?.types[0]
            ? `${found.types[0].operator} ${shareWords(found.types[0].share)}`
            : cudaHeads.nothing,
      },
      {
        title: profileHeads.slowdown,
        cell: ({ profile: { phases } }) => (phases ? timesWords(phases.slowdown.ratio) : cudaHeads.nothing),
        right: true,
      },
    ],
    views,
    'stacked',
  );
  return html`<div class="panel" style="margin-top:20px">${table}</div>`;
}

/** Links of the bar at the top: aims and names. */
export function profileLinks(views: readonly ProfileView[], made: string): [string, string][] {
  const ids = Object.keys(profileHeadings) as (keyof typeof profileHeadings)[];
  const all =
    views.length === 1
      ? ids.map((id): [string, string] => [
          `${views[0]!.key}-${id}`,
          profileNavigation[id] ?? profileHeadings[id],
        ])
      : views.map((view): [string, string] => [view.key, subjectOf(view)]);
  return all.filter(([aim]) => made.includes(` id="${aim}"`));
}
