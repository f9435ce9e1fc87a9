// Histograms of the whole step and the force call in the steady state, with the percentiles of the samples marked.

import type { TopLevelSpec } from 'vega-lite';
import { sorted, sortedQuantile } from '../../stats/index.js';
import { quantity } from '../format.js';
import type { CaseView } from '../input.js';
import { chartWords } from '../words/charts.js';
import type { Chart, ChartContent } from './chart.js';
import { histogramRow } from './histogram.js';
import { rounded } from './series.js';
import { steadyStart } from './steady.js';
import { ink } from './style.js';

const words = chartWords['latency-distribution'];
const names = chartWords.series;
const bins = 80;

export const latencyDistribution: Chart = {
  id: 'latency-distribution',
  title: words.title,
  widths: ['width'],
  margin: 70,
  readout: null,
  spec: specOf,
  content: contentOf,
};

/** All trajectories pooled, as the percentiles of the metrics are. */
function contentOf(view: CaseView): ChartContent | null {
  if (view.samples.length === 0) return null;
  const steps = pooled(view, 'stepTime');
  const calls = pooled(view, 'forceCallTime').filter((time) => time > 0);
  const series = [
    { label: names.step, times: steps },
    { label: names.call, times: calls },
  ].filter(({ times }) => times.length > 0);
  const low = Math.min(...series.map(({ times }) => times[0]!));
  const high = Math.max(...series.map(({ times }) => times[times.length - 1]!));
  const log = low > 0 && high > 10 * low && high > 3 * sortedQuantile(steps, 0.5);
  const edges = edgesOf(low, high, log);
  const bars = series.flatMap(({ label, times }) =>
    histogram(times, edges).map((bar) => ({ ...bar, label })),
  );
  const place = (time: number) =>
    log ? Math.log(time / low) / Math.log(high / low) : (time - low) / (high - low);
  const marks = series.flatMap(({ label, times }) => {
    const top = Math.max(...bars.filter((bar) => bar.label === label).map((bar) => bar.share));
    return [0.5, 0.9, 0.99].map((p, k) => {
      const time = sortedQuantile(times, p);
      return { label, p, time, at: top * (0.95 - 0.17 * k), text: `p${100 * p}  ${quantity(time, 'ms', 4)}` };
    });
  });
  return {
    variant: log ? 'log' : 'linear',
    tables: {
      bars: {
        from: bars.map((bar) => rounded(bar.from)),
        to: bars.map((bar) => rounded(bar.to)),
        share: bars.map((bar) => rounded(bar.share)),
        series: bars.map((bar) => bar.label),
      },
      percentiles: {
        ms: marks.map((mark) => rounded(mark.time)),
        label: marks.map((mark) => mark.text),
        side: marks.map((mark) => (place(mark.time) > 0.85 ? 'right' : 'left')),
        at: marks.map((mark) => rounded(mark.at)),
        series: marks.map((mark) => mark.label),
      },
    },
    legend: [],
    summary: marks.map((mark) => `${mark.label} ${mark.text}`).join(', '),
    caption: words.caption({ steps: steps.length, log }),
  };
}

function pooled(view: CaseView, column: 'stepTime' | 'forceCallTime'): Float64Array {
  const parts = view.samples.map((one) => one.columns[column].subarray(steadyStart(one)));
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return sorted(all);
}

function edgesOf(low: number, high: number, log: boolean): number[] {
  const top = high > low ? high : low * 1.01 + 1e-9;
  return Array.from({ length: bins + 1 }, (_, k) =>
    log ? low * (top / low) ** (k / bins) : low + ((top - low) * k) / bins,
  );
}

/** Only bins that hold something. */
function histogram(ascending: Float64Array, edges: readonly number[]) {
  const bars: { from: number; to: number; share: number }[] = [];
  let place = 0;
  for (let bin = 0; bin < edges.length - 1; bin++) {
    const begin = place;
    const last = bin === edges.length - 2;
    while (place < ascending.length && (last || ascending[place]! < edges[bin + 1]!)) place++;
    if (place > begin) {
      bars.push({ from: edges[bin]!, to: edges[bin + 1]!, share: (place - begin) / ascending.length });
    }
  }
  return bars;
}

function specOf(variant: string): TopLevelSpec {
  const log = variant === 'log';
  return {
    spacing: 22,
    vconcat: [
      histogramRow({ label: names.step, color: ink.step, log, title: null }),
      histogramRow({ label: names.call, color: ink.call, log, title: words.x }),
    ],
    resolve: { scale: { x: 'shared' } },
  };
}
