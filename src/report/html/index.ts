// The page within its size: as much detail as fits, from everything down to words and tables.

import { readVegaRuntime } from '../../vega-runtime.js';
import { listCases, type ReportInput } from '../input.js';
import { type Extent, page } from './page.js';

export interface HtmlOptions {
  /** Bytes that the page may have; 1.5 MB unless told. */
  readonly limit?: number;
}

/** One self-contained page: no request to anywhere, readable without scripts. */
export async function renderHtml(inputs: readonly ReportInput[], options: HtmlOptions = {}): Promise<string> {
  const limit = options.limit ?? 1_500_000;
  const runtime = await readVegaRuntime();
  let text = '';
  for (const extent of extents(listCases(inputs).length)) {
    text = await page(inputs, extent, runtime);
    if (new TextEncoder().encode(text).length <= limit) break;
  }
  return text;
}

/** Ever smaller: first coarser series, then the raw samples, at last fewer cases with charts. */
function extents(cases: number): Extent[] {
  const first = Math.max(30, Math.min(500, Math.floor(1500 / Math.max(1, cases))));
  const all = [1, 0.5, 0.25].map((share) => ({
    detail: { bins: Math.max(20, Math.floor(first * share)) },
    drawn: cases,
    raw: 450_000 * share,
  }));
  const few = [16, 8, 4, 1, 0].filter((drawn) => drawn < cases);
  return [...all, ...few.map((drawn) => ({ detail: { bins: 40 }, drawn, raw: 100_000 }))];
}
