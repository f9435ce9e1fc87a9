// Ratios of a paired campaign: blocks as dots, means of pairs as dashes, the interval of their mean as a band.

import type { TopLevelSpec } from 'vega-lite';
import type { PairedCampaign } from '../../result/campaign.js';
import type { Estimate } from '../../result/judgement.js';
import { blockEffects, mean } from '../../stats/index.js';
import { compareChartWords } from '../words/compare-charts.js';
import { type ChartContent, plotWidth } from './chart.js';
import { rounded } from './series.js';
import { ink } from './style.js';

const words = compareChartWords['pair-ratios'];

/** `speed`: baseline / candidate, times as fast. `change`: candidate / baseline − 1, in percent. */
export type RatioView = 'speed' | 'change';

interface RatioOptions {
  readonly view: RatioView;
  /** Share of slowdown that is tolerated, drawn as a band from none; for `change`. */
  readonly tolerance?: number | null;
  readonly detectable?: number | null;
}

export function pairRatios(view: RatioView, title: string) {
  return {
    id: 'pair-ratios',
    title,
    widths: ['width'],
    margin: 70,
    readout: {
      table: 'pairs',
      x: 'pair',
      xLabel: words.x,
      y: 'value',
      unit: view === 'speed' ? '×' : '%',
      scale: 'x',
    },
    spec: specOf,
  };
}

/**
 * Null where no pair has the metric.
 * @param estimate in the unit of the view: a ratio for `speed`, a share of change for `change`
 */
export function pairRatiosContent(
  campaign: PairedCampaign,
  metric: string,
  estimate: Estimate | null,
  { view, tolerance = null, detectable = null }: RatioOptions,
): ChartContent | null {
  const shown = (effect: number) => rounded(view === 'speed' ? Math.exp(-effect) : 100 * Math.expm1(effect));
  const pairs = campaign.pairs
    .map(({ segments }) => blockEffects(segments.arm, blocksOf(segments), segments.metrics[metric] ?? []))
    .map((effects) => effects.filter(Number.isFinite));
  const measured = pairs.flatMap((effects, k) => (effects.length > 0 ? [{ pair: k + 1, effects }] : []));
  if (measured.length === 0) return null;
  const unit = view === 'speed' ? 1 : 100;
  const [from, to] = [0.5, campaign.pairs.length + 0.5];
  const bounds = estimate && estimate.low !== null && estimate.high !== null ? [estimate] : [];
  const tolerated = tolerance === null ? [] : [100 * tolerance];
  const blocks = measured.reduce((sum, { effects }) => sum + effects.length, 0);
  return {
    variant: view,
    tables: {
      band: {
        from: bounds.map(() => from),
        to: bounds.map(() => to),
        low: bounds.map(({ low }) => rounded(unit * low!)),
        high: bounds.map(({ high }) => rounded(unit * high!)),
      },
      tolerated: {
        from: tolerated.map(() => from),
        to: tolerated.map(() => to),
        low: tolerated.map(() => 0),
        high: tolerated.map(rounded),
      },
      level: { value: estimate ? [rounded(unit * estimate.value)] : [] },
      blocks: {
        at: measured.flatMap(({ pair, effects }) =>
          effects.map((_, k) => rounded(pair - 0.36 + (0.72 * (k + 0.5)) / effects.length)),
        ),
        value: measured.flatMap(({ effects }) => effects.map(shown)),
      },
      pairs: {
        pair: measured.map(({ pair }) => pair),
        from: measured.map(({ pair }) => pair - 0.4),
        to: measured.map(({ pair }) => pair + 0.4),
        value: measured.map(({ effects }) => shown(mean(effects))),
      },
    },
    legend: [
      { label: words.block, color: ink.fourth, mark: 'dot' },
      { label: words.pair, color: ink.text },
      { label: words.level, color: ink.fourth, mark: 'dashed' },
      { label: view === 'speed' ? words.band : words.decided, color: ink.band, mark: 'area' },
      ...(tolerance !== null
        ? [{ label: words.tolerated, color: ink.tolerated, mark: 'area' as const }]
        : []),
    ],
    summary: measured.map(({ pair, effects }) => `${pair}: ${shown(mean(effects))}`).join(', '),
    caption:
      words.caption(measured.length, blocks) +
      (tolerance === null ? '' : words.tolerance(tolerance, detectable)),
  };
}

/** Blocks of different sessions are different ones. */
function blocksOf({ block, session }: PairedCampaign['pairs'][number]['segments']): number[] {
  const width = Math.max(0, ...block) + 1;
  return block.map((one, k) => session[k]! * width + one);
}

function specOf(view: string): TopLevelSpec {
  const x = {
    type: 'quantitative' as const,
    title: words.x,
    scale: { nice: false, zero: false },
    axis: { tickMinStep: 1, tickCount: 12, format: 'd' },
  };
  const title = view === 'speed' ? words.speed : words.change;
  const y = { type: 'quantitative' as const, title, scale: { zero: false, nice: true } };
  const area = (name: string, color: string) => ({
    data: { name },
    mark: { type: 'rect' as const, color },
    encoding: {
      x: { field: 'from', ...x },
      x2: { field: 'to' },
      y: { field: 'low', ...y },
      y2: { field: 'high' },
    },
  });
  return {
    width: plotWidth,
    height: 170,
    layer: [
      area('tolerated', ink.tolerated),
      area('band', ink.band),
      {
        data: { name: 'level' },
        mark: { type: 'rule', color: ink.fourth, strokeWidth: 1.25, strokeDash: [5, 4] },
        encoding: { y: { field: 'value', ...y } },
      },
      {
        data: { name: 'blocks' },
        mark: { type: 'point', filled: true, size: 26, opacity: 0.75, color: ink.fourth },
        encoding: { x: { field: 'at', ...x }, y: { field: 'value', ...y } },
      },
      {
        data: { name: 'pairs' },
        mark: { type: 'rule', color: ink.text, strokeWidth: 2 },
        encoding: { x: { field: 'from', ...x }, x2: { field: 'to' }, y: { field: 'value', ...y } },
      },
    ],
  };
}
