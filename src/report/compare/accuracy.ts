// Accuracy on the page: by element on the frames of both trajectories, parity, error over frames, the worst frames.

import type { Accuracy } from '../../result/judgement.js';
import {
  type Detail,
  forceParity,
  forceParityContent,
  frameErrors,
  frameErrorsContent,
} from '../charts/index.js';
import { count, quantity, significantDigits } from '../format.js';
import { figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { tableOf } from '../html/parts.js';
import {
  armName,
  compareChartWords,
  describeMissingExamination,
  estimateWords,
  formatEstimate,
  tableHeads,
} from '../words/index.js';
import type { ComparisonView } from './view.js';

const { framesOf } = compareChartWords.curves;
/** Frames named on the page; the file has all that were kept. */
const worstShown = 3;

export async function accuracyPieces(
  view: ComparisonView,
  gallery: Gallery,
  detail: Detail | null,
): Promise<(Html | null)[]> {
  const { examination, comparison } = view;
  const missing = describeMissingExamination(view);
  const note =
    missing &&
    html`<p class="panel muted">${missing.advice ? `${missing.text} ${missing.advice}` : missing.text}</p>`;
  if (comparison.accuracy.length === 0) return [note];
  const roles = rolesOf(view);
  const draw = async <T extends Parameters<typeof figureOf>[1]>(
    chart: T,
    content: Parameters<typeof figureOf>[2] | null,
  ) => (content ? figureOf(gallery, chart, content, view.key) : null);
  return [
    note,
    html`<div class="panel">${elementTable(view)}</div>`,
    html`<div class="panel">${energyTable(view)}</div>`,
    examination && detail && (await draw(forceParity(roles), forceParityContent(examination, roles, detail))),
    examination && detail && (await draw(frameErrors(roles), frameErrorsContent(examination, roles, detail))),
    worstTable(view),
  ];
}

export function rolesOf(view: ComparisonView): [string, string] {
  return [armName(view, 'baseline'), armName(view, 'candidate')];
}

function elementTable(view: ComparisonView): Html {
  const rows = view.comparison.accuracy.flatMap(({ source, forces }) =>
    forces
      .filter(({ element }) => element !== 'all' || forces.length !== 2)
      .map((one) => ({ source: framesOf(armName(view, source)), forces: one })),
  );
  type Row = (typeof rows)[number];
  const rmse = ({ forces }: Row) => {
    const { value, unit, interval } = formatEstimate(forces.rmse);
    return html`${value} ${unit}${interval !== '' && html`<br><small class="muted">${interval}</small>`}`;
  };
  const size = (value: number) => quantity(value, 'eV/Å');
  return tableOf<Row>(
    [
      { title: tableHeads.trajectory, cell: ({ source }) => source },
      { title: tableHeads.element, cell: ({ forces }) => forces.element },
      { title: tableHeads.rmse, cell: rmse, right: true },
      { title: tableHeads.mae, cell: ({ forces }) => estimateWords(forces.mae, false), right: true },
      { title: tableHeads.largest, cell: ({ forces }) => size(forces.largest), right: true },
      { title: tableHeads.size, cell: ({ forces }) => size(forces.size), right: true },
      {
        title: tableHeads.cosine,
        cell: ({ forces }) => significantDigits(forces.cosine.value, 4),
        right: true,
      },
      {
        title: `${tableHeads.angle}, °`,
        cell: ({ forces }) => significantDigits(forces.angle.value, 3),
        right: true,
      },
    ],
    rows,
    'labelled',
  );
}

function energyTable(view: ComparisonView): Html {
  return tableOf<Accuracy>(
    [
      { title: tableHeads.trajectory, cell: ({ source }) => framesOf(armName(view, source)) },
      { title: tableHeads.energy, cell: ({ energy }) => estimateWords(energy.rmse), right: true },
      {
        title: tableHeads.offset,
        cell: ({ energy }) => `${significantDigits(energy.offset, 3)} ${energy.rmse.unit}`,
        right: true,
      },
      { title: tableHeads.frames, cell: ({ energy }) => count(energy.rmse.n), right: true },
    ],
    view.comparison.accuracy,
    'labelled',
  );
}

function worstTable(view: ComparisonView): Html | null {
  const files = new Map(view.examination?.frames.map(({ source, worstFile }) => [source, worstFile]));
  const rows = view.comparison.accuracy.flatMap(({ source, worst }) =>
    worst.slice(0, worstShown).map((one, k) => ({ source, first: k === 0, ...one })),
  );
  if (rows.length === 0) return null;
  const table = tableOf<(typeof rows)[number]>(
    [
      { title: compareChartWords.worst, cell: ({ source }) => framesOf(armName(view, source)) },
      { title: tableHeads.step, cell: ({ step }) => count(step), right: true },
      { title: tableHeads.atom, cell: ({ atom }) => count(atom), right: true },
      { title: `${tableHeads.error}, eV/Å`, cell: ({ error }) => significantDigits(error, 3), right: true },
    ],
    rows,
    'labelled',
  );
  const named = [...files].filter(([, file]) => typeof file === 'string' && file !== '');
  return html`<div class="panel">${table}${named.length > 0 && html`<p class="note">${compareChartWords.worstFiles} ${named.map(([, file]) => html`<a href="${fileLink(file!)}">${file}</a> `)}</p>`}</div>`;
}

/** Relative to the page, which lies beside its document; never an address. */
function fileLink(file: string): string {
  return `./${file
    .split(/[\\/]+/)
    .map(encodeURIComponent)
    .join('/')}`;
}
