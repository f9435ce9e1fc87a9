// Memory of both force fields side by side: of their runs where there are any, else of the workers of the campaign.

import type { ArmName } from '../../result/campaign.js';
import { formatMetric, quantity, significantDigits } from '../format.js';
import { type Html, html } from '../html/markup.js';
import { tableOf } from '../html/parts.js';
import { armName, memoryRows, missingMemory, tableHeads } from '../words/index.js';
import { type ComparisonView, clientMemory } from './view.js';

export function memoryPanel(view: ComparisonView): Html {
  const metric = (id: string) => (arm: ArmName) => {
    const found = view.cases[arm]?.metrics[id];
    if (!found || found.value === null) return null;
    const { value, unit, interval } = formatMetric(found);
    return { value: found.value, text: `${value} ${unit}`, interval };
  };
  const worker = (arm: ArmName) => {
    const peaks = view.campaign?.pairs.flatMap(({ workers }) => workers[arm].peakRss ?? []) ?? [];
    const value = Math.max(...peaks);
    return peaks.length === 0 ? null : { value, text: quantity(value, 'B', 4), interval: '' };
  };
  const client = (arm: ArmName) => {
    const value = clientMemory(view, arm);
    return value ? { value, text: quantity(value, 'B', 4), interval: '' } : null;
  };
  // A part of what a side takes is no ratio of the sides.
  const isWhole = clientMemory(view, 'baseline') === 0 && clientMemory(view, 'candidate') === 0;
  const rows = [
    { title: memoryRows.peak, of: metric('peak-rss'), ratio: isWhole },
    { title: memoryRows.worker, of: worker, ratio: isWhole },
    { title: memoryRows.client, of: client, ratio: false },
    { title: memoryRows.rss, of: metric('rss-slope'), ratio: false },
    { title: memoryRows.heap, of: metric('heap-slope'), ratio: false },
  ]
    .map(({ title, of, ratio }) => ({ title, ratio, baseline: of('baseline'), candidate: of('candidate') }))
    .filter(({ baseline, candidate }) => baseline !== null || candidate !== null);
  if (rows.length === 0) return html`<p class="panel muted">${missingMemory}</p>`;
  type Row = (typeof rows)[number];
  const cell = (arm: ArmName) => (row: Row) => {
    const one = row[arm];
    if (!one) return tableHeads.nothing;
    return html`${one.text}${one.interval !== '' && html`<br><small class="muted">${one.interval}</small>`}`;
  };
  return html`<div class="panel">${tableOf<Row>(
    [
      { title: tableHeads.memory, cell: ({ title }) => title },
      { title: armName(view, 'baseline'), cell: cell('baseline'), right: true },
      { title: armName(view, 'candidate'), cell: cell('candidate'), right: true },
      {
        title: tableHeads.ratio,
        cell: ({ baseline, candidate, ratio }) =>
          ratio && baseline && candidate ? `${significantDigits(baseline.value / candidate.value, 3)}×` : '',
        right: true,
      },
    ],
    rows,
    'labelled',
  )}</div>`;
}
