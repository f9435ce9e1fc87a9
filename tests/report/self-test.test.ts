// What mdbench doctor --self-test prints: what it concludes from two verdicts, and what other rules say.

import { describe, expect, it } from 'vitest';
import { renderRules, renderSelfTest } from '../../src/report/index.js';
import type { CheckResult } from '../../src/result/judgement.js';
import { boundGate, checkDocument } from '../support/gate-results.js';

type Name = 'same' | 'slower';
const expected = { same: 'pass', slower: 'fail' } as const;

function trialOf(trial: Name, verdict: CheckResult['verdict']) {
  return {
    trial,
    document: checkDocument([boundGate()], { verdict }),
    right: verdict === expected[trial],
    rules: [
      { id: 'best-of', says: 'same' as const },
      { id: 'means', says: trial },
    ],
  };
}

describe('the self-test in a terminal', () => {
  it.each([
    ['pass', 'fail', '✓ Both verdicts are right'],
    ['pass', 'inconclusive', '? Not decided in this time'],
    ['inconclusive', 'inconclusive', '? Not decided in this time'],
    ['pass', 'error', '? Not everything was measured'],
    ['fail', 'error', '✗ A verdict is wrong'],
    ['fail', 'fail', '✗ A verdict is wrong'],
    ['fail', 'inconclusive', '✗ A verdict is wrong'],
  ] as const)('of %s and %s concludes: %s', (same, slower, says) => {
    const text = renderSelfTest([trialOf('same', same), trialOf('slower', slower)]);
    expect(text.split('\n\n').at(-1)).toContain(says);
    expect(text).toMatch(/must pass[\s\S]*must fail/);
  });

  it('that was stopped concludes nothing', () => {
    expect(renderSelfTest([trialOf('same', 'pass')])).toMatch(/Stopped before both were measured\.$/);
    expect(renderSelfTest([])).toBe('Stopped before both were measured.');
  });
});

it('the rules are right where they are right about both', () => {
  const lines = renderRules([trialOf('same', 'pass'), trialOf('slower', 'inconclusive')]).split('\n');
  expect(lines.slice(2).map((line) => line.trim().split(/\s+/))).toEqual([
    ['mdbench', 'same', 'undecided'],
    ['best-of', 'same', 'same'],
    ['means', 'same', 'slower', 'right'],
  ]);
});
