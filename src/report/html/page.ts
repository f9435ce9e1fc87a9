// The whole page as one string: content, style, data, the Vega runtime and the page's script.

import { createStudio } from '../charts/draw.js';
import type { Detail } from '../charts/index.js';
import { checkLead, checkLinks, listChecks } from '../compare/check-lead.js';
import { comparisonLead, comparisonLinks } from '../compare/lead.js';
import { type ComparisonView, listComparisons } from '../compare/view.js';
import { dateOf } from '../format.js';
import { type CaseView, listCases, type ReportInput, titleOf } from '../input.js';
import { pageTitleOf, profileLead, profileLinks } from '../profile/lead.js';
import { listProfiles, type ProfileView } from '../profile/view.js';
import { describeArms, describeCheck } from '../words/check.js';
import {
  comparedSubject,
  compareHeadings,
  compareNavigation,
  describeCase,
  describeCommand,
  describeIncomplete,
  describeLeftOut,
  describeMachine,
  describeStatuses,
  describeWarning,
  headings,
  navigationNames,
  timingHeading,
  timingLink,
  timingNote,
} from '../words/index.js';
import { caseSection } from './case.js';
import type { Gallery } from './figure.js';
import { type Html, html, jsonText, raw } from './markup.js';
import { overviewSection } from './overview.js';
import { code } from './parts.js';
import { contentPolicy } from './policy.js';
import { environmentSection, rawSection } from './provenance.js';
import { pageScript } from './script.js';
import { pageStyle } from './style.js';

/** What a page shows in full, so that it stays within its size. */
export interface Extent {
  readonly detail: Detail;
  /** Cases whose charts are drawn, from the first on. */
  readonly drawn: number;
  /** Cases that have more than their line in the overview. */
  readonly full: number;
  /** Comparisons whose charts are drawn, from the first on. */
  readonly compared: number;
  /** Profiles that have more than their line in the overview. */
  readonly profiled: number;
  /** Characters of raw JSON. */
  readonly raw: number;
}

/** More profiles than this have their tables alone. */
const mostDrawnProfiles = 16;

/** @param runtime text of `vega.min.js` */
export async function page(inputs: readonly ReportInput[], extent: Extent, runtime: string): Promise<string> {
  const views = listCases(inputs);
  const gallery: Gallery = { studio: createStudio(), data: new Map(), kinds: new Map() };
  const body = await content(inputs, views, gallery, extent);
  const script = pageScript(gallery.studio.functions);
  const scripts = gallery.data.size > 0 ? [runtime, script] : [script];
  const policy = await contentPolicy(scripts);
  const specs = [...gallery.studio.specs].map(([name, vega]) => [name, { vega, ...gallery.kinds.get(name) }]);
  const data = jsonText({ specs: Object.fromEntries(specs), charts: Object.fromEntries(gallery.data) });
  return `<!doctype html>
${
  html`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${pageTitle(inputs, views)}</title><link rel="icon" href="data:,"><style>${raw(pageStyle)}</style></head>
<body>${body}
<script type="application/json" id="chart-data">${raw(data)}</script>
${scripts.map((text) => html`<script>${raw(text)}</script>`)}</body></html>`.html
}
`;
}

async function content(
  inputs: readonly ReportInput[],
  views: readonly CaseView[],
  gallery: Gallery,
  extent: Extent,
): Promise<Html> {
  const compared = listComparisons(inputs);
  const profiles = listProfiles(inputs);
  const lead = await leadOf(inputs, { compared, profiles }, gallery, extent);
  const alone = views.length === 1 && lead === null;
  const sections: Html[] = [];
  for (const [k, view] of views.slice(0, extent.full).entries()) {
    sections.push(await caseSection(view, gallery, k < extent.drawn ? extent.detail : null, alone));
  }
  const left = describeLeftOut(extent, views.length).map((text) => html`<p class="muted">${text}</p>`);
  const shown = views.slice(0, extent.full);
  const links = lead ? leadNavigation({ compared, profiles }, lead, views) : navigation(shown);
  const runs = lead && views.length > 0 && (await runsSection(views, profiles.length > 0, gallery, extent));
  return html`<a class="skip" href="#main">Skip to content</a><header class="bar"><div class="bar-inner"><span class="brand">mdbench</span><nav aria-label="Sections">${links}</nav><button type="button" id="theme" hidden aria-label="Dark theme">Dark</button></div></header>
<main id="main">${inputs.flatMap((input) => banner(input) ?? [])}${lead}${runs}${!alone && !lead && (await gridHead(inputs, views, gallery, extent))}${left}
${sections}${environmentSection(inputs)}${rawSection(inputs, extent.raw)}
<footer>mdbench ${inputs[0]?.document.tool.version ?? ''}</footer></main>`;
}

interface Leading {
  readonly compared: readonly ComparisonView[];
  readonly profiles: readonly ProfileView[];
}

/** Gates first, then comparisons, then profiles; null for a document of plain runs. */
async function leadOf(
  inputs: readonly ReportInput[],
  { compared, profiles }: Leading,
  gallery: Gallery,
  extent: Extent,
): Promise<Html | null> {
  const checks = listChecks(inputs);
  const above = checks.length + compared.length;
  if (above + profiles.length === 0) return null;
  const detail = extent.compared > 0 ? extent.detail : null;
  const gates = checks.length > 0 && (await checkLead(checks, gallery, detail, compared.length === 0));
  const rest = compared.length > 0 && (await comparisonLead(compared, gallery, extent, checks.length > 0));
  const looked =
    profiles.length > 0 &&
    (await profileLead(
      profiles,
      gallery,
      { profiled: extent.profiled, drawn: profiles.length <= mostDrawnProfiles },
      above > 0,
    ));
  return html`${gates}${rest}${looked}`;
}

/** The cases below what they were run for; one case alone needs no overview. */
async function runsSection(
  views: readonly CaseView[],
  profiled: boolean,
  gallery: Gallery,
  extent: Extent,
): Promise<Html> {
  const overview = views.length > 1 || !profiled ? await overviewSection(views, gallery, extent) : null;
  const statuses = describeStatuses(views.map((view) => view.result));
  return html`<section id="runs" class="case several"><h2>${profiled ? timingHeading : compareHeadings.runs}</h2><p class="lead">${profiled ? timingNote : statuses}</p>${overview}</section>`;
}

async function gridHead(
  inputs: readonly ReportInput[],
  views: readonly CaseView[],
  gallery: Gallery,
  extent: Extent,
): Promise<Html> {
  const machines = inputs.map(
    ({ document }) =>
      html`<p class="lead">${dateOf(document.createdAt)} · ${describeMachine(document.environment)}<br>${code(describeCommand(document))}</p>`,
  );
  const overview = await overviewSection(views, gallery, extent);
  const statuses = describeStatuses(views.map((view) => view.result));
  const title = titleOf(inputs);
  const heading =
    title === null ? html`<h1>${statuses}</h1>` : html`<h1>${title}</h1><p class="lead">${statuses}</p>`;
  return html`${heading}${machines}${overview}`;
}

/** What a reader has to know before anything else: an unfinished run, and the cautions of the document. */
function banner({ document }: ReportInput): Html | null {
  const incomplete = describeIncomplete(document);
  const cautions = document.warnings.map(describeWarning).filter(({ level }) => level === 'caution');
  if (incomplete === null && cautions.length === 0) return null;
  return html`<div class="banner" role="alert">${incomplete !== null && html`<strong>${incomplete}</strong>`}${cautions.map(
    ({ text, advice }) => html`<p>${advice ? `${text} ${advice}` : text}</p>`,
  )}</div>`;
}

const link = (id: string, text: string) => html`<a href="#${id}">${text}</a>`;
const shared = [link('environment', headings.environment), link('raw', navigationNames.raw ?? headings.raw)];

function leadNavigation({ compared, profiles }: Leading, lead: Html, views: readonly CaseView[]): Html[] {
  const runs = profiles.length > 0 ? timingLink : (compareNavigation.runs ?? compareHeadings.runs);
  const aims = [
    ...checkLinks(lead.html),
    ...comparisonLinks(compared, lead.html),
    ...profileLinks(profiles, lead.html),
  ];
  return [
    ...aims.map(([id, text]) => link(id, text)),
    ...(views.length > 0 ? [link('runs', runs)] : []),
    ...shared,
  ];
}

function navigation(views: readonly CaseView[]): Html[] {
  if (views.length !== 1)
    return [link('overview', headings.overview), ...views.map(({ key, name }) => link(key, name)), ...shared];
  const { key } = views[0]!;
  const parts = ['latency', 'phases', 'energy', 'memory', 'cold', 'numbers', 'notices', 'setup'] as const;
  return [...parts.map((part) => link(`${key}-${part}`, navigationNames[part] ?? headings[part])), ...shared];
}

function pageTitle(inputs: readonly ReportInput[], views: readonly CaseView[]): string {
  const title = titleOf(inputs);
  if (title !== null) return `${title} · mdbench`;
  const [check] = listChecks(inputs);
  if (check)
    return `${describeCheck(check.document.check!).word}: ${describeArms(check.document.check!)} · mdbench`;
  const compared = listComparisons(inputs);
  if (compared.length > 0)
    return `${comparedSubject(compared.map(({ comparison }) => comparison))} · mdbench`;
  const profiles = listProfiles(inputs);
  if (profiles.length > 0) return `${pageTitleOf(profiles)} · mdbench`;
  return views.length === 1
    ? `${describeCase(views[0]!.result)} · mdbench`
    : `${views.length} cases · mdbench`;
}
