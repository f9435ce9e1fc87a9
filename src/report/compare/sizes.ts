// Sizes and trade-off on the page: the cost models with their crossing, and every candidate on one Pareto chart.

import type { ComparisonReport, CostModel } from '../../result/judgement.js';
import {
  costModel,
  costModelContent,
  type DriftState,
  type ParetoPoint,
  pareto,
  paretoContent,
} from '../charts/index.js';
import { figureOf, type Gallery } from '../html/figure.js';
import { type Html, html } from '../html/markup.js';
import { tableOf } from '../html/parts.js';
import { describeSizes, estimateWords, oneSystem, tableHeads } from '../words/index.js';
import { accuracyOn, allForces, type ComparisonView, ratioOf } from './view.js';

export async function sizesPieces(
  report: ComparisonReport,
  gallery: Gallery,
  drawn: boolean,
): Promise<(Html | null)[]> {
  const models = report.costModels;
  if (models.length === 0) return [html`<p class="panel muted">${oneSystem}</p>`];
  const content = drawn ? costModelContent(report) : null;
  const baseline = report.comparisons[0]?.baseline ?? models[0]!.label;
  const table = tableOf<CostModel>(
    [
      { title: tableHeads.forceField, cell: ({ label }) => label },
      { title: tableHeads.fixed, cell: ({ fixed }) => estimateWords(fixed), right: true },
      { title: tableHeads.perAtom, cell: ({ perAtom }) => estimateWords(perAtom), right: true },
    ],
    models,
    'labelled',
  );
  return [
    html`<ul class="plain">${describeSizes(report, baseline).map((text) => html`<li>${text}</li>`)}</ul>`,
    content && (await figureOf(gallery, costModel, content, 'compare')),
    html`<div class="panel">${table}</div>`,
  ];
}

/** Null where no candidate has both a speed-up and a force error. */
export async function paretoFigure(
  views: readonly ComparisonView[],
  gallery: Gallery,
  drawn: boolean,
): Promise<Html | null> {
  const candidates = views.flatMap((view) => pointOf(view, views) ?? []);
  const [first] = views;
  if (candidates.length === 0 || !first || !drawn) return null;
  const reference: ParetoPoint = {
    label: first.comparison.baseline,
    error: 0,
    speed: 1,
    low: 1,
    high: 1,
    drift: driftState(first, 'baseline'),
  };
  const content = paretoContent([reference, ...candidates]);
  return content && figureOf(gallery, pareto, content, 'compare');
}

function pointOf(view: ComparisonView, all: readonly ComparisonView[]): ParetoPoint | null {
  const { comparison } = view;
  const step = ratioOf(view, 'step-time-p50')?.speedUp;
  const error = allForces(accuracyOn(view, 'baseline') ?? accuracyOn(view, 'candidate'))?.rmse.value;
  if (!step || error === undefined) return null;
  const systems = new Set(all.map(({ comparison: { id } }) => id));
  return {
    label: systems.size > 1 ? `${comparison.candidate}, ${comparison.id}` : comparison.candidate,
    error,
    speed: step.value,
    low: step.low ?? step.value,
    high: step.high ?? step.value,
    drift: driftState(view, 'candidate'),
  };
}

function driftState(view: ComparisonView, arm: 'baseline' | 'candidate'): DriftState {
  return view.cases[arm]?.metrics['energy-drift']?.verdict?.state ?? 'none';
}
