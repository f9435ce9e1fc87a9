import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.js';
import {
  commandProfile,
  cudaOf,
  gpuProfile,
  hostileKernel,
  kernelOf,
  longKernel,
  shared,
} from '../support/synthetic-cuda.js';
import {
  analyticProfile,
  emptyProfile,
  onnxProfile,
  operatorsOf,
  profileInput,
} from '../support/synthetic-profile.js';

const limit = 1_500_000;
const words = (page: string) =>
  page
    .split('<script')[0]!
    .replaceAll(/<style>.*?<\/style>|<svg.*?<\/svg>|<[^>]+>/gs, ' ')
    .replaceAll(/\s+/g, ' ');
const markup = (page: string) => page.split('<script type="application/json" id="chart-data">')[0]!;

describe('the page of a profile', () => {
  it('leads with the sentence and goes on in the order of a reader’s questions, down to the timing pass', async () => {
    const page = await renderHtml([profileInput([gpuProfile()])]);
    const parts = ['phases', 'operators', 'nodes', 'spikes', 'counters', 'cuda', 'kernels', 'gaps', 'copies'];
    const order = [
      'profile',
      ...[...parts, 'calls', 'devices', 'timeline'].map((part) => `profile-1-${part}`),
      'runs',
      'case-1',
      'environment',
      'raw',
    ];
    const places = order.map((id) => page.indexOf(` id="${id}"`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(page.indexOf('class="quote"')).toBeLessThan(places[1]!);
    expect(page).toContain('<title>Profile of Silicon student on si64 · mdbench</title>');
    expect(words(page)).toContain('Headline numbers never come from the profiling pass.');
    expect(words(page)).toContain('the times to quote are these');
  });

  it('has ids that are unique, and links that lead somewhere', async () => {
    for (const profiles of [[gpuProfile()], [onnxProfile(), { ...analyticProfile(), caseId: 'b' }]]) {
      const before = markup(await renderHtml([profileInput(profiles)]));
      const ids = [...before.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
      expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
      const aims = [...before.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
      expect(aims.filter((aim) => !ids.includes(aim))).toEqual([]);
      expect(aims.some((aim) => aim.startsWith('profile-1'))).toBe(true);
    }
  }, 60_000);

  it('draws the bar of phases to scale', async () => {
    const page = await renderHtml([profileInput([onnxProfile()])]);
    const bar = page.slice(page.indexOf('id="profile-1-phases"')).match(/<div class="shares".*?<\/div>/s)![0];
    const shares = [...bar.matchAll(/flex:([\d.]+) 1 0/g)].map((match) => Number(match[1]));
    expect(shares.length).toBe(8);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 6);
    expect(Math.max(...shares)).toBe(94);
    expect(bar).toContain('title="force call 94.00 %"');
  });

  it('shortens long names in the middle, with the whole one in a tooltip and in the document', async () => {
    const page = await renderHtml([profileInput([gpuProfile()])]);
    const cell = markup(page).match(/<span class="name" title="(void cutlass[^"]*)">([^<]*)<\/span>/)!;
    const text = (escaped: string) =>
      escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    expect(text(cell[1]!)).toBe(longKernel);
    expect(text(cell[2]!)).toMatch(/^void cutlass::device_kernel<.+….+>>\(cutlass::Params\)$/);
    expect([...text(cell[2]!)].length).toBe(90);
    expect(page).toContain(JSON.stringify(longKernel).slice(1, -1).replaceAll('<', '\\u003c'));
  });

  it('escapes what a kernel is called', async () => {
    const page = await renderHtml([profileInput([gpuProfile()])]);
    expect(markup(page)).not.toContain(hostileKernel.slice(0, 20));
    expect(markup(page)).toContain('&lt;script&gt;document.title=');
    expect(page).not.toContain('<img src=x');
  });

  it('has no heading of a part that is not there', async () => {
    const page = await renderHtml([profileInput([analyticProfile()])]);
    for (const part of ['operators', 'nodes', 'cuda', 'kernels', 'gaps', 'copies', 'calls', 'devices'])
      expect(page).not.toContain(` id="profile-1-${part}"`);
    expect(words(page)).toContain('is no ONNX file: it has no operators to list.');
    const bare = words(await renderHtml([profileInput([{ ...emptyProfile, caseId: 'a' }])]));
    expect(bare).toContain('There is nothing to show.');
  }, 60_000);

  it('of a command has no timing pass', async () => {
    const page = await renderHtml([profileInput([commandProfile()])]);
    expect(page).toContain('<title>Profile of python teacher.py --name &#39;a b&#39; · mdbench</title>');
    expect(page).not.toContain(' id="runs"');
    expect(page).not.toContain(' id="profile-1-phases"');
    expect(words(page)).toMatch(/forces 0\.7 1\.1 9/);
    expect(words(page)).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  it('of a command that was aborted counts no cases', async () => {
    const page = await renderHtml([profileInput([commandProfile()], {}, { status: 'aborted' })]);
    expect(words(page)).toContain('This run was aborted before it was finished.');
  });

  it('lists several profiles before any of them', async () => {
    const several = [onnxProfile(), { ...analyticProfile(), caseId: 'b' }];
    const page = await renderHtml([profileInput(several)]);
    expect(words(page)).toContain('2 profiles');
    expect(words(page)).toMatch(/64 2\.139 ms force call 94 % MatMul 61 % 1\.02× /);
    expect(words(page)).toMatch(/64 2\.139 ms force call 82 % – 1\.02× /);
    expect(page.indexOf('href="#profile-2"')).toBeLessThan(page.indexOf(' id="profile-1"'));
  }, 60_000);

  it.each([
    [
      'very many nodes and kernels with very long names',
      () => {
        const nodes = Array.from({ length: 500 }, (_, k) => ({
          ...operatorsOf().nodes[0]!,
          name: `/node/${k}/`.repeat(40),
        }));
        const kernels = Array.from({ length: 400 }, (_, k) =>
          kernelOf(`k${k}<${'x'.repeat(20_000)}>`, 10, 0.1),
        );
        return [
          onnxProfile({ operators: operatorsOf({ nodes }), cuda: cudaOf({ kernels: shared(kernels) }) }),
        ];
      },
    ],
    [
      'a command with very many kernels',
      () => {
        const kernels = Array.from({ length: 4000 }, (_, k) =>
          kernelOf(`k${k}<${'x'.repeat(500)}>`, 10, 0.1),
        );
        return [commandProfile({ cuda: cudaOf({ kernels: shared(kernels) }) })];
      },
    ],
    ['many cases', () => Array.from({ length: 40 }, (_, k) => ({ ...onnxProfile(), caseId: `case-${k}` }))],
  ])(
    'stays within 1.5 MB: %s',
    async (_, profiles) => {
      const page = await renderHtml([profileInput(profiles(), { steps: 60 })]);
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
      expect(page).toContain(' id="profile"');
    },
    120_000,
  );
});
