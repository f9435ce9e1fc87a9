import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.js';
import { checkInput } from '../support/synthetic-check.js';
import { comparisonInput } from '../support/synthetic-comparison.js';

const limit = 1_500_000;
const words = (page: string) =>
  page
    .split('<script')[0]!
    .replaceAll(/<style>.*?<\/style>|<svg.*?<\/svg>|<[^>]+>/gs, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the page of a comparison', () => {
  it('answers in the order of a reader’s questions, before the runs', async () => {
    const page = await renderHtml([comparisonInput({ systems: [64], students: ['silicon-student'] })]);
    const order = [
      'verdict',
      'compare-1-speed',
      'compare-1-ratios',
      'compare-1-accuracy',
      'compare-1-dynamics',
      'compare-1-memory',
      'compare-sizes',
      'compare-pareto',
      'compare-noise',
      'runs',
      'case-1',
      'environment',
      'raw',
    ];
    const places = order.map((id) => page.indexOf(` id="${id}"`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
  });

  it('says what Amdahl’s law leaves, whose energy is conserved, and where the worst frames are', async () => {
    const page = await renderHtml([
      comparisonInput({ systems: [64], students: ['silicon-tiny'], cases: false }),
    ]);
    expect(words(page)).toMatch(
      /The force call is 42\.\d× as fast, the whole step 15\.\d×, because 6\d % of the student’s step is not the force field\./,
    );
    expect(words(page)).toContain('A student that conserves its own energy is not thereby accurate');
    expect(page).toContain('href="./frames/si-teacher-worst.xyz"');
  });

  it('names every comparison once and stays small with many of them', async () => {
    const page = await renderHtml([
      comparisonInput({
        systems: [8, 64, 216],
        students: ['silicon-student', 'silicon-tiny', 'silicon-twin'],
      }),
    ]);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
    for (let k = 1; k <= 9; k++) expect(page).toContain(`<a href="#compare-${k}">`);
    const before = page.split('<script type="application/json" id="chart-data">')[0]!;
    const ids = [...before.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
    const aims = [...before.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
    expect(aims.filter((aim) => !ids.includes(aim))).toEqual([]);
  }, 120_000);

  it.each([
    [
      'a failed campaign',
      { campaign: 'failed' as const },
      'The paired campaign on si64 failed at the student in pair 3: the worker process crashed.',
    ],
    [
      'an aborted campaign',
      { campaign: 'aborted' as const },
      'What is shown rests on 2 of 8 process pairs, too few to quote.',
    ],
    ['no examination', { examined: false as const }, 'No frames were examined on si64'],
    [
      'a failed examination',
      { examined: 'failed' as const },
      'The examination on si64 failed: no step was finished for too long.',
    ],
    ['no runs', {}, 'silicon-student runs MD of si64 4.56× as fast'],
    ['no pairs', { pairs: 0 }, 'No speed-up could be computed on si64: no process pair was finished.'],
    ['a rerun', { rerun: true }, 'This is the one declared rerun'],
  ])('is made with %s, and says so', async (_, options, sentence) => {
    const text = words(
      await renderHtml([
        comparisonInput({ systems: [64], students: ['silicon-student'], cases: false, ...options }),
      ]),
    );
    expect(text).toContain(sentence);
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });
});

describe('the page of a check', () => {
  it('leads with the verdict and every gate, its state in a mark and a word', async () => {
    const page = await renderHtml([checkInput()]);
    const text = words(page);
    expect(page).toContain('<title>FAILED: ');
    for (const state of ['✗ failed', '! error', '? inconclusive', '– skipped', '✓ passed'])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(state);
    expect(text).toContain(
      'Up to 3 % slower is tolerated; the smallest regression that this campaign could see is 2.1 %.',
    );
    expect(page.match(/<figure class="chart"/g)!.length).toBe(3);
    expect(page.indexOf('id="check-1-gates"')).toBeLessThan(page.indexOf('id="check-1-ratios"'));
  });
});
