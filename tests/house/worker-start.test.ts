// What a worker loads before it computes a built-in force field: every paired campaign pays for it twice a pair.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('what a worker loads statically', () => {
  it.each([
    ['service.js', []],
    ['segment-worker.js', ['zod']],
    ['segment-service.js', []],
  ])('%s: no package but %j, nothing of ONNX, statistics or reports', (file, packages) => {
    const loaded = staticImports(resolve('dist/measure', file));
    expect([...loaded].filter((name) => !name.startsWith('/'))).toEqual(packages);
    const rooms = new Set([...loaded].map((name) => /\/dist\/([a-z]+)\//.exec(name)?.[1]));
    for (const room of ['onnx', 'report', 'profile', 'compare', 'validate'])
      expect(rooms).not.toContain(room);
    expect(loaded.size).toBeGreaterThan(3);
  });
});

/** Paths of files, and names of packages, that are loaded with a compiled file. */
function staticImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?:[^;]*? from )?'((?!node:)[^']+)';$/gm,
  );
  for (const [, name] of imports) {
    if (name!.startsWith('.')) staticImports(resolve(dirname(file), name!), seen);
    else seen.add(name!);
  }
  return seen;
}
