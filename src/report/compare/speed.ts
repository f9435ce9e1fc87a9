// Speed-up on the page: the table with its intervals, what a step of each is made of, the ratios over pairs and blocks.

import type { ArmName } from '../../result/campaign.js';
import type { Ratio } from '../../result/judgement.js';
import { type Detail, pairRatios, pairRatiosContent } from '../charts/index.js';
import { count, quantity } from '../format.js';
import { figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { tableOf } from '../html/parts.js';
import {
  armName,
  describeAmdahl,
  missingShares,
  percent,
  phaseLabels,
  ratioWords,
  rowTitles,
  tableHeads,
  wholeOfParts,
} from '../words/index.js';
import { type ComparisonView, ratioOf } from './view.js';

type Phase = keyof typeof phaseLabels;
const phases = Object.keys(phaseLabels) as Phase[];
const phaseColors: Record<Phase, string> = {
  forces: 'var(--series-2)',
  neighbors: 'var(--series-3)',
  integrate: 'var(--series-1)',
  other: 'var(--rule)',
};
/** A part that is less of both steps is timed too coarsely for a ratio. */
const leastShare = 0.01;
const ratioIds = ['force-call-p50', 'step-time-p50'] as const;

/** Null where nothing was timed. */
export function speedPanel(view: ComparisonView): Html | null {
  const ratios = ratioIds.flatMap((id) => ratioOf(view, id) ?? []);
  if (ratios.length === 0) return null;
  const table = tableOf<Ratio>(
    [
      { title: tableHeads.quantity, cell: ({ metric }) => titleOf(metric) },
      { title: armName(view, 'baseline'), cell: ({ baseline }) => quantity(baseline, 'ms', 4), right: true },
      {
        title: armName(view, 'candidate'),
        cell: ({ candidate }) => quantity(candidate, 'ms', 4),
        right: true,
      },
      {
        title: tableHeads.faster,
        cell: ({ speedUp }) => html`<strong>${ratioWords(speedUp)}</strong>`,
        right: true,
      },
      { title: tableHeads.pairs, cell: ({ speedUp }) => count(speedUp.n), right: true },
    ],
    ratios,
    'labelled',
  );
  return html`<div class="panel">${table}</div>${sharesPanel(view)}`;
}

/** Two bars on one scale of time, and the same as numbers: what a faster force call leaves of a step. */
function sharesPanel(view: ComparisonView): Html {
  const { shares } = view.comparison;
  const metric = ratioOf(view, 'step-time-mean') ? 'step-time-mean' : 'step-time-p50';
  const step = ratioOf(view, metric);
  if (!step || !shares.baseline || !shares.candidate)
    return html`<p class="panel muted">${missingShares}</p>`;
  const ms = (arm: ArmName, phase: Phase) => step[arm] * Math.max(0, shares[arm]![phase]);
  const longest = Math.max(step.baseline, step.candidate);
  const bar = (arm: ArmName) =>
    html`<div class="timed"><span>${armName(view, arm)}<span class="muted">${wholeOfParts[metric]}</span></span><div class="shares" style="width:${((100 * step[arm]) / longest).toFixed(1)}%">${phases.map(
      (phase) =>
        html`<span style="--key:${phaseColors[phase]};flex:${(100 * Math.max(0, shares[arm]![phase])).toFixed(3)} 1 0" title="${phaseLabels[phase]} ${quantity(ms(arm, phase), 'ms')}"></span>`,
    )}</div><span class="num">${quantity(step[arm], 'ms', 4)}</span></div>`;
  const table = tableOf<Phase>(
    [
      {
        title: tableHeads.phase(wholeOfParts[metric]),
        cell: (phase) =>
          html`<span class="nowrap"><i class="swatch" style="--key:${phaseColors[phase]}"></i>${phaseLabels[phase]}</span>`,
      },
      ...(['baseline', 'candidate'] as const).map((arm) => ({
        title: armName(view, arm),
        cell: (phase: Phase) =>
          html`${quantity(ms(arm, phase), 'ms')} <span class="muted">${percent(shares[arm]![phase])}</span>`,
        right: true,
      })),
      {
        title: tableHeads.ratio,
        cell: (phase) => {
          const [before, after] = [ms('baseline', phase), ms('candidate', phase)];
          const counts = (['baseline', 'candidate'] as const).some(
            (arm) => shares[arm]![phase] >= leastShare,
          );
          return counts && before > 0 && after > 0
            ? `${quantity(before / after, '', 3)}×`
            : tableHeads.nothing;
        },
        right: true,
      },
    ],
    phases,
    'labelled',
  );
  return html`<div class="panel"><div class="bars" aria-hidden="true">${bar('baseline')}${bar('candidate')}</div>${table}<p class="note">${describeAmdahl(view)}</p></div>`;
}

export async function ratioFigures(
  view: ComparisonView,
  gallery: Gallery,
  detail: Detail | null,
): Promise<Html[]> {
  const { campaign } = view;
  if (!campaign || !detail) return [];
  const figures: Html[] = [];
  for (const id of ratioIds) {
    const content = pairRatiosContent(campaign, id, ratioOf(view, id)?.speedUp ?? null, { view: 'speed' });
    if (content)
      figures.push(await figureOf(gallery, pairRatios('speed', titleOf(id)), content, `${view.key}-${id}`));
  }
  return figures;
}

export function titleOf(metric: string): string {
  const title = Object.hasOwn(rowTitles, metric) ? rowTitles[metric as keyof typeof rowTitles] : metric;
  return typeof title === 'string' ? title : metric;
}
