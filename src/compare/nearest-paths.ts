// The paths nearest to a pattern that matched none, by edit distance (Levenshtein, Sov. Phys. Dokl. 10, 707).

/** At most `count`, nearest first; a pattern of two parts is held against paths without their system. */
export function nearestPaths(pattern: string, paths: readonly string[], count: number): string[] {
  const parts = pattern.split('/').length;
  const distances = [...new Set(paths)].map((path) => {
    const pieces = path.split('/');
    const shown = parts === 2 ? `${pieces.slice(0, -2).join('/')}/${pieces.at(-1)}` : path;
    return { path, distance: distance(pattern, shown) };
  });
  return distances
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ path }) => path);
}

function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const changed = row[j] + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(changed, row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[to.length];
}
