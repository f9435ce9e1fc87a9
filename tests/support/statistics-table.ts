// The published table of decision rates: Markdown out of counts, and shares back out of Markdown.

import { type Rates, type RivalRates, slowdowns } from './decision-rates.js';

export function statisticsPage(rates: readonly Rates[], rivals: readonly RivalRates[]): string {
  const campaigns = rates[0].campaigns.toLocaleString('en-US');
  return `# How often the verdict is right

Recomputed by \`npm run bench:statistics\`; \`npm test\` recomputes a short version and compares. Seeded synthetic noise, no clock:
every campaign goes through the look schedule, the pair effects and the decision of \`mdbench check\` (tolerance 3 %, one-sided
α = 0.002 a look, 2 sessions × 2 blocks of four 100 ms segments a pair). ${campaigns} campaigns a row, in brackets 95 % (Wilson).
The first four rows have the components (process, session, block) that were measured on a quiet machine; "process offsets" has 7.5 %
between processes, as small graphs had on a bad one; the others add one evil each to the quiet student's: machine-wide AR(1) of 3 %, drift
of 15 % a minute with a wave, clock regimes 25 % apart, spikes and stolen segments, two memory layouts 8 % apart by process or by session.
Where FAIL and PASS do not add up to 100 %, the rest is inconclusive, and the smallest change that can be seen says why.

## The paired decision

${table(
  [
    'noise',
    'pairs',
    'spread of a pair',
    'can see',
    'false FAIL at 0 %',
    ...slowdowns.slice(1).map((slowdown) => `FAIL at +${100 * slowdown} %`),
    'PASS at 0 %',
    'wrong PASS at +3 %',
    'covered',
    'pairs used at +3 %',
  ],
  rates.map((row) => [
    row.kind,
    String(row.pairs),
    percent(row.spread, 2),
    percent(row.detectable, 1),
    ...row.failed.map((count) => withInterval(count, row.campaigns)),
    percent(row.passed[0] / row.campaigns, 1),
    percent(row.passed[slowdowns.indexOf(0.03)] / row.campaigns, 1),
    withInterval(row.covered, row.campaigns),
    String(row.pairsUsed),
  ]),
)}

"Can see": the slowdown that the last look fails with 95 % probability, were pair effects normal. "Covered": the true ratio lies in
its 95 % interval. +2 % is below the tolerance but above half of it, where FAIL begins.

## What other rules say of the same times

Share of ${rivals[0].campaigns} campaigns called slower: at 0 % / at +3 %. All calls of all 12 pairs, interleaved, which is more than these
harnesses would measure; then the first pair alone, one process an arm, which is what most of them do.

### From 12 pairs

${rivalTable(rates, rivals, 'allPairs')}

### From one process an arm

${rivalTable(rates, rivals, 'onePair')}

mean-5-percent and min-5-percent: pytest-benchmark's \`--benchmark-compare-fail\`. alert-…: github-action-benchmark's alert threshold, 200 %
unless told. mann-whitney: all calls, p < 0.05, as Google Benchmark's compare.py. benchstat: the same test on one median a process.
welch-t: all calls, p < 0.05, as hyperfine's script. criterion: bootstrap of the mean of 100 samples, noise threshold 1 %.
asv: U test at 0.002 and medians 1.1 apart; asv-3-percent: told 1.03. nvbench: means apart by more than the smaller relative deviation.
`;
}

/** FAIL shares of each row of the stored page, keyed by noise and pairs; then the share covered. */
export function storedRates(page: string): Map<string, { failed: number[]; covered: number }> {
  const rows = cellsOf(page.slice(page.indexOf('## The paired'), page.indexOf('## What other')));
  return new Map(
    rows.map((cells) => [
      `${cells[0]}, ${cells[1]}`,
      { failed: cells.slice(4, 8).map(share), covered: share(cells[10]) },
    ]),
  );
}

/** Shares at 0 % and +3 % by rule, in the order of the heading's noises. */
export function storedRivals(page: string, heading: string): Map<string, { same: number; slower: number }[]> {
  const begin = page.indexOf(`### ${heading}`);
  const end = page.indexOf('\n\n', page.indexOf('|', begin));
  return new Map(
    cellsOf(page.slice(begin, end)).map(([rule, ...cells]) => [
      rule,
      cells.map((cell) => {
        const [same, slower] = cell.split(' / ').map((part) => Number.parseFloat(part) / 100);
        return { same, slower };
      }),
    ]),
  );
}

/** Wilson's score interval (J. Am. Stat. Assoc. 22, 209 (1927)). */
export function wilson(count: number, n: number, z = 1.959964): { low: number; high: number } {
  const middle = (count + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((count * (n - count)) / n + (z * z) / 4);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function rivalTable(
  rates: readonly Rates[],
  rivals: readonly RivalRates[],
  from: 'allPairs' | 'onePair',
): string {
  const kinds = [...new Set(rivals.map(({ kind }) => kind))];
  const names = [...new Set(rivals.map(({ rule }) => rule))];
  const both = (same: number, slower: number, n: number) =>
    `${percent(same / n, 1)} / ${percent(slower / n, 1)}`;
  const ours = kinds.map((kind) => {
    const { failed, campaigns } = rates.find((row) => row.kind === kind && row.pairs === 12) ?? rates[0];
    return both(failed[0], failed[slowdowns.indexOf(0.03)], campaigns);
  });
  const theirs = names.map((name) => [
    name,
    ...kinds.map((kind) => {
      const found = rivals.find((row) => row.rule === name && row.kind === kind);
      return found ? both(found[from].same, found[from].slower, found.campaigns) : '';
    }),
  ]);
  return table(['rule', ...kinds], [...(from === 'allPairs' ? [['mdbench', ...ours]] : []), ...theirs]);
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = headings.map((_, k) => (k === 0 ? '---' : '---:'));
  return [headings, rule, ...rows].map(line).join('\n');
}

function withInterval(count: number, n: number): string {
  const { low, high } = wilson(count, n);
  return `${percent(count / n, 2)} (${(100 * low).toFixed(2)}–${(100 * high).toFixed(2)})`;
}

function percent(value: number, digits: number): string {
  return Number.isFinite(value) ? `${(100 * value).toFixed(digits)} %` : '–';
}

/** Rows of a table without its heading and rule. */
function cellsOf(section: string): string[][] {
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

function share(cell: string): number {
  return Number.parseFloat(cell) / 100;
}
