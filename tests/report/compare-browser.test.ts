import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.js';
import { chromiumPath, launchBrowser, openFile } from '../support/browser.js';
import { checkInput } from '../support/synthetic-check.js';
import { comparisonInput } from '../support/synthetic-comparison.js';

/** Charts of one comparison without runs: two ratios, parity, errors, three curves, trade-off, control. */
const figures = { one: 9, many: 4 * 7 + 2 + 4, check: 3 };

describe.skipIf(chromiumPath === null)(
  'pages of comparisons in a real browser (needs Chromium: CHROMIUM_PATH or /usr/bin)',
  () => {
    let browser: Browser;
    let folder: string;
    const file = (name: string) => join(folder, `${name}.html`);

    beforeAll(async () => {
      browser = await launchBrowser();
      folder = mkdtempSync(join(tmpdir(), 'mdbench-compare-'));
      const inputs = {
        one: comparisonInput({ systems: [64], students: ['silicon-student'], cases: false }),
        many: comparisonInput({ cases: false }),
        check: checkInput(),
      };
      for (const [name, input] of Object.entries(inputs))
        writeFileSync(file(name), await renderHtml([input]));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      if (folder) rmSync(folder, { recursive: true });
    });

    it.each(Object.entries(figures))(
      'draws every chart of %s, without a complaint or a request',
      async (name, expected) => {
        const { page, complaints, requests } = await openFile(browser, file(name));
        await drawAll(page);
        const charts = (await page.evaluate(`[...document.querySelectorAll('figure.chart')].map((figure) => ({
          id: figure.id,
          ink: [...figure.querySelectorAll('.plot svg [class*="mark-"] :is(path, line)')].some((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 2 || box.height > 2;
          }),
        }))`)) as { id: string; ink: boolean }[];
        expect(charts.length).toBe(expected);
        expect(charts.filter(({ ink }) => !ink)).toEqual([]);
        expect(complaints).toEqual([]);
        expect(requests).toEqual([]);
        await page.context().close();
      },
      60_000,
    );

    it.each([true, false])(
      'fits 390 px without scrolling sideways, light and dark (scripts: %s)',
      async (javaScriptEnabled) => {
        for (const name of ['one', 'check'] as const) {
          const { page, complaints } = await openFile(browser, file(name), {
            javaScriptEnabled,
            colorScheme: javaScriptEnabled ? 'dark' : 'light',
            viewport: { width: 390, height: 800 },
          });
          if (javaScriptEnabled) await drawAll(page);
          const charts = page.locator('figure.chart .plot > *:first-child');
          expect(await charts.count()).toBe(figures[name]);
          for (let k = 0; k < (await charts.count()); k++) {
            const box = (await charts.nth(k).boundingBox())!;
            expect(box.height).toBeGreaterThan(40);
            expect(box.x + box.width).toBeLessThanOrEqual(390);
          }
          const sideways = await page
            .locator('html')
            .evaluate((root: { scrollWidth: number }) => root.scrollWidth);
          expect(sideways).toBe(390);
          expect(complaints).toEqual([]);
          await page.context().close();
        }
      },
      60_000,
    );

    it('draws the bars of a step to scale', async () => {
      const { page } = await openFile(browser, file('one'));
      const widths = await page
        .locator('.timed .shares')
        .evaluateAll((bars: { getBoundingClientRect(): { width: number } }[]) =>
          bars.map((bar) => bar.getBoundingClientRect().width),
        );
      expect(widths[0]! / widths[1]!).toBeCloseTo(4.56, 0);
      const inner = await page
        .locator('.timed .shares')
        .nth(1)
        .locator('span')
        .evaluateAll((parts: { getBoundingClientRect(): { width: number } }[]) =>
          parts.reduce((sum, part) => sum + part.getBoundingClientRect().width, 0),
        );
      expect(inner).toBeGreaterThan(0.9 * widths[1]!);
      await page.context().close();
    });

    it('is dark where the reader asks for it, with the words in sight', async () => {
      const { page } = await openFile(browser, file('check'), { colorScheme: 'dark' });
      const colors = (await page.evaluate(
        `[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.quote')).color]`,
      )) as string[];
      const [back, text] = colors.map((rgb) => Math.max(...rgb.match(/\d+/g)!.slice(0, 3).map(Number)));
      expect(back).toBeLessThan(60);
      expect(text).toBeGreaterThan(180);
      await page.context().close();
    });
  },
);

async function drawAll(page: Page): Promise<void> {
  const all = page.locator('figure.chart');
  for (let k = 0; k < (await all.count()); k++) await all.nth(k).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator('figure.chart:not(.drawn)').count(), { timeout: 20_000 }).toBe(0);
}
