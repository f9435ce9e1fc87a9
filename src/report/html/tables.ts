// The tables beside the charts of a case: phases of a step, memory at its ends, what is paid once.

import { decimalsOf, fixed, quantity } from '../format.js';
import { allMetrics, type MetricRow } from '../headline.js';
import type { CaseView } from '../input.js';
import { chartWords, describePhases, memoryNames, phaseNames } from '../words/index.js';
import { type Html, html } from './markup.js';
import { tableOf } from './parts.js';

const words = chartWords['cold-start'];
const phaseColors = ['var(--series-2)', 'var(--series-3)', 'var(--series-1)', 'var(--rule)'];

/** A stacked bar and its table; null where the shares were not measured. */
export function phases({ result }: CaseView): Html | null {
  const rows = allMetrics(result).filter((row) => row.id in phaseNames && row.metric.value !== null);
  if (rows.length === 0) return null;
  const share = (row: MetricRow) => Math.max(0, row.metric.value ?? 0);
  const sum = rows.reduce((total, row) => total + (row.metric.value ?? 0), 0);
  const bars = rows.map(
    (row, k) =>
      html`<span style="--key:${phaseColors[k % 4]};flex:${share(row).toFixed(3)} 1 0" title="${phaseNames[row.id]} ${row.value} %"></span>`,
  );
  const step = result.metrics['step-time-p50']?.value ?? null;
  const table = tableOf<MetricRow>(
    [
      {
        title: 'phase',
        cell: (row) =>
          html`<span class="nowrap"><i class="swatch" style="--key:${phaseColors[rows.indexOf(row) % 4]}"></i>${phaseNames[row.id]}</span>`,
      },
      { title: 'share', cell: (row) => `${row.value} %`, right: true },
      {
        title: '95 % interval',
        cell: (row) => (row.interval === '' ? '' : `${row.interval} %`),
        right: true,
      },
      {
        title: 'of the median step',
        cell: (row) => (step === null ? '' : quantity((step * (row.metric.value ?? 0)) / 100, 'ms')),
        right: true,
      },
    ],
    rows,
  );
  return html`<div class="panel"><div class="shares" aria-hidden="true">${bars}</div>${table}<p class="note">${describePhases(sum)}</p></div>`;
}

/** First and last checkpoint of each kind of memory of the first trajectory. */
export function memoryTable({ trajectories, result }: CaseView): Html | null {
  const memory = trajectories[0]?.memory;
  if (!memory || memory.step.length === 0) return null;
  const kinds = (Object.keys(memoryNames) as (keyof typeof memoryNames)[]).filter(
    (kind) => memory[kind].length > 0,
  );
  const peak = result.metrics['peak-rss'];
  const rows = kinds.map((kind) => {
    const sizes = memory[kind];
    const [first, last] = [sizes[0]!, sizes[sizes.length - 1]!];
    return {
      name: memoryNames[kind] as string,
      first: bytes(first),
      last: bytes(last),
      change: signed(last - first),
    };
  });
  const all = peak?.value
    ? [...rows, { name: 'peak resident set', first: '', last: bytes(peak.value), change: '' }]
    : rows;
  return html`<div class="panel">${tableOf(
    [
      { title: 'memory', cell: (row) => row.name },
      { title: 'first checkpoint', cell: (row) => row.first, right: true },
      { title: 'last checkpoint', cell: (row) => row.last, right: true },
      { title: 'change', cell: (row) => row.change, right: true },
    ],
    all,
  )}</div>`;
}

/** What the process of the first trajectory paid once. */
export function coldTable({ trajectories, result }: CaseView): Html | null {
  const cold = trajectories[0]?.cold;
  if (!cold) return null;
  const steady = result.metrics['force-call-p50']?.value ?? null;
  const inCalls = (ms: number) => (steady ? `${quantity(ms / steady, '', 3)} ×` : '');
  const early = cold.earlyCalls.map((ms) => fixed(ms, decimalsOf(ms, 3))).join(', ');
  const rows = [
    { name: words.session, time: quantity(cold.sessionCreate, 'ms', 4), calls: inCalls(cold.sessionCreate) },
    { name: words.first, time: quantity(cold.firstCall, 'ms', 4), calls: inCalls(cold.firstCall) },
    { name: words.early, time: early === '' ? '–' : `${early} ms`, calls: '' },
    ...(steady === null ? [] : [{ name: words.steady, time: quantity(steady, 'ms', 4), calls: '' }]),
  ];
  return html`<div class="panel">${tableOf<(typeof rows)[number]>(
    [
      { title: 'paid once', cell: (row) => row.name },
      { title: 'time', cell: (row) => row.time },
      { title: 'in steady force calls', cell: (row) => row.calls, right: true },
    ],
    rows,
  )}</div>`;
}

function bytes(value: number): string {
  return quantity(value, 'B', 4);
}

function signed(value: number): string {
  return value > 0 ? `+${bytes(value)}` : bytes(value);
}
