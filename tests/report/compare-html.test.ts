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

  it('shows a difference beside the noise of the teacher’s own run and that of another start', async () => {
    const input = comparisonInput({ systems: [64], students: ['silicon-student'], cases: false });
    input.document.comparison!.comparisons[0]!.agreement[3]!.startNoise = null;
    const text = words(await renderHtml([input]));
    expect(text).toMatch(/difference noise of two halves of another start/);
    expect(text).toMatch(/! differs 0\.31 0\.02 0\.05 /);
    expect(text).toMatch(/✓ agrees [\d.]+ K [\d.]+ K 2\.5 K 2\.9 K 31 K /);
    expect(text).toMatch(/\? unclear 0\.09 0\.04 – /);
    expect(text).toContain('Both runs begin with the same seed and velocities');
    expect(text).toContain('What MD shows: 2 of 4 agree, 1 differs, 1 unclear');
    expect(text).toContain('what another start could explain is not known: vibrational spectrum.');
  });

  it('says that parts are of the mean step, and gives no ratio for what is below 1 % of both', async () => {
    const ratioOfList = async (share: number) => {
      const input = comparisonInput({ systems: [64], students: ['silicon-student'], cases: false });
      for (const shares of Object.values(input.document.comparison!.comparisons[0]!.shares))
        Object.assign(shares!, { neighbors: share });
      return /part of the mean step .*? neighbor list \S+ \S+ \S+ % \S+ \S+ \S+ % (\S+) /.exec(
        words(await renderHtml([input])),
      )?.[1];
    };
    expect(await ratioOfList(0.0099)).toBe('–');
    expect(await ratioOfList(0.0101)).toMatch(/^\d\.\d+×$/);
  });

  it('has a dot in the legend for what is drawn as dots', async () => {
    const page = await renderHtml([
      comparisonInput({ systems: [64], students: ['silicon-student'], cases: false }),
    ]);
    const keyOf = (label: string) =>
      new RegExp(`<i class="key (\\w+)"[^>]*></i>${label}</span>`).exec(page)?.[1];
    expect(keyOf('block')).toBe('dot');
    expect(keyOf('frames of the teacher')).toBe('dot');
    expect(keyOf('mean of a pair')).toBe('line');
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
