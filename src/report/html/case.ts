// One case: first screen, charts with their tables, all numbers, warnings, setup.

import { charts, type Detail } from '../charts/index.js';
import type { CaseView } from '../input.js';
import { listNotices } from '../notices.js';
import { sectionMarkup } from '../profile/markup.js';
import { validationSection } from '../validation/section.js';
import { describeMissing, headings } from '../words/index.js';
import { type DrawnChart, figureOf, type Gallery } from './figure.js';
import { caseHead } from './head.js';
import { type Html, html } from './markup.js';
import { noticesSection, numbersSection } from './numbers.js';
import { setupSection } from './setup.js';
import { coldTable, memoryTable, phases } from './tables.js';

/** @param detail null: tables and words only, where the page would grow too large */
export async function caseSection(
  view: CaseView,
  gallery: Gallery,
  detail: Detail | null,
  alone: boolean,
): Promise<Html> {
  const missing = (names: readonly (keyof typeof charts)[]) =>
    view.missing !== null
      ? html`<p class="panel muted">${describeMissing(
          names.map((name) => charts[name].title),
          view.missing,
        )}</p>`
      : null;
  const figure = async (chart: DrawnChart & (typeof charts)[keyof typeof charts]) => {
    const content = detail && chart.content(view, detail);
    return content ? figureOf(gallery, chart, content, view.key) : null;
  };
  const notices = listNotices(view.result);
  return html`<section class="case${alone ? '' : ' several'}" id="${view.key}">${caseHead(view, alone ? 1 : 2)}
${part(view, 'latency', [
  await figure(charts.latencyOverSteps),
  await figure(charts.latencyDistribution),
  missing(['latencyOverSteps', 'latencyDistribution']),
])}
${part(view, 'phases', [phases(view)])}
${part(view, 'energy', [
  await figure(charts.energy),
  await figure(charts.energyParts),
  missing(['energy', 'energyParts']),
])}
${part(view, 'temperature', [await figure(charts.temperature), missing(['temperature'])])}
${part(view, 'pressure', [await figure(charts.pressure), await figure(charts.volume)])}
${part(view, 'memory', [await figure(charts.memory), memoryTable(view)])}
${part(view, 'cold', [await figure(charts.coldStart), coldTable(view)])}
${part(view, 'validation', physics(view))}
${numbersSection(view, notices)}${noticesSection(view, notices)}${setupSection(view)}</section>`;
}

/** What the examination of the force field found, item by item. */
function physics({ result: { validation } }: CaseView): Html[] {
  if (!validation) return [];
  return sectionMarkup(validationSection(validation), { operators: null, spikes: null });
}

/** A part of which nothing was recorded is not there. */
function part({ key }: CaseView, name: keyof typeof headings, pieces: readonly (Html | null)[]): Html | null {
  const there = pieces.filter((piece) => piece !== null);
  if (there.length === 0) return null;
  return html`<section id="${key}-${name}"><h3>${headings[name]}</h3>${there}</section>`;
}
