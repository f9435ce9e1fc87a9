import { describe, expect, it } from 'vitest';
import { gateReasons } from '../../src/compare/index.js';
import {
  describeArms,
  describeCampaign,
  describeCheck,
  describeMoreGates,
} from '../../src/report/words/check.js';
import { boundOf, changeWithInterval, limitOf, share } from '../../src/report/words/gate-numbers.js';
import { countGates, describeGate, gateReasonCodes } from '../../src/report/words/gates.js';
import { describeDesign, describeGrade, describeSight } from '../../src/report/words/plan.js';
import type { MachineState } from '../../src/result/campaign.js';
import type { GateResult } from '../../src/result/judgement.js';
import { boundGate, checkDocument, gateResult, oneOfEach } from '../support/gate-results.js';
import { syntheticCampaign } from '../support/synthetic-campaign.js';

const cost = { forces: 0.2, neighbors: 0.03, integrate: 0.005, other: 0.002 };
const campaign = syntheticCampaign({
  id: 'si64',
  labels: { baseline: 'v1', candidate: 'v2' },
  costs: { baseline: cost, candidate: cost },
  atoms: 64,
});
const plainSpaces = (text: string) => text.replaceAll('\u202f', ' ');
const textOf = (change: Partial<GateResult>) => plainSpaces(describeGate(gateResult(change)).text);

describe('reasons of gates', () => {
  it('have a sentence each, and none that nobody gives', () => {
    expect([...gateReasonCodes].filter((code) => code !== 'unmatched').sort()).toEqual(
      [...gateReasons].sort(),
    );
  });

  const values = {
    pairs: 8,
    needed: 4,
    share: 0.4,
    limit: 0.25,
    shift: 12,
    spread: 3,
    runs: 40,
    cause: 'crash',
    message: 'It crashed.',
    low: 1,
    high: 2,
    value: 1,
    stored: 12,
  };
  it.each(
    gateReasonCodes.flatMap((code) => [gateResult(), boundGate()].map((gate) => [code, gate] as const)),
  )('%s makes whole sentences', (code, gate) => {
    for (const state of ['passed', 'failed', 'inconclusive', 'error', 'skipped'] as const) {
      const { text, advice } = describeGate({ ...gate, state, reason: { code, values } });
      expect(text).toMatch(/^[−+A-Z0-9].*[^.]\.$/);
      expect(text).not.toMatch(/undefined|null|NaN|\[object|\?/);
      if (advice !== null) expect(advice).toMatch(/^[A-Z].*[^.]\.$/);
      expect(describeGate({ ...gate, state, estimate: null, reason: { code, values: {} } }).text).not.toMatch(
        /undefined|null|NaN|\[object/,
      );
    }
  });

  it('that are not known are shown with their values, whatever they are called', () => {
    expect(textOf({ reason: { code: 'moon-phase', values: { phase: 3, full: null } } })).toBe(
      'Reason moon-phase, phase 3, full null.',
    );
    expect(textOf({ reason: { code: 'constructor', values: {} } })).toBe('Reason constructor.');
    expect(textOf({ metric: null, state: 'error', reason: { code: 'nothing', values: {} } })).toContain(
      'No metric fits the pattern candidate/step-time-p50.',
    );
  });

  it('tell a slowdown beyond the tolerance from one between half of it and all of it', () => {
    expect(textOf({})).toBe('Slower than the baseline: +5.12 % (+4.17 to +6.08), where 3 % is tolerated.');
    expect(textOf({ estimate: { value: 0.022, low: 0.011, high: 0.033, unit: 'share', n: 8 } })).toBe(
      'Certainly slower than the baseline, +2.2 % (+1.1 to +3.3), and by more than half of the tolerated 3 %.',
    );
  });

  it('that are open say what could have been seen', () => {
    const open = { state: 'inconclusive', reason: { code: 'undecided', values: { pairs: 8 } } } as const;
    expect(
      textOf({ ...open, estimate: { value: 0.012, low: -0.009, high: 0.034, unit: 'share', n: 8 } }),
    ).toBe(
      'Not decided: +1.2 % (−0.9 to +3.4) neither shows a slowdown nor rules out one of 3 %. It could have seen a slowdown of 2.1 %.',
    );
    expect(textOf({ ...open, detectable: null })).not.toContain('could have seen');
    expect(textOf({ ...open, detectable: 430 })).toContain('a slowdown of more than 100 %.');
  });

  it('of what broke name what is known of it', () => {
    const broken = (values: Record<string, string | null>) =>
      textOf({ estimate: null, state: 'error', reason: { code: 'campaign-failed', values } });
    expect(broken({ cause: 'crash', message: 'It died.' })).toBe('Its measurement broke off: It died.');
    expect(broken({ cause: 'crash', message: null })).toBe('Its measurement broke off: crash.');
    expect(broken({ cause: null, message: null })).toBe('Its measurement broke off.');
  });

  it('of what was not measured are those of the metric, where they need no values', () => {
    const missing = (cause: string | null) =>
      textOf({ estimate: null, state: 'error', reason: { code: 'no-value', values: { cause } } });
    expect(missing('no-samples')).toBe('Not measured: no step was completed.');
    expect(missing('too-few-steps')).toBe('Not measured (too-few-steps).');
    expect(missing(null)).toBe('Not measured: no process pair was finished in the time that it had.');
  });

  it('of a gate that only warns say so, and its tone and mark are those of a warning', () => {
    const { text, tone, mark, state } = describeGate(gateResult({ severity: 'warn' }));
    expect(text).toContain('This gate only warns.');
    expect([tone, mark, state]).toEqual(['warn', '!', 'failed']);
  });
});

describe('numbers of gates', () => {
  it.each([
    [{ value: 0.0512, low: 0.0417, high: 0.0608 }, '+5.12 % (+4.17 to +6.08)'],
    [{ value: -0.08, low: -0.2, high: 0.04 }, '−8 % (−20 to +4)'],
    [{ value: 0, low: -0.001, high: 0.001 }, '0.00 % (−0.10 to +0.10)'],
    [{ value: 0.5, low: null, high: null }, '+50 %'],
  ])('changes carry their sign: %#', (change, text) => {
    expect(plainSpaces(changeWithInterval(change))).toBe(text);
  });

  it.each([
    [gateResult(), 'at most +3 %', '≤ +3 %'],
    [boundGate(), 'at most 0.05 meV/atom/ps', '≤ 0.05'],
    [boundGate({ rule: 'min', limit: 0.12345 }), 'at least 0.12345 meV/atom/ps', '≥ 0.12345'],
    [boundGate({ estimate: null }), 'at most 0.05', '≤ 0.05'],
    [oneOfEach[3]!, 'at most 128 B/step', '≤ 128 B/step'],
    [
      boundGate({ limit: 1e6, estimate: { value: 1, low: null, high: null, unit: 'count', n: 1 } }),
      'at most 1 000 000 count',
      '≤ 1 000 000 count',
    ],
  ])('limits have their unit unless it stands beside them: %#', (gate, long, short) => {
    expect(plainSpaces(limitOf(gate))).toBe(long);
    expect(plainSpaces(boundOf(gate))).toBe(short);
  });

  it('shares are percentages', () => {
    expect([0.03, 0.0025, 0.1234].map((value) => plainSpaces(share(value)))).toEqual([
      '3 %',
      '0.25 %',
      '12 %',
    ]);
  });
});

describe('the verdict', () => {
  const words = (gates: readonly GateResult[], change: object = {}) =>
    describeCheck(checkDocument(gates, change).check!);

  it('names the gate that decided, and every state that occurs', () => {
    const { word, text, tone } = words(oneOfEach);
    expect([word, tone]).toEqual(['FAILED', 'fail']);
    expect(plainSpaces(text)).toBe(
      'silicon-student/si64/step-time-p50: +5.12 % (+4.17 to +6.08), at most +3 % (2 failed, 1 in error, 1 inconclusive, 1 passed, 1 skipped).',
    );
  });

  it('of an error or an open question names that gate', () => {
    expect(words(oneOfEach, { verdict: 'error' }).text).toContain(
      'silicon-student/si512/energy-drift: Its case failed: ',
    );
    expect(words(oneOfEach, { verdict: 'inconclusive' }).text).toContain(
      'silicon-student/si64/force-call-p50 and 1 more gate: +1.2',
    );
    expect(words([], { verdict: 'inconclusive' }).text).toBe('no gate.');
    expect(words(oneOfEach, { verdict: 'inconclusive' }).word).toBe('INCONCLUSIVE');
    const stopped = oneOfEach.filter(({ state }) => state === 'passed' || state === 'skipped');
    expect(words(stopped, { verdict: 'inconclusive' }).word).toBe('SKIPPED');
  });

  it.each([
    [[boundGate()], 'The gate is kept.'],
    [[boundGate(), boundGate()], 'All 2 gates are kept.'],
    [[boundGate(), oneOfEach[3]!], 'No gate stops it: 1 failed, 1 passed. One that failed only warns.'],
  ])('of what passed never folds what did not: %#', (gates, text) => {
    expect(words(gates, { verdict: 'pass' })).toMatchObject({ word: 'PASSED', text });
  });

  it('against a stored baseline is called indicative', () => {
    expect(words([boundGate()], { verdict: 'pass', indicative: true, mode: 'stored' }).text).toContain(
      'Indicative only',
    );
    expect(describeArms(checkDocument([], { mode: 'stored' }).check!)).toBe(
      'Candidate silicon-student against the stored baseline silicon-student-v1.',
    );
  });

  it('says what to do, each thing once and three at most', () => {
    const { next } = words([...oneOfEach, ...oneOfEach]);
    expect(next.length).toBe(3);
    expect(new Set(next).size).toBe(3);
    expect(next[0]).toContain('Find the change');
    expect(words([boundGate()], { verdict: 'pass' }).next).toEqual([]);
  });

  it('counts what is left out', () => {
    expect(describeMoreGates(oneOfEach)).toBe(
      '6 more gates (2 failed, 1 in error, 1 inconclusive, 1 passed, 1 skipped): see the report.',
    );
    expect(countGates([])).toBe('no gate');
  });
});

describe('a campaign', () => {
  it('is told with its pairs, its time and how it ended', () => {
    expect(describeCampaign({ ...campaign, elapsed: 41_000 })).toMatch(
      /^si64: 8 process pairs in 41 s\. Before that the machine was /,
    );
    expect(describeCampaign({ ...campaign, pairs: campaign.pairs.slice(0, 3), status: 'aborted' })).toContain(
      '3 of at most 8 process pairs in ',
    );
    expect(describeCampaign({ ...campaign, rerun: true })).toContain(', the declared rerun. ');
  });

  it('is planned in words: pairs, sessions, blocks, segments, time', () => {
    const design = {
      ...campaign.design,
      pairs: 8,
      sessions: 2,
      blocks: 2,
      segment: 100,
      expectedTime: 41_000,
      budget: 60_000,
    };
    expect(describeDesign(design)).toBe(
      '8 process pairs, each 2 sessions of 2 blocks of four 100 ms segments (ABBA or BAAB); about 41 s of at most 60 s.',
    );
    expect(describeDesign({ ...design, budget: null })).toMatch(/about 41 s\.$/);
  });

  it('says what it can see, and when that is less than asked', () => {
    const design = {
      ...campaign.design,
      looks: [4, 6, 8],
      tolerance: 0.03,
      alpha: 0.002,
      expectedSpread: 0.012,
    };
    const sight = (expectedDetectable: number) =>
      plainSpaces(describeSight({ ...design, expectedDetectable }, { verb: 'check' }));
    expect(sight(0.021)).toBe(
      'Smallest slowdown that it can see: 2.1 % (pairs are expected to scatter by 1.2 %; at most 0.2 % false alarms a look). Looked at after 4, 6 and 8 pairs; it stops when every gate is decided.',
    );
    expect(sight(0.05)).toContain(
      'That is more than the tolerated 3 %: a smaller slowdown may stay inconclusive.',
    );
    expect(sight(Number.POSITIVE_INFINITY)).toContain(
      'Too few pairs for their scatter (1.2 %) to see a slowdown below 100 %.',
    );
    expect(describeSight({ ...design, looks: [2] }, { verb: 'check' })).not.toContain('Looked at');
  });
});

describe('the machine', () => {
  const machine = (change: Partial<MachineState>): MachineState => ({
    grade: 'noisy',
    loadAverage: 3.2,
    coresUsable: 2,
    cpuGovernor: 'powersave',
    steal: 0.08,
    throttled: 1,
    controlSpread: 0.061,
    controlTime: 2,
    reasons: [],
    ...change,
  });

  it.each(['quiet', 'usable', 'noisy'] as const)('that is %s has a consequence', (grade) => {
    const { short, text } = describeGrade(machine({ grade }));
    expect(short).toBe(`Before that the machine was ${grade}.`);
    expect(text).toMatch(new RegExp(`^The machine is ${grade}\\. [A-Z].*\\.$`));
  });

  it('gives every reason with its number', () => {
    const reasons = ['load', 'steal', 'control-spread', 'governor', 'throttling', 'eclipse'];
    expect(plainSpaces(describeGrade(machine({ reasons })).text)).toContain(
      'The machine is noisy: load 3.2 on 2 usable cores; the host took 8 % of the processor time; the control workload scatters by 6.1 %; governor powersave, the clock may change; throttled 1 time for heat; eclipse. ',
    );
    const unread = machine({ reasons, loadAverage: null, steal: null, throttled: null, cpuGovernor: null });
    expect(describeGrade(unread).text).not.toMatch(/null|undefined|NaN/);
  });
});
