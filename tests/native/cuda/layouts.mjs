// Writes layouts.h, the committed table, from NVIDIA's headers: `node layouts.mjs FOLDER [output]`, where FOLDER/11.8,
// 12.4, 12.8, 13.0, 13.5 are where the wheels of that CUPTI lie unpacked. What is not there is left as it is committed.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Version, its number, the headers that hold its records, and which: kernel, copy, copy between devices, memset. */
export const layouts = [
  ['11.0', 13, '11.8', 'Kernel5', 'Memcpy3', 'MemcpyPtoP2', 'Memset2'],
  ['11.2', 15, '11.8', 'Kernel6', 'Memcpy4', 'MemcpyPtoP3', 'Memset3'],
  ['11.6', 17, '11.8', 'Kernel7', 'Memcpy5', 'MemcpyPtoP4', 'Memset4'],
  ['11.8', 18, '11.8', 'Kernel8', 'Memcpy5', 'MemcpyPtoP4', 'Memset4'],
  ['12.4', 22, '12.4', 'Kernel9', 'Memcpy5', 'MemcpyPtoP4', 'Memset4'],
  ['12.8', 26, '12.8', 'Kernel9', 'Memcpy6', 'MemcpyPtoP4', 'Memset4'],
  ['13.0', 130001, '13.0', 'Kernel10', 'Memcpy6', 'MemcpyPtoP4', 'Memset4'],
  ['13.1', 130100, '13.5', 'Kernel11', 'Memcpy6', 'MemcpyPtoP4', 'Memset4'],
  ['13.3', 130300, '13.5', 'Kernel12', 'Memcpy6', 'MemcpyPtoP4', 'Memset4'],
  ['13.5', 130500, '13.5', 'Kernel13', 'Memcpy7', 'MemcpyPtoP4', 'Memset5'],
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const output = process.argv[3] ?? join(here, 'layouts.h');
  writeFileSync(output, table(process.argv[2]));
}

/** The text of layouts.h. */
export function table(wheels) {
  const committed = existsSync(join(here, 'layouts.h')) ? readFileSync(join(here, 'layouts.h'), 'utf8') : '';
  const rows = layouts.map((layout) => {
    const fresh = row(wheels, layout);
    if (fresh !== null) return fresh;
    const kept = committed.split('\n').find((line) => line.startsWith(`{"${layout[0]}"`));
    if (kept === undefined) throw new Error(`no headers and no committed row of ${layout[0]}`);
    return `${kept}\n`;
  });
  return `// Offsets by layouts.mjs: version, its number, then the fields and sizes of layout-fields.h in their order.\n${rows.join('')}`;
}

/** One row from the headers of its version; null where they or a compiler are missing. */
export function row(wheels, [name, api, headers, kernel, copy, peer, set]) {
  const includes = includeFolders(wheels, headers);
  if (includes.length === 0) return null;
  const scratch = mkdtempSync(join(tmpdir(), 'mdbench-layouts-'));
  const program = join(scratch, 'layouts');
  const records = { KERNEL: kernel, COPY: copy, PEER: peer, SET: set };
  const definitions = Object.entries(records).map(([key, value]) => `-D${key}=CUpti_Activity${value}`);
  const args = [
    `-DNAME="${name}"`,
    `-DAPI=${api}`,
    ...definitions,
    ...includes.map((folder) => `-I${folder}`),
  ];
  const compiled = spawnSync(process.env.CC ?? 'cc', [...args, join(here, 'layouts.c'), '-o', program], {
    encoding: 'utf8',
  });
  const run = compiled.status === 0 ? spawnSync(program, { encoding: 'utf8' }) : null;
  rmSync(scratch, { recursive: true });
  if (compiled.error) return null;
  if (run === null) throw new Error(compiled.stderr);
  return run.stdout;
}

/** Where the headers of CUPTI and of the runtime lie in an unpacked wheel, and what those lack. */
export function includeFolders(wheels, version) {
  if (!wheels) return [];
  const found = ['cuda_cupti', 'cuda_runtime', 'cu13']
    .map((part) => join(wheels, version, 'nvidia', part, 'include'))
    .filter((folder) => existsSync(folder));
  return found.length === 0 ? [] : [...found, join(here, 'headers')];
}
