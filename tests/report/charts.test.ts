import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { createStudio, rowsOf } from '../../src/report/charts/draw.js';
import { charts, comparison, comparisonContent } from '../../src/report/charts/index.js';
import { extremeIndices, thinned } from '../../src/report/charts/series.js';
import { listCases } from '../../src/report/input.js';
import { sampleInput } from '../support/sample-document.js';

const detail = { bins: 200 };

describe('thinning', () => {
  const random = createRandom(7);
  const values = Float64Array.from({ length: 100_003 }, () => 1 + 0.1 * random.uniform());

  it.each([0, 1, 49_999, 50_000, 100_002])('keeps a spike of one sample at %i', (place) => {
    const spiked = values.slice();
    spiked[place] = 77;
    expect(Math.max(...thinned(spiked, 300).map(({ high }) => high))).toBe(77);
    expect(extremeIndices(spiked, 300)).toContain(place);
    spiked[place] = -77;
    expect(Math.min(...thinned(spiked, 300).map(({ low }) => low))).toBe(-77);
    expect(extremeIndices(spiked, 300)).toContain(place);
  });

  it('is in order, and as short as asked', () => {
    const places = thinned(values, 300);
    expect(places.length).toBe(300);
    expect(places.every(({ index }, k) => k === 0 || index > places[k - 1]!.index)).toBe(true);
    expect(places.every(({ low, middle, high }) => low <= middle && middle <= high)).toBe(true);
    expect(extremeIndices(values, 300).length).toBeLessThanOrEqual(600);
  });

  it('leaves a short series as it is', () => {
    expect(thinned(values.subarray(0, 600), 300).map(({ middle }) => middle)).toEqual([
      ...values.subarray(0, 600),
    ]);
  });
});

describe.each(Object.values(charts))('the chart $id', (chart) => {
  const inputs = {
    plain: {},
    thinned: { steps: 5000, spikes: [2500] },
    seeds: { steps: 200, seeds: 10 },
    tiny: { steps: 1 },
  };

  /** Only a bath has these. */
  const ensemble = ['pressure', 'volume'].includes(chart.id) ? 'npt' : 'nve';

  it.each(Object.entries(inputs))('draws marks for a recording: %s', async (_, options) => {
    const view = listCases([sampleInput([{ steps: 300, ensemble, ...options }])])[0]!;
    const content = chart.content(view, detail)!;
    expect(
      Object.values(content.tables).every(
        (table) => new Set(Object.values(table).map((column) => column.length)).size <= 1,
      ),
    ).toBe(true);
    const { svg } = await createStudio().draw(chart, content, 'x');
    expect(svg).toMatch(/^<svg viewBox="[\d. -]+" width="\d+"/);
    expect(svg.match(/<path /g)!.length).toBeGreaterThan(0);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(content.summary.length).toBeGreaterThan(5);
  });

  it('is left out for a case that was never run', () => {
    expect(chart.content(listCases([sampleInput([{ status: 'pending' }])])[0]!, detail)).toBeNull();
  });

  it('compiles without a warning of Vega-Lite', async () => {
    const { compile } = await import('vega-lite');
    const complaints: unknown[] = [];
    const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
    function note(...texts: readonly (string | number | object)[]) {
      complaints.push(...texts);
      return logger;
    }
    for (const variant of ['linear', 'log', 'several'])
      compile(chart.spec(variant), { logger: logger as never });
    expect(complaints).toEqual([]);
  });

  it('is drawn by functions that were written down', async () => {
    const studio = createStudio();
    const view = listCases([sampleInput([{ steps: 300, ensemble }])])[0]!;
    await studio.draw(chart, chart.content(view, detail)!, 'x');
    expect(studio.functions.size).toBeGreaterThan(5);
    for (const text of studio.functions.values()) expect(() => new Function(`return ${text}`)).not.toThrow();
  });
});

describe('the latency chart', () => {
  it('shows a spike of one step in a million', () => {
    const view = listCases([sampleInput([{ steps: 1_000_000, forceCall: 0.05, spikes: [500_123] }])])[0]!;
    const { tables, variant } = charts.latencyOverSteps.content(view, { bins: 500 })!;
    const longest = Math.max(...view.samples[0]!.columns.stepTime.slice(0, 500_200).slice(499_000));
    const drawn = rowsOf(tables.steps!).filter((row) => row.series === 'whole step');
    expect(drawn.length).toBe(500);
    expect(Math.max(...drawn.map((row) => Number(row.high)))).toBeCloseTo(longest, 3);
    expect(variant).toBe('log');
  });

  it('draws the force call thin over a broad, fainter step, so that both are seen', async () => {
    const view = listCases([sampleInput([{ steps: 300 }])])[0]!;
    const content = charts.latencyOverSteps.content(view, detail)!;
    expect([...new Set(content.tables.steps!.series)]).toEqual(['whole step', 'force call', 'neighbor list']);
    const { svg } = await createStudio().draw(charts.latencyOverSteps, content, 'x');
    const width = (color: number) =>
      Number(
        new RegExp(
          `stroke="var\\(--series-${color}\\)" stroke-width="([\\d.]+)"[^>]*opacity="(0\\.5|1)"`,
        ).exec(svg)![1],
      );
    expect(width(1)).toBeGreaterThan(2 * width(2));
  });

  it('marks the rebuilds that were recorded, unless they are a wall', () => {
    const rebuilds = (steps: number) =>
      charts.latencyOverSteps.content(listCases([sampleInput([{ steps }])])[0]!, detail)!.tables.rebuilds!
        .step;
    expect(rebuilds(300)).toEqual([41, 114, 187, 260]);
    expect(rebuilds(20_000)).toEqual([]);
  });
});

it('the histogram counts every steady step', () => {
  const view = listCases([sampleInput([{ steps: 3000, spikes: [1000] }])])[0]!;
  const { bars } = charts.latencyDistribution.content(view, detail)!.tables;
  const sum = (series: string) =>
    rowsOf(bars!)
      .filter((row) => row.series === series)
      .reduce((total, row) => total + Number(row.share), 0);
  expect(sum('whole step')).toBeCloseTo(1, 3);
  expect(sum('force call')).toBeCloseTo(1, 3);
});

it('cases are compared where there are two with a speed', async () => {
  const views = listCases([
    sampleInput([
      { id: 'a', steps: 100 },
      { id: 'b', steps: 100, forceCall: 30 },
      { id: 'c', status: 'pending' },
    ]),
  ]);
  expect(comparisonContent(views.slice(1))).toBeNull();
  const content = comparisonContent(views)!;
  expect(content.tables.speeds!.name).toEqual(['a', 'b']);
  expect((await createStudio().draw(comparison, content, 'x')).svg).toContain('<path ');
});
