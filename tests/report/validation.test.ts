// An examination in words: every item has a name, every reason a sentence, and a drift is blamed on whom it belongs to.

import { describe, expect, it } from 'vitest';
import { renderHtml, renderMarkdown, renderTerminal, renderValidation } from '../../src/report/index.js';
import { describeItem, describeVerdicts, itemTitle } from '../../src/report/words/index.js';
import { skipReasons } from '../../src/report/words/validation-skips.js';
import {
  type CaseResult,
  summarizeItems,
  type ValidationItem,
  type ValidationRecord,
} from '../../src/result/index.js';
import { items } from '../../src/validate/index.js';
import { syntheticCase, syntheticDocument, syntheticSamples } from '../support/synthetic-case.js';

function item(change: Partial<ValidationItem>): ValidationItem {
  return {
    id: 'gradient',
    status: 'pass',
    value: 1e-9,
    unit: 'eV/Å',
    tolerance: 1e-6,
    values: { precision: 'float64', order: 2 },
    ...change,
  };
}

function record(changes: readonly Partial<ValidationItem>[]): ValidationRecord {
  const all = changes.map(item);
  return {
    validationVersion: 1,
    forceField: {
      id: 'some-model',
      kind: 'onnx',
      title: 'some model',
      precision: 'float32',
      cutoff: 5,
      elements: [14],
      sha256: 'ab',
      assumed: [],
      spec: { provider: 'cpu', threads: 1 },
    },
    versions: { mdbench: '0.1.0', onnxruntime: '1.30.0' },
    systems: [{ name: 'crystal-16', atoms: 16, formula: 'Si16', pbc: [true, true, true], given: false }],
    items: all,
    ...summarizeItems(all),
  };
}

const direct = record([
  { status: 'fail', value: 0.2, values: { nature: 'direct', precision: 'float64', order: null } },
]);
const jumps = record([
  {},
  {
    id: 'cutoff-smoothness',
    status: 'fail',
    value: 2e-4,
    unit: 'eV',
    values: { first: 'Si', second: 'Si', shape: 'dimer', distance: 3.77, forceJump: 0 },
  },
]);

describe('items in words', () => {
  it.each(items.map(({ id }) => id))('%s has a name', (id) => {
    expect(itemTitle(item({ id }))[1]).not.toBe(id);
  });

  it.each(skipReasons)('the reason %s ends a sentence', (reason) => {
    const text = describeItem(item({ status: 'skipped', value: null, values: { reason } }));
    expect(text).toMatch(/: not examined, because [^.]+\.$/);
  });

  it.each(items.map(({ id }) => id))('%s says what it means where it fails', (id) => {
    const values = {
      nature: 'other',
      kind: 'unknown-taken',
      element: 'Xe',
      outcome: 'taken',
      first: 'Si',
      second: 'Si',
      shape: 'dimer',
      distance: 1,
      forceJump: 1,
      atoms: 3,
      threads: 4,
      oneThread: 0,
      several: 1,
      copies: 'cells',
      depth: 0.36,
      knownDistance: 1.1,
      knownDepth: 9.9,
      length: 'bohr',
      energy: 'hartree',
    };
    const text = describeItem(item({ id, status: 'fail', value: 1, values }));
    expect(text).toMatch(/^[A-Z].*: .*\.$/);
    expect(text).not.toMatch(/undefined|NaN|null/);
  });

  it('counts no skipped item as passed', () => {
    const half = record([
      {},
      { id: 'stress', status: 'skipped', value: null, values: { reason: 'not-virial' } },
    ]);
    expect(half.summary).toEqual({ pass: 1, warn: 0, fail: 0, skipped: 1 });
    expect(renderValidation(half)).toContain('1 of 2 items passed, 1 not examined');
    expect(summarizeItems([item({ status: 'skipped' })]).forcesAreGradient).toBeNull();
  });

  it('names a direct force model as such', () => {
    expect(renderValidation(direct).replace(/\s+/g, ' ')).toContain(
      'It is a direct force model: no energy has its forces.',
    );
  });
});

describe('a drift', () => {
  const drifting = (validation: ValidationRecord | null): CaseResult => {
    const result = syntheticCase([syntheticSamples()], validation ? { validation } : {});
    result.metrics['energy-drift'] = {
      value: 3,
      unit: 'meV/atom/ps',
      low: 2,
      high: 4,
      n: 8,
      warnings: [],
      verdict: { state: 'fail', pass: 0.05, fail: 1, moreSteps: null },
    };
    return result;
  };
  const wordsOf = (validation: ValidationRecord | null) =>
    describeVerdicts(drifting(validation)).find(({ subject }) => subject === 'Energy drift')!.text;

  it('is nobody’s but the force field’s where its physics says so', () => {
    expect(wordsOf(direct)).toContain('the drift is the force field’s, not the integrator’s');
    expect(wordsOf(jumps)).toContain('may be the force field’s, not the integrator’s');
    expect(wordsOf(record([{}]))).toBe(wordsOf(null));
    expect(wordsOf(null)).not.toContain('integrator');
  });

  it('stands beside the examination in every form of a report', async () => {
    const input = { document: syntheticDocument([drifting(jumps)]), samples: new Map() };
    const page = await renderHtml([input]);
    for (const text of [renderTerminal(input), renderMarkdown([input]), page])
      expect(text.replace(/\s+/g, ' ')).toContain('1 of 2 items passed, 1 failed');
    expect(page).toContain('Examination of the physics');
    expect(renderMarkdown([input])).toContain('| ✗ | Smooth at the cutoff |');
  });
});
