import { describe, expect, it } from 'vitest';
import { renderCheckMarkdown, renderCheckTerminal } from '../../src/report/index.js';
import { columns } from '../../src/report/terminal/layout.js';
import type { GateResult } from '../../src/result/judgement.js';
import { boundGate, checkDocument, gateResult, oneOfEach } from '../support/gate-results.js';
import { syntheticCampaign } from '../support/synthetic-campaign.js';
import { syntheticDocument } from '../support/synthetic-case.js';

const cost = { forces: 0.2, neighbors: 0.03, integrate: 0.005, other: 0.002 };
const campaign = syntheticCampaign({
  id: 'si64',
  labels: { baseline: 'silicon-student-v1', candidate: 'silicon-student' },
  costs: { baseline: cost, candidate: cost },
  atoms: 64,
});
const contaminated = { code: 'contaminated', values: { campaign: 'si64', shift: 12, spread: 3.2, runs: 40 } };
const nasty = '<script>|`*_~[x](y)\\\u001b[31m\n::error::%0A "quoted" & \'single\'';

function many(n: number): GateResult[] {
  return Array.from({ length: n }, (_, k) => {
    const gate = oneOfEach[k % oneOfEach.length]!;
    return { ...gate, metric: gate.metric!.replace('si64', `si${k}`) };
  });
}

describe('a check in the terminal', () => {
  it('leads with the verdict, then gates under what they are about, then why and what to do', () => {
    const text = renderCheckTerminal(
      checkDocument(
        oneOfEach,
        { warnings: [contaminated] },
        { campaigns: [{ ...campaign, elapsed: 41_000 }] },
      ),
      {
        files: { html: '/tmp/out/report.html' },
      },
    );
    expect(text.split('\n').slice(0, 14)).toEqual([
      'FAILED: silicon-student/si64/step-time-p50: +5.12 % (+4.17 to +6.08), at most',
      '        +3 % (2 failed, 1 in error, 1 inconclusive, 1 passed, 1 skipped).',
      'Candidate silicon-student against baseline silicon-student-v1.',
      '',
      '  gate            measured                               limit         could see',
      'silicon-student/si64',
      '✗ step-time-p50   +5.12 % (+4.17 to +6.08)               ≤ +3 %        2.1 %',
      '? force-call-p50  +1.2 % (−0.9 to +3.4)                  ≤ +3 %        4.3 %',
      '! rss-slope       4.00 KiB/step (3.86 to 4.15)           ≤ 128 B/step  –',
      '✓ energy-drift    0.0031 meV/atom/ps (0.0000 to 0.0112)  ≤ 0.05        –',
      'silicon-student/si512',
      '! energy-drift    –                                      ≤ 0.05        –',
      'silicon-student/si1000',
      '– energy-drift    –                                      ≤ 0.05        –',
    ]);
    expect(text).toContain('\n→ Find the change that costs the time');
    expect(text).toContain('\n! Something else used the machine while si64 was measured');
    expect(text).toContain('\nsi64: 8 process pairs in 41 s. Before that the machine was ');
    expect(text.endsWith('\n/tmp/out/report.html')).toBe(true);
  });

  it.each([40, 50, 64, 80, 100, 300])('keeps to %i columns, at most 100', (width) => {
    const document = checkDocument(
      [...oneOfEach, gateResult({ metric: `${'long-'.repeat(40)}/si64/step-time-p50` })],
      { warnings: [contaminated] },
      { campaigns: [campaign] },
    );
    for (const line of renderCheckTerminal(document, { width, color: true }).split('\n')) {
      expect(columns(line)).toBeLessThanOrEqual(Math.min(width, 100));
    }
  });

  it('says the same with colors as without, and no color carries meaning alone', () => {
    const document = checkDocument(oneOfEach);
    const colored = renderCheckTerminal(document, { color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colors
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderCheckTerminal(document));
    expect(colored).toContain('\u001b[31mFAILED\u001b[39m');
  });

  it('does not pass on escape sequences of a name', () => {
    const text = renderCheckTerminal(
      checkDocument([gateResult({ metric: `${nasty}/si64/x`, pattern: nasty })], { baseline: nasty }),
    );
    expect(text).not.toContain('\u001b');
  });

  it('of thousands of gates shows those that matter first, and how many more there are', () => {
    const text = renderCheckTerminal(checkDocument(many(3000)));
    expect(text.split('\n').length).toBeLessThan(150);
    expect(text).toMatch(/… 2960 more gates \(960 failed, /);
    expect(text.indexOf('✗')).toBeLessThan(text.indexOf('… 2960'));
    expect(text).not.toContain('✓');
  });

  it('of a document without gates is empty', () => {
    expect(renderCheckTerminal(syntheticDocument())).toBe('');
    expect(renderCheckMarkdown(syntheticDocument())).toBe('');
  });
});

describe('a step summary', () => {
  it('has the verdict as its heading, a table and the reasons', () => {
    const text = renderCheckMarkdown(
      checkDocument(oneOfEach.slice(0, 2), {}, { campaigns: [{ ...campaign, elapsed: 41_000 }] }),
    ).replaceAll('\u202f', ' ');
    expect(text).toBe(`## mdbench check: FAILED

**silicon-student/si64/step-time-p50: +5.12 % (+4.17 to +6.08), at most +3 % (1 failed, 1 passed).**

Candidate silicon-student against baseline silicon-student-v1.

|  | gate | measured | limit | could see |
| :-- | :-- | :-- | :-- | --: |
| ✗ failed | silicon-student/si64/step-time-p50 | +5.12 % (+4.17 to +6.08) | at most +3 % | 2.1 % |
| ✓ passed | silicon-student/si64/energy-drift | 0.0031 meV/atom/ps (0.0000 to 0.0112) | at most 0.05 meV/atom/ps | – |

- ✗ **silicon-student/si64/step-time-p50**: Slower than the baseline: +5.12 % (+4.17 to +6.08), where 3 % is tolerated.

- → Find the change that costs the time, or raise the tolerance (maxRegression) if it is meant.

- si64: 8 process pairs in 41 s. Before that the machine was usable.

Example CPU, 2 cores · 7.45 GiB · Node 20.0.0 · ONNX Runtime 1.30.0 · neighbor lists without the native addon · mdbench 0.1.0 · 2026-01-01T00:00:00.000Z
`);
  });

  it('names five states apart', () => {
    const text = renderCheckMarkdown(checkDocument(oneOfEach));
    for (const cell of [
      '✗ failed',
      '! failed (only warns)',
      '! error',
      '? inconclusive',
      '– skipped',
      '✓ passed',
    ]) {
      expect(text).toContain(`| ${cell} |`);
    }
  });

  it('takes no markup from a name', () => {
    const text = renderCheckMarkdown(
      checkDocument([gateResult({ metric: `${nasty}/si64/x`, pattern: nasty })], {
        baseline: nasty,
        candidate: nasty,
      }),
    );
    expect(text).not.toContain('<script>');
    expect(text).not.toMatch(/[^\\]\|`/);
    expect(text).toContain('\\|\\`\\*\\_\\~\\[x\\](y)');
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|').length).toBe(7);
  });

  it.each([
    ['3 000 gates', checkDocument(many(3000))],
    [
      'gates with names of a megabyte',
      checkDocument(
        Array.from({ length: 12 }, (_, k) => gateResult({ metric: `${'é<&'.repeat(3e5)}${k}/si64/x` })),
      ),
    ],
    [
      '10 000 warnings and campaigns',
      checkDocument(
        oneOfEach,
        { warnings: Array(10_000).fill(contaminated) },
        { campaigns: Array(2000).fill({ ...campaign, id: '<'.repeat(400) }) },
      ),
    ],
    [
      'arms of a megabyte',
      checkDocument(many(9000), { baseline: '&'.repeat(1e6), candidate: '&'.repeat(1e6) }),
    ],
  ])('stays below 900 kB with %s, and says what is left out', (_, document) => {
    const text = renderCheckMarkdown(document);
    expect(Buffer.byteLength(text)).toBeLessThan(900_000);
    expect(text.startsWith('## mdbench check: FAILED\n')).toBe(true);
    const length = document.check!.gates.length;
    if (length > 2900 || document.check!.warnings.length > 1000) expect(text).toMatch(/\d more/);
  });

  it('of 3 000 gates has every one that failed', () => {
    const failed = many(3000).filter(({ state }) => state === 'failed');
    const text = renderCheckMarkdown(checkDocument(many(3000)));
    for (const { metric } of failed) expect(text).toContain(`| ${metric} |`);
  });
});

it('a gate on a rate has its limit from below', () => {
  const gate = boundGate({
    rule: 'min',
    metric: 'silicon-student/si64/steps-per-second',
    limit: 1000,
    estimate: { value: 4200, low: 4100, high: 4300, unit: '1/s', n: 8 },
  });
  expect(renderCheckTerminal(checkDocument([gate], { verdict: 'pass' }))).toContain('≥ 1000');
});
