import { describe, expect, it } from 'vitest';
import { type ReportInput, renderHtml, renderMarkdown, renderTerminal } from '../../src/report/index.js';
import { sampleInput } from '../support/sample-document.js';

const reason = 'recordings/a.f64 is not beside the document.';

/** Two cases with numbers, the first of them without its samples. */
function input(): ReportInput {
  const whole = sampleInput([
    { id: 'a', steps: 300 },
    { id: 'b', steps: 300 },
  ]);
  const warnings = [{ code: 'recording-missing', values: { case: 'a', reason } }];
  return {
    document: { ...whole.document, warnings },
    samples: new Map([...whole.samples].filter(([id]) => id !== 'a')),
  };
}

describe('a case whose recording is missing', () => {
  it('has its tiles, verdicts, tables and those charts that need no samples', async () => {
    const page = await renderHtml([input()]);
    const [, a, b] = page.split('<section class="case') as [string, string, string];
    const charts = (text: string) =>
      [...text.matchAll(/<figure class="chart" id="case-\d-chart-([a-z-]+)"/g)].map((match) => match[1]);
    expect(charts(a)).toEqual(['memory', 'cold-start']);
    expect(charts(b).length).toBe(7);
    for (const part of ['class="tiles"', 'class="verdicts"', 'id="case-1-numbers"', 'id="case-1-phases"'])
      expect(a).toContain(part);
  });

  it('names every chart that is not drawn, and why', async () => {
    const page = await renderHtml([input()]);
    const a = page.split('<section class="case')[1]!;
    for (const title of ['Latency over steps', 'Latency distribution', 'Conserved quantity', 'Temperature'])
      expect(a).toMatch(new RegExp(`“${title}”[^<]* cannot be drawn: [^<]*${reason.slice(0, -1)}`));
    expect(page.split('<section class="case')[2]).not.toContain('cannot be drawn');
  });

  it.each([
    ['Markdown', (one: ReportInput) => renderMarkdown([one])],
    ['the terminal', (one: ReportInput) => renderTerminal(one)],
  ])('is said in %s, beside all of its numbers', (_, render) => {
    const text = render(input()).replace(/\s+/g, ' ');
    expect(text).toContain('The raw samples of a are missing');
    expect(text).toContain(reason);
    expect(text.match(/Steps per second (\| whole step \| )?\d/g)!.length).toBe(2);
  });

  it('is shown without a word of the document about it, too', async () => {
    const { document } = sampleInput([{ steps: 200 }]);
    expect(await renderHtml([{ document, samples: new Map() }])).toContain('its recording was not read');
  });
});
