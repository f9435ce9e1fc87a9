import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mean, pairEffect, varianceComponents } from '../../src/stats/index.js';
import { decisionRates, rivalRates, slowdowns } from '../support/decision-rates.js';
import { noiseKinds, syntheticCampaign } from '../support/noise.js';
import { statisticsPage, storedRates, storedRivals, wilson } from '../support/statistics-table.js';

const path = new URL('../../reports/sample/statistics.md', import.meta.url);
const asked = Number(process.env.MDBENCH_CAMPAIGNS ?? 0);
const rows = [
  ...noiseKinds.map((kind) => ({ kind, pairs: 12 })),
  ...[8, 24].map((pairs) => ({ kind: kindOf('quiet teacher'), pairs })),
  { kind: kindOf('process offsets'), pairs: 24 },
];

describe.runIf(asked > 0)('the long table', () => {
  it(`is rewritten from ${asked} campaigns a row`, { timeout: 7_200_000 }, () => {
    const rates = rows.map(({ kind, pairs }) => decisionRates(kind, pairs, asked));
    const rivals = noiseKinds.flatMap((kind) => rivalRates(kind, 12, Math.ceil(asked / 20)));
    writeFileSync(path, statisticsPage(rates, rivals));
    for (const { failed, campaigns } of rates) expect(failed[0] / campaigns).toBeLessThanOrEqual(0.01);
  });
});

describe.runIf(asked === 0)('decision rates, against the published ones', () => {
  const page = asked === 0 ? readFileSync(path, 'utf8') : '';
  const stored = storedRates(page);

  it.each(rows.filter(({ pairs }) => pairs === 12))('$kind.id', ({ kind, pairs }) => {
    const published = stored.get(`${kind.id}, ${pairs}`);
    const rates = decisionRates(kind, pairs, 200);
    for (const [k] of slowdowns.entries()) expectLike(rates.failed[k], 200, published?.failed[k]);
    expectLike(rates.covered, 200, published?.covered);
    expect(wilson(rates.failed[0], 200, 3).low).toBeLessThanOrEqual(0.01);
  });

  it('no noise makes more than 1 % of the same fail, and intervals cover 92 to 98 %', () => {
    expect([...stored.keys()]).toEqual(rows.map(({ kind, pairs }) => `${kind.id}, ${pairs}`));
    for (const { failed, covered } of stored.values()) {
      expect(failed[0]).toBeLessThanOrEqual(0.01);
      expect(covered).toBeGreaterThan(0.92);
      expect(covered).toBeLessThan(0.98);
    }
  });

  it.each(['quiet student', 'quiet teacher'])(
    '%s: 12 pairs catch a slowdown of the whole tolerance 19 times in 20',
    (kind) => {
      expect(stored.get(`${kind}, 12`)?.failed[2]).toBeGreaterThanOrEqual(0.95);
    },
  );

  it.each(['process offsets', 'regimes'])('rules of others under %s', (id) => {
    const [all, one] = ['From 12 pairs', 'From one process an arm'].map((heading) =>
      storedRivals(page, heading),
    );
    const column = noiseKinds.findIndex((kind) => kind.id === id);
    for (const { rule, allPairs, onePair } of rivalRates(noiseKinds[column], 12, 20)) {
      expectLike(allPairs.same, 20, all.get(rule)?.[column].same);
      expectLike(allPairs.slower, 20, all.get(rule)?.[column].slower);
      expectLike(onePair.same, 20, one.get(rule)?.[column].same);
      expectLike(onePair.slower, 20, one.get(rule)?.[column].slower);
    }
  });
});

describe('the generator', () => {
  it('plants exactly the effect that is asked for', () => {
    const plan = { pairs: 3, sessions: 2, blocks: 2 };
    for (const kind of noiseKinds) {
      const [same, slower] = [0, 0.05].map((effect) =>
        syntheticCampaign(kind, plan, effect, 5).map(({ arms, sessions, blocks, values }) =>
          pairEffect(arms, sessions, blocks, values),
        ),
      );
      for (const [k, effect] of slower.entries()) expect(effect - same[k]).toBeCloseTo(0.05, 10);
    }
  });

  it('has the components that it is said to have', () => {
    for (const kind of noiseKinds.slice(0, 5)) {
      const found = Array.from({ length: 30 }, (_, seed) => componentsOf(kind.id, seed));
      for (const level of ['process', 'session', 'block'] as const) {
        const square = mean(found.map((components) => components[level] ** 2));
        expect(Math.abs(Math.sqrt(square) - kind[level])).toBeLessThan(0.15 * kind[level] + 0.0025);
      }
    }
  });
});

function kindOf(id: string) {
  const kind = noiseKinds.find((one) => one.id === id);
  if (kind === undefined) throw new Error(`no noise of kind ${id}`);
  return kind;
}

/** Four and a half standard errors and the stored figure's rounding: hundreds of cells are compared. */
function expectLike(count: number, n: number, published: number | undefined) {
  const { low, high } = wilson(count, n, 4.5);
  expect(published).toBeGreaterThanOrEqual(low - 0.001);
  expect(published).toBeLessThanOrEqual(high + 0.001);
}

function componentsOf(id: string, seed: number) {
  const campaign = syntheticCampaign(kindOf(id), { pairs: 24, sessions: 2, blocks: 2 }, 0, seed);
  return varianceComponents(
    campaign.flatMap(({ arms, sessions, blocks, values }, pair) =>
      [...new Set(blocks)].map((block) => {
        const members = [...blocks.keys()].filter((k) => blocks[k] === block);
        const effect = pairEffect(
          members.map((k) => arms[k]),
          members.map((k) => sessions[k]),
          members.map(() => block),
          members.map((k) => values[k]),
        );
        return { pair, session: sessions[members[0]], value: effect };
      }),
    ),
  );
}
