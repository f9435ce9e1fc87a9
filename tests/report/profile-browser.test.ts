import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.js';
import { chromiumPath, launchBrowser, openFile } from '../support/browser.js';
import { commandProfile, gpuProfile } from '../support/synthetic-cuda.js';
import { onnxProfile, profileInput } from '../support/synthetic-profile.js';

/** Operators and spikes; below them the seven charts of a case. */
const figures = { onnx: 9, gpu: 9, command: 0 };

describe.skipIf(chromiumPath === null)(
  'pages of profiles in a real browser (needs Chromium: CHROMIUM_PATH or /usr/bin)',
  () => {
    let browser: Browser;
    let folder: string;
    const file = (name: string) => join(folder, `${name}.html`);

    beforeAll(async () => {
      browser = await launchBrowser();
      folder = mkdtempSync(join(tmpdir(), 'mdbench-profile-'));
      const inputs = {
        onnx: profileInput([onnxProfile()]),
        gpu: profileInput([gpuProfile()]),
        command: profileInput([commandProfile()]),
      };
      for (const [name, input] of Object.entries(inputs))
        writeFileSync(file(name), await renderHtml([input]));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      if (folder) rmSync(folder, { recursive: true });
    });

    it.each(Object.entries(figures))(
      'draws every chart of %s, light and dark, without a complaint or a request',
      async (name, expected) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const { page, complaints, requests } = await openFile(browser, file(name), { colorScheme });
          await drawAll(page);
          const charts =
            (await page.evaluate(`[...document.querySelectorAll('figure.chart')].map((figure) => ({
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
        }
      },
      60_000,
    );

    it('draws a bar for each operator type as long as its share', async () => {
      const { page } = await openFile(browser, file('onnx'));
      await drawAll(page);
      const widths = (await page
        .locator('#profile-1-chart-operators .plot svg .mark-rect path')
        .evaluateAll((bars: { getBoundingClientRect(): { width: number } }[]) =>
          bars.map((bar) => bar.getBoundingClientRect().width),
        )) as number[];
      expect(widths.length).toBe(11);
      expect(widths[0]! / widths[1]!).toBeCloseTo(61 / 14, 0);
      expect(widths[0]! / widths[2]!).toBeCloseTo(61 / 8, 0);
      await page.context().close();
    });

    it.each([true, false])(
      'fits 390 px without scrolling sideways (scripts: %s)',
      async (javaScriptEnabled) => {
        for (const name of ['gpu', 'command']) {
          const { page, complaints } = await openFile(browser, file(name), {
            javaScriptEnabled,
            viewport: { width: 390, height: 800 },
          });
          const sideways = await page
            .locator('html')
            .evaluate((root: { scrollWidth: number }) => root.scrollWidth);
          expect(sideways).toBe(390);
          const cells = page.locator('#profile-1-kernels td:visible');
          for (let k = 0; k < (await cells.count()); k++) {
            const box = (await cells.nth(k).boundingBox())!;
            expect(box.x + box.width).toBeLessThanOrEqual(390);
          }
          expect(complaints).toEqual([]);
          await page.context().close();
        }
      },
      60_000,
    );

    it('has every column of the kernels in sight at 1200 px', async () => {
      const { page } = await openFile(browser, file('gpu'));
      const room = await page
        .locator('#profile-1-kernels .scroll')
        .evaluate((one: { scrollWidth: number; clientWidth: number }) => one.scrollWidth - one.clientWidth);
      expect(room).toBe(0);
      await page.context().close();
    });

    it('is walked through by the keyboard, and turns dark with it', async () => {
      const { page } = await openFile(browser, file('gpu'), { colorScheme: 'light' });
      await page.locator('nav a[href="#profile-1-kernels"]').focus();
      await page.keyboard.press('Enter');
      const box = (await page.locator('#profile-1-kernels').boundingBox())!;
      expect(box.y).toBeGreaterThan(0);
      expect(box.y).toBeLessThan(300);
      await page.locator('#theme').focus();
      await page.keyboard.press('Enter');
      const color = (await page.evaluate(`getComputedStyle(document.body).backgroundColor`)) as string;
      expect(Math.max(...color.match(/\d+/g)!.slice(0, 3).map(Number))).toBeLessThan(60);
      await page.context().close();
    });

    it('runs nothing that a kernel’s name smuggles in', async () => {
      const { page, complaints, requests } = await openFile(browser, file('gpu'));
      await drawAll(page);
      expect(await page.title()).toBe('Profile of Silicon student on si64 · mdbench');
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.locator('#profile-1-kernels td').allTextContents()).toContainEqual(
        expect.stringContaining("<script>document.title='owned'"),
      );
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
      await page.context().close();
    });
  },
);

async function drawAll(page: Page): Promise<void> {
  const all = page.locator('figure.chart');
  for (let k = 0; k < (await all.count()); k++) await all.nth(k).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator('figure.chart:not(.drawn)').count(), { timeout: 20_000 }).toBe(0);
}
