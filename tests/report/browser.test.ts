import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.js';
import { chromiumPath, launchBrowser, openFile } from '../support/browser.js';
import { sampleInput } from '../support/sample-document.js';

const nan = {
  stage: 'measure',
  seed: 1,
  step: 413,
  cause: 'nan-energy',
  message: 'NaN.',
  hint: null,
} as const;

describe.skipIf(chromiumPath === null)(
  'the page in a real browser (needs Chromium: CHROMIUM_PATH or /usr/bin)',
  () => {
    let browser: Browser;
    let folder: string;
    let single: string;
    let grid: string;

    beforeAll(async () => {
      browser = await launchBrowser();
      folder = mkdtempSync(join(tmpdir(), 'mdbench-report-'));
      single = join(folder, 'single.html');
      grid = join(folder, 'grid.html');
      writeFileSync(single, await renderHtml([sampleInput([{ steps: 1000 }])]));
      const cases = [
        { id: 'si64-student', steps: 400 },
        { id: 'si64-teacher', steps: 400, seeds: 8, spikes: [200] },
        { id: 'si216-teacher', steps: 412, atoms: 216, failure: nan, status: 'failed' as const },
        { id: 'si512-student', atoms: 512, status: 'pending' as const },
      ];
      writeFileSync(grid, await renderHtml([sampleInput(cases)]));
    });

    afterAll(async () => {
      await browser?.close();
      if (folder) rmSync(folder, { recursive: true });
    });

    it.each(['single', 'grid'])(
      'draws every chart of the %s page, without a complaint or a request',
      async (name) => {
        const { page, complaints, requests } = await openFile(browser, name === 'single' ? single : grid);
        await drawAll(page);
        const charts = await page.evaluate(`[...document.querySelectorAll('figure.chart')].map((figure) => ({
      id: figure.id,
      drawn: figure.classList.contains('drawn'),
      marks: figure.querySelectorAll('.plot svg path, .plot svg line, .plot svg rect').length,
      ink: [...figure.querySelectorAll('.plot svg [class*="mark-"] path')].some((path) => {
        const box = path.getBoundingClientRect();
        return box.width > 2 && box.height > 2;
      }),
    }))`);
        const drawn = charts as { id: string; drawn: boolean; marks: number; ink: boolean }[];
        expect(drawn.length).toBe(name === 'single' ? 7 : 3 * 7 + 1);
        expect(drawn.filter((chart) => !chart.drawn || !chart.ink || chart.marks < 4)).toEqual([]);
        expect(complaints).toEqual([]);
        expect(requests).toEqual([]);
      },
    );

    it('says what was run, what came of it and the numbers on the first screen', async () => {
      const { page } = await openFile(browser, single);
      const tiles = (await page.locator('.tiles').boundingBox())!;
      expect(tiles.y + tiles.height).toBeLessThan(900);
      const above = await page.locator('main').textContent();
      expect(above!.indexOf('completed')).toBeLessThan(above!.indexOf('Energy drift'));
    });

    it('is light or dark as the reader asks, by preference, mouse and keyboard', async () => {
      const { page } = await openFile(browser, single, { colorScheme: 'dark' });
      const dark = await background(page);
      expect(luminance(dark)).toBeLessThan(0.2);
      expect(await page.locator('#theme').getAttribute('aria-pressed')).toBe('true');
      await page.locator('#theme').focus();
      await page.keyboard.press('Enter');
      expect(luminance(await background(page))).toBeGreaterThan(0.8);
      expect(await page.locator('#theme').getAttribute('aria-pressed')).toBe('false');
      await page.locator('#theme').click();
      expect(await background(page)).toBe(dark);
    });

    it('draws charts in the colors of the theme', async () => {
      const { page } = await openFile(browser, single, { colorScheme: 'light' });
      const color = () =>
        page.evaluate(
          `getComputedStyle(document.querySelector('figure.chart svg [stroke^="var(--series-1"]')).stroke`,
        );
      const light = await color();
      await page.locator('#theme').click();
      expect(await color()).not.toBe(light);
    });

    it('has every chart, and no empty promise, with scripts off', async () => {
      const { page, complaints, requests } = await openFile(browser, single, { javaScriptEnabled: false });
      const figures = page.locator('figure.chart');
      expect(await figures.count()).toBe(7);
      for (let k = 0; k < 7; k++) {
        const box = await figures.nth(k).locator('.plot > svg').boundingBox();
        expect(box!.width).toBeGreaterThan(400);
        expect(box!.height).toBeGreaterThan(60);
      }
      expect(await page.locator('#theme').isVisible()).toBe(false);
      expect(await page.locator('button[data-download]').isVisible()).toBe(false);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    });

    it.each([true, false])(
      'fits 400 px without scrolling sideways (scripts: %s)',
      async (javaScriptEnabled) => {
        for (const file of [single, grid]) {
          const { page } = await openFile(browser, file, {
            javaScriptEnabled,
            viewport: { width: 400, height: 800 },
          });
          if (javaScriptEnabled) await drawAll(page);
          const cut = await page
            .locator('.plot')
            .evaluateAll(
              (plots: { scrollWidth: number; clientWidth: number }[]) =>
                plots.filter((plot) => plot.scrollWidth > plot.clientWidth).length,
            );
          expect(cut).toBe(0);
          const boxes = page.locator('figure.chart .plot > *:first-child');
          for (let k = 0; k < (await boxes.count()); k++) {
            const box = (await boxes.nth(k).boundingBox())!;
            expect(box.x + box.width).toBeLessThanOrEqual(400);
          }
          const main = await page.locator('main').boundingBox();
          expect(main!.width).toBeLessThanOrEqual(400);
          const sideways = javaScriptEnabled
            ? await page.evaluate(`document.documentElement.scrollWidth`)
            : await page.locator('html').evaluate((root: { scrollWidth: number }) => root.scrollWidth);
          expect(sideways).toBe(400);
        }
      },
    );

    it('draws the charts that nobody scrolled to, too', async () => {
      const { page } = await openFile(browser, single);
      await expect.poll(() => page.locator('figure.chart:not(.drawn)').count(), { timeout: 20_000 }).toBe(0);
    });

    it('has every number of the overview in sight at 400 px', async () => {
      const { page } = await openFile(browser, grid, { viewport: { width: 400, height: 800 } });
      const cells = page.locator('#overview td');
      expect(await cells.count()).toBe(4 * 9);
      for (let k = 0; k < 36; k++) {
        const box = (await cells.nth(k).boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(400);
      }
    });

    it('reads values off a chart with the arrow keys', async () => {
      const { page } = await openFile(browser, single);
      const figure = page.locator('figure.chart').first();
      await figure.locator('.reading').waitFor({ state: 'attached' });
      await figure.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await figure.locator('.reading div').first().textContent()).toBe('step 2');
      expect(await figure.locator('.reading div').nth(1).textContent()).toMatch(/^whole step \d.* ms$/);
      await page.keyboard.press('Escape');
      expect(await figure.locator('.reading').isVisible()).toBe(false);
    });

    it('zooms into steps through the strip', async () => {
      const { page, complaints } = await openFile(browser, single);
      const figure = page.locator('figure.chart').first();
      await figure.locator('.reading').waitFor({ state: 'attached' });
      const labels = () => figure.locator('.role-axis-label').first().textContent();
      const before = await labels();
      await figure.scrollIntoViewIfNeeded();
      const box = (await figure.locator('.plot svg').boundingBox())!;
      const y = box.y + box.height - 20;
      await page.mouse.move(box.x + 0.4 * box.width, y);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.5 * box.width, y, { steps: 5 });
      await page.mouse.up();
      await page.waitForTimeout(100);
      expect(await labels()).not.toEqual(before);
      expect(complaints).toEqual([]);
    });

    it('hands out the document that it was made from', async () => {
      const { page } = await openFile(browser, single);
      const download = page.waitForEvent('download');
      await page.locator('button[data-download]').click();
      const text = readFileSync((await (await download).path())!, 'utf8');
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(sampleInput([{ steps: 1000 }]).document)));
    });

    it('runs nothing that a name smuggles in', async () => {
      const attack = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">`;
      const file = join(folder, 'attack.html');
      writeFileSync(file, await renderHtml([sampleInput([{ title: attack, id: 'attack', steps: 100 }])]));
      const { page, complaints, requests } = await openFile(browser, file);
      await drawAll(page);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('h1').textContent()).toContain('<script>');
      expect(await page.locator('main img').count()).toBe(0);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    });
  },
);

/** Charts are drawn when they come near the screen. */
async function drawAll(page: Page): Promise<void> {
  const figures = page.locator('figure.chart');
  for (let k = 0; k < (await figures.count()); k++) await figures.nth(k).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator('figure.chart:not(.drawn)').count(), { timeout: 20_000 }).toBe(0);
}

function background(page: Page): Promise<string> {
  return page.evaluate(`getComputedStyle(document.body).backgroundColor`);
}

function luminance(rgb: string): number {
  const [red, green, blue] = rgb.match(/\d+/g)!.map(Number) as [number, number, number];
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
