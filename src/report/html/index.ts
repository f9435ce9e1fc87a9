// The page within its size: as much detail as fits, from everything down to words and tables.

import { readVegaRuntime } from '../../vega-runtime.js';
import { listChecks } from '../compare/check-lead.js';
import { listComparisons } from '../compare/view.js';
import { listCases, type ReportInput } from '../input.js';
import { listProfiles } from '../profile/view.js';
import { type Extent, page } from './page.js';

interface HtmlOptions {
  /** Bytes that the page may have; 1.5 MB unless told. */
  readonly limit?: number;
}

/** Bins below which a chart is better left out. */
const fewestBins = 40;
/** More cases than this never fit with their charts. */
const mostDrawn = 16;
/** Style, specs and expressions of a page, which no extent makes smaller. */
const fixedBytes = 120_000;

/** One self-contained page: no request to anywhere, readable without scripts. */
export async function renderHtml(inputs: readonly ReportInput[], options: HtmlOptions = {}): Promise<string> {
  const limit = options.limit ?? 1_500_000;
  const runtime = await readVegaRuntime();
  let extent = widest(
    listCases(inputs).length,
    listComparisons(inputs).length + listChecks(inputs).length,
    listProfiles(inputs).length,
  );
  for (;;) {
    const text = await page(inputs, extent, runtime);
    const bytes = new TextEncoder().encode(text).length;
    if (bytes <= limit || extent.full + extent.profiled + extent.raw === 0) return text;
    const fixed = extent.drawn > 0 ? runtime.length + fixedBytes : fixedBytes;
    extent = narrower(extent, Math.max(0, limit - fixed) / (bytes - fixed));
  }
}

function widest(cases: number, compared: number, profiled: number): Extent {
  const bins = Math.min(500, Math.floor(1500 / Math.max(1, cases + compared)));
  return {
    detail: { bins: Math.max(fewestBins, bins) },
    drawn: Math.min(cases, mostDrawn),
    full: cases,
    compared: Math.min(compared, mostDrawn),
    profiled,
    raw: 450_000,
  };
}

/**
 * Coarser series and less raw data first; then fewer cases with charts, down to none; then fewer comparisons with
 * charts; then fewer cases in full, at last fewer profiles.
 */
function narrower({ detail, drawn, full, compared, profiled, raw }: Extent, share: number): Extent {
  const kept = 0.9 * share;
  const coarse = detail.bins <= fewestBins;
  const bare = drawn === 0 && raw === 0;
  return {
    detail: { bins: Math.max(fewestBins, Math.floor(kept * detail.bins)) },
    drawn: coarse ? Math.floor(kept * drawn) : drawn,
    full: bare && compared === 0 ? Math.floor(kept * full) : full,
    compared: bare ? Math.floor(kept * compared) : compared,
    profiled: bare && full === 0 ? Math.floor(kept * profiled) : profiled,
    raw: raw < 50_000 ? 0 : Math.floor(kept * raw),
  };
}
