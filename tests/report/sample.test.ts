// reports/sample/: a document made by the tool and its Markdown. After `mdbench run … --out reports/sample`, take the
// new Markdown with `npx vitest run tests/report/sample.test.ts -u`.

import { expect, it } from 'vitest';
import { renderHtml, renderMarkdown } from '../../src/report/index.js';
import { decodeCase, readDocument } from '../../src/result/index.js';

const directory = new URL('../../reports/sample', import.meta.url).pathname;

function sample() {
  const document = readDocument(directory);
  return {
    document,
    samples: new Map(document.cases.map((result) => [result.id, decodeCase(result, directory)])),
  };
}

it('the Markdown of the sample is what its document says', async () => {
  await expect(renderMarkdown([sample()])).toMatchFileSnapshot(`${directory}/report.md`);
});

it('the sample makes a page', async () => {
  const page = await renderHtml([sample()]);
  expect(page.length).toBeLessThanOrEqual(1_500_000);
  expect(page.match(/<figure class="chart"/g)!.length).toBeGreaterThanOrEqual(7);
});

it('names no folder of the machine that it was made on', () => {
  const { document } = sample();
  const text = JSON.stringify({
    ...document,
    cases: document.cases.map(({ recording: _, ...rest }) => rest),
  });
  expect(text).not.toMatch(/"\/(home|Users|root|tmp|work)\//);
});
