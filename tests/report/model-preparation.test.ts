// What was changed in a model and what was noticed in it, in words: every pass and every finding has a sentence.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { repairIds } from '../../src/onnx/index.js';
import { describeChange, describeLint } from '../../src/report/words/index.js';

const lintIds = [...readFileSync('src/onnx/lint.ts', 'utf8').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(
  (match) => match[1]!,
);

it.each([...repairIds, 'scatter-nd', 'front', 'differentiate'])('%s is told in words', (pass) => {
  const text = describeChange({ pass, count: 2, values: { replaced: ['vectors'] } });
  expect(text).not.toContain(pass === 'front' || pass === 'differentiate' ? '×' : `${pass} ×`);
  expect(text).not.toMatch(/undefined|\[object/);
});

it('finds the kinds of findings', () => expect(lintIds.length).toBeGreaterThan(8));

it.each(lintIds)('%s is told in words', (id) => {
  const text = describeLint({ id, count: 1, values: { names: ['a:B'], pass: 'inline-if', reason: 'why' } });
  expect(text).not.toContain('×');
  expect(text).not.toMatch(/undefined|\?/);
});

it('a change or finding that nobody has words for is shown by its id', () => {
  expect(describeChange({ pass: 'new', count: 3, values: { to: 5 } })).toBe('new ×3 (to 5)');
  expect(describeLint({ id: 'new', count: 3, values: {} })).toBe('new ×3');
});
