// What is about to be measured, in the words of a check and of a comparison.

import { describe, expect, it } from 'vitest';
import { renderCheckPlan, renderPlan } from '../../src/report/index.js';
import { columns } from '../../src/report/terminal/layout.js';
import { describeGrade, describeSight } from '../../src/report/words/plan.js';
import { syntheticCampaign } from '../support/synthetic-campaign.js';

const cost = { forces: 0.2, neighbors: 0.03, integrate: 0.005, other: 0.002 };
const { arms, design, machine } = syntheticCampaign({
  id: 'si64',
  labels: { baseline: 'silicon-teacher', candidate: 'silicon-student' },
  costs: { baseline: cost, candidate: cost },
  atoms: 64,
});
const planned = { contest: { id: 'si64', arms }, pilot: { machine }, design };
const noisy = { ...planned, pilot: { machine: { ...machine, grade: 'noisy' as const } } };
const other = { ...planned, contest: { id: 'si512', arms } };
const check = { verb: 'check' } as const;
const compare = { verb: 'compare', closeEnough: 0.01 } as const;
const onOneLine = (text: string) => text.replaceAll('\u202f', ' ').replace(/\s+/g, ' ');
const ofChecks = /gate|tolerated|slowdown|false alarm|inconclusive/i;

describe('the plan of campaigns', () => {
  it('says pairs, time, what can be seen, and what the machine means for it', () => {
    const text = renderPlan([planned], check);
    expect(text).toContain(
      'silicon-student against silicon-teacher on si64\n  8 process pairs, each 2 sessions of 2 blocks',
    );
    expect(text).toContain('about 41 s of at most 60 s');
    expect(onOneLine(text)).toContain('Smallest slowdown that it can see: 3.1 %');
    expect(onOneLine(text)).toContain('it stops when every gate is decided.');
    expect(text).toContain('The machine is usable');
    for (const line of text.split('\n')) expect(columns(line)).toBeLessThanOrEqual(80);
  });

  it('says the machine once, unless it changes', () => {
    expect(renderPlan([planned, other], check).match(/The machine is/g)).toHaveLength(1);
    expect(renderPlan([planned, noisy], check).match(/The machine is/g)).toHaveLength(2);
    expect(renderPlan([], check)).toBe('');
  });

  it('of a comparison knows nothing of gates', () => {
    const text = renderPlan([planned, noisy], compare);
    expect(text).not.toMatch(ofChecks);
    expect(onOneLine(text)).toContain('Expect much wider intervals');
    expect(onOneLine(renderPlan([noisy], check))).toContain('Expect inconclusive gates');
    for (const grade of ['quiet', 'usable', 'noisy'] as const)
      expect(describeGrade({ ...machine, grade }, 'compare').text).not.toMatch(ofChecks);
  });
});

describe('what a comparison will know', () => {
  const sight = (change: Partial<typeof design>, closeEnough = 0.01) =>
    onOneLine(describeSight({ ...design, ...change }, { verb: 'compare', closeEnough }));

  it.each([
    // Student's t of 7, 3 and 1 degrees of freedom at 97.5 %: 2.3646, 3.1824, 12.706
    [8, 0.03, '±2.5 %'],
    [4, 0.03, '±4.8 %'],
    [2, 0.012, '±11 %'],
  ])('is the width of its interval: %i pairs that scatter by %d', (pairs, expectedSpread, width) => {
    expect(sight({ pairs, expectedSpread, looks: [pairs] })).toBe(
      `Expected 95 % interval of the speed-up: ${width} (pairs are expected to scatter by ${onOneLine(
        `${100 * expectedSpread} %`,
      )}).`,
    );
  });

  it('is told with when it stops, at the width that it was given', () => {
    expect(sight({}, 0.02)).toContain(
      'Looked at after 4, 6 and 8 pairs; it stops when the intervals of whole step and force call are within ±2 %.',
    );
  });

  it('is little of one pair, or of a few that scatter', () => {
    expect(sight({ pairs: 1, looks: [1] })).toBe('One pair: the speed-up will have no interval.');
    expect(sight({ pairs: 2, looks: [2], expectedSpread: 0.3 })).toBe(
      'Too few pairs for their scatter (30 %) to tell the speed-up within ±100 %.',
    );
  });
});

describe('the plan of a check', () => {
  const gate = {
    pattern: 'step-time-p50',
    severity: 'error',
    rule: 'maxRegression',
    limit: 0.0325,
  } as const;
  const paths = Array.from({ length: 8 }, (_, k) => `candidate/si${k}/step-time-p50`);
  const needs = { pairs: true, matches: [{ gate, paths }], cases: [], examinations: [] };

  it('says what each gate is about, and how many more', () => {
    const text = renderCheckPlan({ contests: [planned], needs, otherTime: 0 });
    expect(text).toContain('8 process pairs');
    expect(onOneLine(text)).toContain('Gate step-time-p50: at most 3.25 % slower');
    expect(text).toContain('\n  candidate/si5/step-time-p50\n  and 2 more');
    expect(text).not.toMatch(/candidate\/si6|Beside/);
  });

  it('says what is measured beside the pairs, and where none are', () => {
    const warning = { pattern: '*/force-rmse', severity: 'warn', rule: 'max', limit: 0.05 } as const;
    const text = renderCheckPlan({
      contests: [planned],
      needs: {
        pairs: false,
        matches: [{ gate: warning, paths: ['student/si64/force-rmse'] }],
        cases: [{ id: 'si64-student-nve' }],
        examinations: [{ id: 'si64' }],
      },
      otherTime: 4200,
      beyond: 2100,
    });
    expect(text.split('\n')).toEqual([
      'No gate is about a time: nothing is measured in pairs.',
      'Gate that warns */force-rmse: at most 0.05',
      '  student/si64/force-rmse',
      'Beside the pairs, about 5 s: si64-student-nve, frames of both on si64',
      'That is about 3 s more than the time budget holds, as short as it can be: give',
      'it so much more time, fewer --steps or a smaller system, or take these gates',
      'out.',
    ]);
  });
});
