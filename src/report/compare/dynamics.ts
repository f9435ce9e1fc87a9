// What MD shows, on the page: drift of each, agreement against the noise, and the curves over each other.

import type { ArmName } from '../../result/campaign.js';
import type { Curve } from '../../result/examination.js';
import type { Comparison } from '../../result/judgement.js';
import { type CurveName, curveOverlay, curveOverlayContent, type Detail } from '../charts/index.js';
import { significantDigits } from '../format.js';
import { figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { tableOf } from '../html/parts.js';
import {
  agreementMark,
  agreementName,
  agreementNote,
  agreementTone,
  agreementWord,
  armName,
  differenceWords,
  driftOf,
  notThereby,
  tableHeads,
  toneMark,
} from '../words/index.js';
import { rolesOf } from './accuracy.js';
import { type ComparisonView, observablesOf } from './view.js';

/** Curves of pairs of elements that are drawn; a mixture of many has tables for the others. */
const pairsDrawn = 3;

export async function dynamicsPieces(
  view: ComparisonView,
  gallery: Gallery,
  detail: Detail | null,
): Promise<(Html | null)[]> {
  const drifts = driftList(view);
  return [
    drifts,
    agreementTable(view, drifts === null),
    ...(detail ? await curves(view, gallery, detail) : []),
  ];
}

function driftList(view: ComparisonView): Html | null {
  const both = (['baseline', 'candidate'] as const).flatMap((arm) => {
    const words = driftOf(view, arm);
    return words ? [{ arm, words }] : [];
  });
  if (both.length === 0) return null;
  return html`<div class="panel"><ul class="verdicts inset">${both.map(
    ({ arm, words }) =>
      html`<li><span class="mark ${words.tone}" aria-hidden="true">${toneMark[words.tone]}</span><div><strong>${words.subject}, ${armName(view, arm)}: <span class="${words.tone}">${words.short}</span></strong><br>${words.text}</div></li>`,
  )}</ul><p class="note">${notThereby(view)}</p></div>`;
}

/** @param warned whether it has to say what no drift says above it */
function agreementTable(view: ComparisonView, warned: boolean): Html | null {
  const { agreement } = view.comparison;
  if (agreement.length === 0) return null;
  const means = (arm: ArmName) => {
    const mean = observablesOf(view, arm)?.temperature.mean;
    return mean === undefined ? '' : `${significantDigits(mean, 4)} K`;
  };
  const mean = (arm: ArmName) => (one: Comparison['agreement'][number]) =>
    one.quantity === 'temperature' ? means(arm) : '';
  const table = tableOf<Comparison['agreement'][number]>(
    [
      { title: tableHeads.quantity, cell: agreementName },
      {
        title: tableHeads.state,
        cell: ({ state }) =>
          html`<span class="nowrap ${agreementTone[state]}">${agreementMark[state]} ${agreementWord[state]}</span>`,
      },
      { title: armName(view, 'baseline'), cell: mean('baseline'), right: true },
      { title: armName(view, 'candidate'), cell: mean('candidate'), right: true },
      { title: tableHeads.difference, cell: (one) => differenceWords(one, one.difference), right: true },
      { title: tableHeads.noise, cell: (one) => differenceWords(one, one.noise), right: true },
      { title: tableHeads.startNoise, cell: (one) => differenceWords(one, one.startNoise), right: true },
    ],
    agreement,
    'labelled',
  );
  return html`<div class="panel">${table}<p class="note">${agreementNote(armName(view, 'baseline'), armName(view, 'candidate'))}${warned && ` ${notThereby(view)}`}</p></div>`;
}

async function curves(view: ComparisonView, gallery: Gallery, detail: Detail): Promise<Html[]> {
  const [baseline, candidate] = [observablesOf(view, 'baseline'), observablesOf(view, 'candidate')];
  const pairs = (baseline ?? candidate)?.radialDistribution.map(({ pair }) => pair) ?? [];
  const wanted: { name: CurveName; pair: string | null; of: (arm: typeof baseline) => Curve | null }[] = [
    ...pairs.slice(0, pairsDrawn).map((pair) => ({
      name: 'radial-distribution' as const,
      pair,
      of: (one: typeof baseline) =>
        one?.radialDistribution.find((distribution) => distribution.pair === pair)?.curve ?? null,
    })),
    {
      name: 'velocity-autocorrelation',
      pair: null,
      of: (one) => one?.velocityAutocorrelation ?? null,
    },
    { name: 'spectrum', pair: null, of: (one) => one?.spectrum ?? null },
  ];
  const figures: Html[] = [];
  for (const { name, pair, of } of wanted) {
    const content = curveOverlayContent(
      { baseline: of(baseline), candidate: of(candidate) },
      rolesOf(view),
      detail,
    );
    const key = pair === null ? view.key : `${view.key}-${pair.toLowerCase()}`;
    if (content) figures.push(await figureOf(gallery, curveOverlay(name, rolesOf(view), pair), content, key));
  }
  return figures;
}
