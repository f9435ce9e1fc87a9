// The only file that knows where the Vega runtime lies: one script, inlined into every page.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The text of `vega.min.js` from the installed package. */
export async function readVegaRuntime(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('vega'));
  return readFile(join(folder, 'vega.min.js'), 'utf8');
}
