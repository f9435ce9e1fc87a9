import { describe, expect, it } from 'vitest';
import { html, jsonText, raw } from '../../src/report/html/markup.js';
import { type ReportInput, renderHtml } from '../../src/report/index.js';
import { sampleInput } from '../support/sample-document.js';

const limit = 1_500_000;
const size = (page: string) => Buffer.byteLength(page);

describe('the size of the page', () => {
  it('stays within 1.5 MB for a million steps', async () => {
    const page = await renderHtml([sampleInput([{ steps: 1_000_000, forceCall: 0.05 }])]);
    expect(size(page)).toBeLessThanOrEqual(limit);
    expect(page.match(/<figure/g)!.length).toBe(7);
  });

  it('stays within 1.5 MB where the document alone is larger', async () => {
    const page = await renderHtml([sampleInput([{ steps: 20_000 }])]);
    expect(size(page)).toBeLessThanOrEqual(limit);
    expect(page).toContain('without the columns of samples');
  });

  it('stays within 1.5 MB for a large grid, and says what is left out', async () => {
    const { document, samples } = sampleInput([{ steps: 60 }]);
    const [one] = document.cases;
    const ids = Array.from({ length: 150 }, (_, k) => `case-${k}`);
    const page = await renderHtml([
      {
        document: { ...document, cases: ids.map((id) => ({ ...one!, id })) },
        samples: new Map(ids.map((id) => [id, samples.get(one!.id)!])),
      },
    ]);
    expect(size(page)).toBeLessThanOrEqual(limit);
    for (const id of ids) expect(page).toContain(`>${id}</`);
    expect(page).toMatch(/the first \d+ of 150 cases are shown in full/);
    expect(page).toContain('The result document is not in this page');
  }, 120_000);

  it('gives up charts before cases', async () => {
    const cases = Array.from({ length: 25 }, (_, k) => ({ id: `case-${k}`, steps: 100 }));
    const page = await renderHtml([sampleInput(cases)]);
    expect(size(page)).toBeLessThanOrEqual(limit);
    expect(page.match(/<section class="case/g)!.length).toBe(25);
    expect(page).toMatch(/charts are drawn for the first \d+ of 25 cases/);
  }, 120_000);
});

describe('the page', () => {
  it('names nothing outside itself', async () => {
    const page = await renderHtml([sampleInput([{ steps: 100 }])]);
    const before = page
      .split('<script type="application/json" id="chart-data">')[0]!
      .replaceAll('&#39;', "'");
    expect(before).not.toMatch(/(src|href)="(?!#|data:)/);
    expect(before).not.toMatch(/url\((?!#)/);
    expect(before).toContain(`content="default-src 'none'; script-src 'sha256-`);
    expect(before).not.toContain('unsafe-eval');
    expect(before).not.toMatch(/script-src[^;]*unsafe-inline/);
  });

  it('has ids once, and an aim for every link', async () => {
    const page = await renderHtml([sampleInput([{ steps: 100 }, { id: 'b', steps: 100, seeds: 3 }])]);
    const [before] = page.split('<script type="application/json" id="chart-data">') as [string];
    const ids = [...before.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
    const aims = [...before.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
    expect(aims.filter((aim) => !ids.includes(aim))).toEqual([]);
  });

  it('says failures with their step and cause, before any number', async () => {
    const failure = {
      stage: 'measure',
      seed: 1,
      step: 413,
      cause: 'nan-energy',
      message: 'E is NaN',
      hint: null,
    } as const;
    const page = await renderHtml([sampleInput([{ steps: 412, failure, status: 'failed' }])]);
    const said = page.indexOf('Stopped at step 413 of the measured stage (seed 1): the energy became NaN.');
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThan(page.indexOf('class="tiles"'));
  });

  it('carries a banner when the run was aborted', async () => {
    const page = await renderHtml([sampleInput([{ steps: 100, status: 'aborted' }], { status: 'aborted' })]);
    expect(page).toContain('This run was aborted before it was finished');
    expect(page).toContain('■');
  });

  it('has the title of the suite above the states, with the command', async () => {
    const page = await renderHtml([
      sampleInput([{ steps: 50 }, { id: 'b', steps: 50 }], { title: 'Force fields <on> silicon' }),
    ]);
    expect(page).toContain('<h1>Force fields &lt;on&gt; silicon</h1><p class="lead">2 completed</p>');
    expect(page).toContain('<code>mdbench run benchmarks/models/silicon-student.onnx</code>');
    expect(page).toContain('<title>Force fields &lt;on&gt; silicon · mdbench</title>');
  });

  it('leaves out the cell of an open system and the list of a model without one', async () => {
    const input = sampleInput([{ steps: 50 }]);
    const [only] = input.document.cases;
    only!.system = { ...only!.system!, cell: [0, 0, 0, 0, 0, 0, 0, 0, 0], pbc: [false, false, false] };
    only!.forceField!.settings.neighbors = { kind: 'none', center: 'first' };
    const page = (await renderHtml([input])).split('<script')[0]!;
    expect(page).toContain('<dd>open</dd>');
    expect(page).not.toMatch(/0 × 0|kind none|<dt>cell|<dt>neighbors/);
  });

  it('has the interval of the speed in the overview and the asked temperature in its tile', async () => {
    const input = sampleInput([
      { id: 'a', steps: 2000 },
      { id: 'b', steps: 2000 },
    ]);
    const page = await renderHtml([input]);
    expect(page).toMatch(/steps\/s<\/span><br><small class="muted">[\d.]+ to [\d.]+<\/small>/);
    expect(page).toMatch(/Mean temperature<\/div>.*?<div class="tile-interval">[^<]*asked 300 K<\/div>/);
  });

  it('shows several documents as one, told apart', async () => {
    const page = await renderHtml([sampleInput([{ steps: 50 }]), sampleInput([{ steps: 50 }])]);
    expect(page).toContain('si64-silicon-student-nve (1)');
    expect(page).toContain('si64-silicon-student-nve (2)');
  });

  it('is made of a document without cases, and of none', async () => {
    const empty: ReportInput = { ...sampleInput([]) };
    expect(await renderHtml([empty])).toContain('no case');
    expect(await renderHtml([])).toContain('no case');
  });

  it('is the same whenever it is made', async () => {
    const made = [
      await renderHtml([sampleInput([{ steps: 50 }])]),
      await renderHtml([sampleInput([{ steps: 50 }])]),
    ];
    expect(new Set(made).size).toBe(1);
  });
});

describe('markup', () => {
  it('escapes what it is given', () => {
    expect(html`<b title="${`"'`}">${'<script>alert(1)</script>&'}</b>`.html).toBe(
      '<b title="&quot;&#39;">&lt;script&gt;alert(1)&lt;/script&gt;&amp;</b>',
    );
    expect(html`${[html`<i>${1}</i>`, raw('<hr>')]}${null}${false}`.html).toBe('<i>1</i><hr>');
  });

  it('keeps JSON inside its element', () => {
    const text = jsonText({ name: '</script><!--\u2028' });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ name: '</script><!--\u2028' });
  });
});
