// What a worker loads before it computes a built-in force field: every paired campaign pays for it twice a pair.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const chunkText = (file: string) => readFileSync(file, 'utf8');

describe('what a program loads at its start', () => {
  it.each([
    ['chunks/service', [], 40],
    ['measure/segment-worker', ['zod'], 40],
    ['chunks/segment-service', [], 40],
    ['cli/main', ['@stdlib', 'commander', 'yaml', 'zod'], 40],
  ])('%s: no package but of %j, nothing of src/onnx, few files', (program, packages, files) => {
    const { chunks, modules } = staticallyLoaded(resolve(`dist/${program}.js`));
    const foreign = modules.flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []);
    expect(packages).toEqual(expect.arrayContaining([...new Set(foreign)]));
    const rooms = new Set(modules.map((path) => /^src\/([a-z]+)\//.exec(path)?.[1]));
    expect(rooms).not.toContain('onnx');
    if (program !== 'cli/main')
      for (const room of ['report', 'profile', 'compare', 'validate']) expect(rooms).not.toContain(room);
    expect(modules.length).toBeGreaterThan(3);
    expect(chunks.size).toBeLessThan(files);
  });
});

/** Paths of bundled files, and of the modules in them, that are loaded with a program. */
function staticallyLoaded(file: string, chunks = new Set<string>()) {
  const queue = [file];
  for (const chunk of queue) {
    if (chunks.has(chunk)) continue;
    chunks.add(chunk);
    for (const [, path] of chunkText(chunk).matchAll(/^(?:import|export) (?:[^;]*? from )?"(\.[^"]+)";$/gm))
      queue.push(resolve(dirname(chunk), path!));
  }
  const modules = [...chunks].flatMap((chunk) =>
    [...chunkText(chunk).matchAll(/^\/\/(?:#region)? ((?:src|node_modules)\/\S+)$/gm)].map(
      ([, path]) => path!,
    ),
  );
  return { chunks, modules };
}
