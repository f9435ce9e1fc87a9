// What `mdbench doctor --noise` prints: where the scatter of pairs comes from, and what that means for a plan.

import { describeNoise, type MeasuredNoise, noiseCells, noiseColumns, noiseTitle } from '../words/noise.js';
import { type Layout, layoutOf, plain, table, wrap } from './layout.js';

export function renderNoise(found: readonly MeasuredNoise[], options: Partial<Layout> = {}): string {
  const { width } = layoutOf(options);
  const rows = [[...noiseColumns], ...found.map((noise) => noiseCells(noise).map(plain))];
  const meanings = found.map((noise) =>
    describeNoise(noise).flatMap((sentence, k) => wrap(sentence, k === 0 ? '' : '  ', width)),
  );
  return [[...wrap(noiseTitle, '', width), ...table(rows).map((line) => `  ${line}`)], ...meanings]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
