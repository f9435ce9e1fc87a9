import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineMachine } from '../../src/measure/index.js';
import { describeFailure, describeWarning } from '../../src/report/index.js';
import { listNotices } from '../../src/report/notices.js';
import {
  assumption,
  describeDrift,
  describeFinding,
  describeIncomplete,
  describeStatuses,
  describeVerdicts,
  findingIds,
  warningCodes,
} from '../../src/report/words/index.js';
import type { CaseResult, Failure, Metric, Verdict } from '../../src/result/document.js';
import { sampleCase, sampleInput } from '../support/sample-document.js';

const source = new URL('../../src', import.meta.url).pathname;

/** Codes as the rooms left of the report raise them, with the names of their values. */
function raisedWarnings(): { code: string; values: string[] }[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('report'),
  );
  const pattern = /(?:\bwarning\(\s*|\{\s*code:\s*)'([a-z-]+)',?\s*(?:values:\s*)?(?:\{([^}]*)\})?/g;
  return files.flatMap((name) => {
    const text = readFileSync(join(source, name), 'utf8');
    const isWarning = (match: RegExpMatchArray) =>
      match[0].startsWith('warning') || match[0].includes('values');
    return [...text.matchAll(pattern)].filter(isWarning).map((match) => ({
      code: match[1]!,
      values: (match[2] ?? '')
        .split(/,(?![^(]*\))/)
        .map((value) => value.split(':')[0]!.trim())
        .filter(Boolean),
    }));
  });
}

describe('warnings', () => {
  const raised = raisedWarnings();

  it('are found in the source', () => {
    expect(raised.length).toBeGreaterThan(20);
  });

  it('have no sentence that nobody says', () => {
    const codes = raised.map(({ code }) => code);
    expect(warningCodes.filter((code) => !codes.includes(code))).toEqual([]);
  });

  it.each(raised)('$code has a sentence that uses only values which it carries', ({ code, values }) => {
    expect(warningCodes).toContain(code);
    const { text, advice } = describeWarning({
      code,
      values: Object.fromEntries(values.map((name) => [name, 7])),
    });
    expect(text).toMatch(/^[A-Z0-9p].*[.7]$/);
    expect(text).not.toContain('?');
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    if (advice !== null) expect(advice).toMatch(/^[A-Z].*\.$/);
  });

  it('without a sentence are shown with their values', () => {
    expect(describeWarning({ code: 'new-thing', values: { depth: 3 } }).text).toBe(
      'Warning new-thing: depth 3.',
    );
    expect(describeWarning({ code: 'constructor', values: {} }).text).toBe('Warning constructor.');
  });
});

describe('failures', () => {
  const failure = (change: Partial<Failure>): Failure => ({
    stage: 'measure',
    seed: 2,
    step: 413,
    cause: 'nan-energy',
    message: 'The energy of step 413 is NaN.',
    hint: null,
    ...change,
  });

  it.each(['nan-energy', 'explosion', 'crash', 'out-of-memory', 'killed', 'no-progress'])(
    '%s names the step, the seed and what to do',
    (cause) => {
      const { text, advice } = describeFailure(failure({ cause }));
      expect(text).toMatch(/^Stopped at step 413 of the measured stage \(seed 2\): .+\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('without a step are said in whole words', () => {
    const text = (stage: Failure['stage']) => describeFailure(failure({ stage, step: null })).text;
    expect(text('measure')).toBe('Stopped during the measured stage (seed 2): the energy became NaN.');
    expect(text('equilibrate')).toMatch(/^Stopped during the equilibration \(seed 2\): /);
  });

  it('keep the hint that they came with, and the message of a cause without words', () => {
    const { text, advice } = describeFailure(
      failure({
        stage: 'prepare',
        step: null,
        seed: null,
        cause: 'unknown-element',
        message: 'Atom 3 is Xx.',
        hint: 'Choose another.',
      }),
    );
    expect(text).toBe('Stopped before the first step: atom 3 is Xx.');
    expect(advice).toBe('Choose another.');
  });
});

describe('the drift', () => {
  const drift = (
    state: Verdict['state'],
    value: number,
    half: number,
    moreSteps: number | null = null,
  ): Metric => ({
    value,
    low: value - half,
    high: value + half,
    unit: 'meV/atom/ps',
    n: 1,
    also: { value: 3.868 * value, unit: 'K/ps' },
    verdict: { state, pass: 0.05, fail: 1, moreSteps },
    warnings: [],
  });

  it.each([
    [
      drift('pass', 0.002, 0.004),
      'conserved',
      'The energy is conserved: 0.0020 meV/atom/ps (−0.0020 to 0.0060), within ±0.05 meV/atom/ps.',
    ],
    [drift('warn', 0.5, 0.1), 'drifts slightly', 'It heats the system by 1.9 K/ps.'],
    [drift('fail', -21.9, 0.4), 'not conserved', 'It cools the system by 85 K/ps.'],
    [
      drift('inconclusive', 0.012, 0.29, 13_987),
      'inconclusive',
      'beyond 0.3 meV/atom/ps from none; the limit is 0.05 meV/atom/ps. About 14\u202f000 more steps would decide.',
    ],
    [drift('inconclusive', 0.012, 0.29), 'inconclusive', 'A longer run or more seeds would decide.'],
  ])('is judged in words: %#', (metric, short, text) => {
    const words = describeDrift(metric)!;
    expect(words.short).toBe(short);
    expect(words.text).toContain(text);
  });

  it('that was not measured is not called conserved', () => {
    expect(describeDrift({ ...drift('pass', 0, 0), value: null })!.tone).toBe('none');
  });
});

describe('a case that broke off', () => {
  const spikes = [100, 300, 500];
  const words = (status: 'ok' | 'aborted') => {
    const { result } = sampleCase({ steps: 1000, status, spikes });
    const drift = describeVerdicts(result).find(({ subject }) => subject === 'Energy drift')!;
    return { drift, notices: listNotices(result) };
  };

  it('has a drift of a part of the run, and nothing is advised of its numbers', () => {
    const { drift, notices } = words('aborted');
    expect(drift.short).toMatch(/, partial run$/);
    expect(drift.text).toContain('This is of a partial run: 1000 of 2000 steps.');
    expect(drift.text).not.toContain('would decide');
    expect(notices.length).toBeGreaterThan(2);
    expect(notices.filter(({ advice }) => advice !== null)).toEqual([]);
  });

  it('is told from a whole one, whose numbers are advised on', () => {
    const { drift, notices } = words('ok');
    expect(drift.short + drift.text).not.toContain('partial');
    expect(notices.some(({ advice }) => advice?.includes('--seeds 8'))).toBe(true);
  });

  it('says the scatter of its times once, for both regions', () => {
    const spread = words('ok').notices.filter(({ text }) => text.includes('scatter by more'));
    expect(spread.length).toBe(1);
    expect(spread[0]!.text).toMatch(/\(whole step: [\d.]+ ms about [\d.]+ ms; force call: [\d.]+ ms about /);
    expect(spread[0]!.about).toEqual(['Step time, median', 'Force call, median']);
  });

  it('says once that its times are uneven, for both regions', () => {
    const { result } = sampleCase({ steps: 100 });
    const values = { p50: 1, p90: 2, share: 7 };
    const uneven = (region: string) => ({ region, warnings: [{ code: 'uneven-times', values }] });
    const metrics = Object.fromEntries(
      [
        ['step-time-p50', 'whole step'],
        ['force-call-p50', 'force call'],
      ].map(([id, region]) => [id!, { ...result.metrics[id!]!, ...uneven(region!) }]),
    );
    const told = listNotices({ ...result, metrics }).filter(({ code }) => code === 'uneven-times');
    expect(told).toHaveLength(1);
    const region = /7\s%, p50 1\sms, p90 2\sms/.source;
    expect(told[0]!.text).toMatch(new RegExp(`\\(whole step: ${region}; force call: ${region}\\)`));
  });
});

it('one is not many', () => {
  const text = (code: string, values: Record<string, number>) => describeWarning({ code, values }).text;
  expect(text('too-few-checkpoints', { checkpoints: 1 })).toContain('1 memory checkpoint,');
  expect(text('slowdown', { trajectories: 1, of: 1 })).toContain('1 of 1 trajectory)');
  expect(text('slowdown', { trajectories: 1, of: 8 })).toContain('1 of 8 trajectories)');
});

describe('states', () => {
  it('are never folded into one another', () => {
    const cases = (['ok', 'ok', 'failed', 'skipped', 'inconclusive', 'aborted', 'pending'] as const).map(
      (status) => ({ status }) as CaseResult,
    );
    expect(describeStatuses(cases)).toBe(
      '2 completed, 1 failed, 1 skipped, 1 inconclusive, 1 aborted, 1 not run',
    );
  });

  it('of an unfinished document are said', () => {
    const { document } = sampleInput([{ steps: 30 }, { id: 'b', status: 'pending' }]);
    expect(describeIncomplete(document)).toBeNull();
    expect(describeIncomplete({ ...document, status: 'aborted' })).toContain(
      'aborted before it was finished (1 completed, 1 not run)',
    );
    expect(describeIncomplete({ ...document, status: 'running' })).toContain('not finished');
  });
});

describe('findings of the doctor', () => {
  it.each(examineMachine().findings)('$id has a sentence for every state', (finding) => {
    expect(findingIds).toContain(finding.id);
    for (const state of ['ok', 'limited', 'unavailable'] as const) {
      expect(describeFinding({ ...finding, state }).text).toMatch(/^[A-Z0-9].*\.$/);
    }
  });
});

it('assumptions are said, unknown ones as they are', () => {
  expect(assumption('units.energy=eV')).toBe('energies are in eV');
  expect(assumption('something=else')).toBe('something=else');
  expect(sampleCase({ steps: 30 }).result.forceField?.assumed).toEqual(['units.energy=eV']);
});
