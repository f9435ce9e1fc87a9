import { describe, expect, it } from 'vitest';
import {
  alphaDivisor,
  decideLook,
  gateMetrics,
  gateReasons,
  isSpoiled,
  judgeGates,
  ratiosOf,
  refuseUnmatched,
} from '../../src/compare/index.js';
import { metrics } from '../../src/metrics/index.js';
import type { ResultDocument } from '../../src/result/document.js';
import { documentSchema } from '../../src/result/index.js';
import type { Gate } from '../../src/spec/index.js';
import { smallestDetectable, standardDeviation } from '../../src/stats/index.js';
import { type GatedDocument, gatedDocument } from '../support/gated-document.js';
import { plantedFrames } from '../support/labelled-frames.js';
import { type PlantedCampaign, plantedCampaign } from '../support/paired-campaign.js';
import { thrownBy } from '../support/thrown.js';

const gate = (
  pattern: string,
  rule: Gate['rule'],
  limit: number,
  severity: Gate['severity'] = 'error',
): Gate => ({
  pattern,
  rule,
  limit,
  severity,
});

function check(gates: Gate | readonly Gate[], document: ResultDocument | GatedDocument = {}) {
  const judged = 'cases' in document ? document : gatedDocument(document);
  return judgeGates([gates].flat() as Gate[], judged, { onInconclusive: 'warn' });
}

/** State and reason of the one gate. */
function one(asked: Gate, document: ResultDocument | GatedDocument = {}) {
  const { gates } = check(asked, document);
  expect(gates).toHaveLength(1);
  return { ...gates[0]!, code: gates[0]!.reason.code };
}

const speed = gate('student/step-time-p50', 'maxRegression', 0.03);
const slower = (share: number) => ({
  effects: { 'step-time-p50': Math.log1p(share) },
  process: 0.002,
  scatter: 0.002,
});

describe('a speed gate', () => {
  it('passes the same, fails a slowdown, and says by how much', () => {
    expect(one(speed, { campaign: slower(0) })).toMatchObject({
      state: 'passed',
      code: 'no-regression',
      metric: 'silicon-student/si64/step-time-p50',
      pattern: 'student/step-time-p50',
    });
    const failed = one(speed, { campaign: slower(0.1) });
    expect(failed).toMatchObject({ state: 'failed', code: 'regression-seen' });
    expect(failed.estimate!.value).toBeCloseTo(0.1, 2);
    expect(failed.estimate!).toMatchObject({ unit: 'share', n: 8 });
    expect(failed.estimate!.low!).toBeGreaterThan(0.08);
  });

  it('passes a candidate that is faster', () => {
    expect(one(speed, { campaign: slower(-0.2) })).toMatchObject({ state: 'passed' });
  });

  it('is inconclusive where the pairs scatter too much, with what it could have seen', () => {
    const open = one(speed, { campaign: { process: 0.05 } });
    expect(open).toMatchObject({ state: 'inconclusive', code: 'undecided' });
    expect(open.detectable!).toBeGreaterThan(0.05);
    expect(one(speed, { campaign: slower(0) }).detectable!).toBeLessThan(0.03);
  });

  it('judges each limit by itself', () => {
    const lax = gate('student/step-time-p50', 'maxRegression', 0.5);
    const states = check([speed, lax], { campaign: slower(0.1) }).gates.map(({ state }) => state);
    expect(states).toEqual(['failed', 'passed']);
  });

  it('needs the pairs of the first look, and four at least', () => {
    const of = (pairs: number, planned: number, looks: readonly number[], of = slower(0.1)) => {
      const document = gatedDocument({ campaign: { ...of, pairs: planned, looks } });
      document.campaigns![0]!.pairs.length = pairs;
      const { state, reason } = one(speed, document);
      return [state, reason.code, reason.values.needed];
    };
    expect(of(4, 8, [4, 8])).toEqual(['failed', 'regression-seen', undefined]);
    expect(of(3, 8, [4, 8])).toEqual(['inconclusive', 'few-pairs', 4]);
    expect(of(5, 20, [7, 20])).toEqual(['inconclusive', 'few-pairs', 7]);
    expect(of(4, 4, [4])).toEqual(['failed', 'regression-seen', undefined]);
    const equal = { effects: { 'step-time-p50': Math.LN2 }, process: 0, scatter: 0 };
    for (const effects of [slower(0.1), slower(0), equal]) {
      expect(of(2, 2, [2], effects)).toEqual(['inconclusive', 'few-pairs', 4]);
      expect(of(3, 3, [3], effects)).toEqual(['inconclusive', 'few-pairs', 4]);
    }
  });

  it('is inconclusive above a quarter of unsteady workers, however slow', () => {
    expect(one(speed, { campaign: { ...slower(0.1), unsteady: 4 } })).toMatchObject({ state: 'failed' });
    expect(one(speed, { campaign: { ...slower(0.1), unsteady: 5 } })).toMatchObject({
      state: 'inconclusive',
      code: 'unsteady',
      reason: { values: { limit: 0.25, share: 5 / 16 } },
    });
  });

  it('is inconclusive after contamination, unless the declared rerun is clean', () => {
    const dirty = { ...slower(0.025), control: { shift: 1.5 } };
    const document = gatedDocument({ campaign: dirty });
    expect(one(speed, document)).toMatchObject({ state: 'inconclusive', code: 'contaminated' });
    expect(check(speed, document).warnings.map(({ code }) => code)).toEqual(['contaminated']);
    const [clean] = gatedDocument({ campaign: { ...slower(0), rerun: true } }).campaigns!;
    const both = { ...document, campaigns: [...document.campaigns!, clean!] };
    expect(one(speed, both)).toMatchObject({ state: 'passed' });
    expect(check(speed, both).warnings).toEqual([]);
  });

  it('stands in spite of contamination where it is clear by a wide margin', () => {
    const judged = (share: number, limit: number) => {
      const campaign = { ...slower(share), control: { shift: 1.5 } };
      const asked = { ...speed, limit };
      const [soFar] = gatedDocument({ campaign }).campaigns!;
      return [one(asked, { campaign }).state, isSpoiled([asked], soFar!)];
    };
    expect(judged(0.1, 0.03)).toEqual(['failed', false]);
    expect(judged(0.1, 0.098)).toEqual(['inconclusive', true]);
    expect(judged(0, 0.03)).toEqual(['passed', false]);
    expect(judged(0.014, 0.03)).toEqual(['inconclusive', true]);
  });

  it('is an error where the campaign broke, whatever was measured before', () => {
    const broken = one(speed, { campaign: { ...slower(0.1), status: 'failed' } });
    expect(broken).toMatchObject({ state: 'error', code: 'campaign-failed' });
    expect(broken.reason.values).toMatchObject({ cause: 'crash', message: 'It died.' });
    expect(one(speed, { campaign: { pairs: 0, status: 'failed' } })).toMatchObject({ state: 'error' });
    const unknown = gatedDocument({ campaign: { ...slower(0.1), status: 'failed' } });
    unknown.campaigns![0]!.failure = null;
    expect(one(speed, unknown).reason.values).toEqual({ cause: null, message: null });
  });

  it('is not decided by a campaign that was stopped', () => {
    expect(one(speed, { campaign: { ...slower(0.1), status: 'aborted' } })).toMatchObject({
      state: 'inconclusive',
      code: 'aborted',
    });
    expect(one(speed, { campaign: { pairs: 0, status: 'aborted' } })).toMatchObject({ state: 'skipped' });
  });

  it('shares its error with the other gated metrics', () => {
    const effects = { 'step-time-p50': 0.022, 'force-call-p50': 0, 'step-time-mean': 0 };
    const both = ['force-call-p50', 'step-time-mean'].map((id) =>
      gate(`student/${id}`, 'maxRegression', 0.03),
    );
    let [alone, together] = [0, 0];
    for (let seed = 1; seed <= 25; seed++) {
      const document = gatedDocument({ campaign: { seed, effects, process: 0.008 } });
      if (check(speed, document).gates[0]!.state === 'failed') alone++;
      if (check([speed, ...both], document).gates[0]!.state === 'failed') together++;
    }
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThan(alone);
  });

  it('shares its error with the campaigns on other systems', () => {
    let [alone, together] = [0, 0];
    for (let seed = 1; seed <= 25; seed++) {
      const campaign = { seed, effects: { 'step-time-p50': 0.022 }, process: 0.008 };
      const document = gatedDocument({ campaign });
      const others = ['si216', 'si512'].map(
        (id) => gatedDocument({ campaign: { ...campaign, id } }).campaigns![0]!,
      );
      const more = { ...document, campaigns: [...document.campaigns!, ...others] };
      if (check(speed, document).gates[0]!.state === 'failed') alone++;
      if (check(gate('student/si64/step-time-p50', 'maxRegression', 0.03), more).gates[0]!.state === 'failed')
        together++;
    }
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThan(alone);
  });

  it('says what it could have seen by its own share of the error', () => {
    const campaign = { process: 0.01, effects: { 'force-call-p50': 0.2 } };
    const document = gatedDocument({ campaign });
    const call = gate('student/force-call-p50', 'maxRegression', 0.03);
    const mean = gate('student/step-time-mean', 'maxRegression', 0.03);
    const of = (gates: readonly Gate[], divisor: number) => {
      expect(alphaDivisor(gates, document.campaigns![0]!, 1)).toBe(gates.length);
      const [effects] = ratiosOf(document.campaigns![0]!).map(({ pairEffects }) => pairEffects);
      const rule = { tolerance: 0.03, alpha: 0.002 / divisor };
      expect(check(gates, document).gates[0]!.detectable).toBe(
        smallestDetectable(standardDeviation(effects!), 8, rule),
      );
    };
    of([speed], 1);
    of([speed, call], 1);
    of([speed, mean], 2);
    of([speed, call, mean], 2);
    expect(alphaDivisor([speed, { ...speed, limit: 0.1 }, call], document.campaigns![0]!, 3)).toBe(9);
    expect(alphaDivisor([gate('*/energy-drift', 'max', 1)], document.campaigns![0]!, 2)).toBe(2);
  });

  it('is about the candidate alone, and names commands by their arms', () => {
    const any = gate('*/step-time-p50', 'maxRegression', 0.03);
    expect(one(any).metric).toBe('silicon-student/si64/step-time-p50');
    const commands = { campaign: { ...slower(0.1), commands: true, id: 'commands' } };
    expect(one(any, commands)).toMatchObject({ state: 'failed', metric: 'candidate/commands/step-time-p50' });
    expect(thrownBy(() => check(gate('teacher/step-time-p50', 'maxRegression', 0.03))).code).toBe(
      'gate-unmatched',
    );
  });
});

describe('a look at a campaign under way', () => {
  const soFar = (campaign: PlantedCampaign) => plantedCampaign({ pairs: 4, ...campaign });

  it('ends it where every gated metric is decided, either way', () => {
    expect(decideLook([speed], soFar(slower(0)))).toBe(true);
    expect(decideLook([speed], soFar(slower(0.2)))).toBe(true);
    expect(decideLook([speed], soFar({ process: 0.05 }))).toBe(false);
    const call = gate('student/force-call-p50', 'maxRegression', 0.0001);
    expect(decideLook([speed, call], soFar(slower(0)))).toBe(false);
  });

  it('goes on where nothing is decided by it', () => {
    expect(decideLook([], soFar(slower(0)))).toBe(false);
    expect(decideLook([gate('student/energy-drift', 'max', 1)], soFar(slower(0)))).toBe(false);
    expect(decideLook([gate('student/step-time-p50', 'max', 1)], soFar(slower(0)))).toBe(false);
  });

  it('decides as the judgement does at the end, for any number of campaigns', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const campaign = { seed, pairs: 6, effects: { 'step-time-p50': 0.022 }, process: 0.006 };
      const document = gatedDocument({ campaign });
      for (const others of [0, 3]) {
        const more = Array.from({ length: others }, (_, k) => plantedCampaign({ ...campaign, id: `s${k}` }));
        const judged = check(gate('student/si64/step-time-p50', 'maxRegression', 0.03), {
          ...document,
          campaigns: [...document.campaigns!, ...more],
        });
        const decided = decideLook([speed], document.campaigns![0]!, others + 1);
        expect(judged.gates[0]!.state === 'inconclusive').toBe(!decided);
      }
    }
  });
});

describe('a gate on a number', () => {
  const drift = gate('student/energy-drift', 'max', 0.05);
  const of = (low: number | null, high: number | null, value = ((low ?? 0) + (high ?? 0)) / 2) => ({
    candidate: { 'energy-drift': { value, low, high } },
  });

  it('is decided by the whole interval', () => {
    expect(one(drift, of(0.01, 0.05))).toMatchObject({ state: 'passed', code: 'inside' });
    expect(one(drift, of(0.051, 0.2))).toMatchObject({ state: 'failed', code: 'outside' });
    expect(one(drift, of(0.04, 0.06))).toMatchObject({ state: 'inconclusive', code: 'straddles' });
    expect(one(drift, of(0.04, 0.06)).reason.values).toEqual({ low: 0.04, high: 0.06 });
  });

  it('takes a drift by its size, whichever way it goes', () => {
    expect(one(drift, of(-0.2, -0.051))).toMatchObject({
      state: 'failed',
      estimate: { low: 0.051, high: 0.2 },
    });
    expect(one(drift, of(-0.04, 0.03))).toMatchObject({ state: 'passed', estimate: { low: 0, high: 0.04 } });
    expect(one(drift, of(-0.06, 0.03))).toMatchObject({ state: 'inconclusive' });
    const slope = { candidate: { 'rss-slope': { value: -300, low: -400, high: -200 } } };
    expect(one(gate('student/rss-slope', 'max', 128), slope)).toMatchObject({ state: 'passed' });
  });

  it('has a lower side too', () => {
    const rate = gate('student/ns-per-day', 'min', 1);
    const at = (low: number, high: number) => ({ candidate: { 'ns-per-day': { value: low, low, high } } });
    expect(one(rate, at(1, 2))).toMatchObject({ state: 'passed' });
    expect(one(rate, at(0.5, 0.9))).toMatchObject({ state: 'failed' });
    expect(one(rate, at(0.9, 1.1))).toMatchObject({ state: 'inconclusive' });
  });

  it('cannot be decided without an interval, unless the number is exact or an extreme that was seen', () => {
    expect(one(drift, of(null, null, 7))).toMatchObject({ state: 'inconclusive', code: 'no-interval' });
    const builds = gate('student/dangerous-builds', 'max', 0);
    const at = (value: number) => ({ candidate: { 'dangerous-builds': { value, low: null, high: null } } });
    expect(one(builds, at(0))).toMatchObject({ state: 'passed' });
    expect(one(builds, at(1))).toMatchObject({ state: 'failed', reason: { values: { value: 1 } } });
    const memory = { candidate: { 'peak-rss': { value: 3e9, low: null, high: null } } };
    expect(one(gate('student/peak-rss', 'max', 2e9), memory)).toMatchObject({ state: 'failed' });
  });

  it('is an error without a value, of a failed case, and skipped with its case', () => {
    const missing = { value: null, low: null, high: null, warnings: [{ code: 'too-few-steps', values: {} }] };
    expect(one(drift, { candidate: { 'energy-drift': missing } })).toMatchObject({
      state: 'error',
      code: 'no-value',
      reason: { values: { cause: 'too-few-steps' } },
    });
    expect(one(drift, { status: 'failed' })).toMatchObject({
      state: 'error',
      code: 'case-failed',
      reason: { values: { cause: 'nan-energy' } },
    });
    expect(one(drift, { status: 'skipped' })).toMatchObject({ state: 'skipped', code: 'case-skipped' });
    expect(one(drift, { status: 'pending' })).toMatchObject({ state: 'skipped' });
    expect(one(drift, { status: 'aborted' })).toMatchObject({ state: 'inconclusive', code: 'aborted' });
    expect(one(speed, { status: 'failed', campaign: slower(0) })).toMatchObject({ state: 'passed' });
  });

  it.each(['energy-drift', 'step-time-p50'])(
    'on %s is the candidate’s where its force field is open',
    (id) => {
      const about = (pattern: string) =>
        check(gate(pattern, 'max', 2)).gates.map(({ metric }) => metric?.split('/')[0]);
      for (const open of ['*', 'silicon-*', '*-student', 'stud*', 'silicon-student', 'student', 'candidate'])
        expect(about(`${open}/${id}`)).toEqual(['silicon-student']);
      for (const named of ['silicon-teacher', 'teacher', 'baseline'])
        expect(about(`${named}/${id}`)).toEqual(['silicon-teacher']);
      expect(thrownBy(() => about(`*-teacher/${id}`)).code).toBe('gate-unmatched');
    },
  );

  it('does not fail the candidate for a slow baseline', () => {
    const campaign = { times: { 'step-time-p50': 2 }, effects: { 'step-time-p50': Math.log(0.5) } };
    const document = { ...gatedDocument({ campaign }), cases: [] };
    const asked = (pattern: string) => check(gate(`${pattern}/step-time-p50`, 'max', 1.5), document);
    expect(asked('*')).toMatchObject({ verdict: 'pass', gates: [{ estimate: { unit: 'ms' } }] });
    expect(asked('teacher').verdict).toBe('fail');
  });

  it('takes times of commands, which have no case, from their pairs', () => {
    const absolute = one(gate('candidate/step-time-p50', 'max', 1), { campaign: { commands: true } });
    expect(absolute).toMatchObject({ state: 'failed', estimate: { unit: 'ms', n: 8 } });
    expect(absolute.estimate!.value).toBeCloseTo(1.3, 1);
  });

  it.each(['candidate', 'baseline'])('does not judge times of the %s that the machine disturbed', (arm) => {
    const judged = (limit: number, campaign: PlantedCampaign) => {
      const asked = gate(`${arm}/step-time-p50`, 'max', limit);
      const document = { ...gatedDocument({ campaign }), cases: [] };
      const { state, code, estimate } = one(asked, document);
      expect(estimate!.unit).toBe('ms');
      return [state, code, isSpoiled([asked], document.campaigns![0]!)];
    };
    expect(judged(1, {})).toEqual(['failed', 'outside', false]);
    const busy = { control: { shift: 1.5 } };
    expect(judged(1, busy)).toEqual(['inconclusive', 'contaminated', true]);
    expect(judged(9, busy)).toEqual(['inconclusive', 'contaminated', true]);
    expect(judged(9, { unsteady: 5 })).toEqual(['inconclusive', 'unsteady', false]);
    expect(judged(9, { status: 'aborted' })).toEqual(['inconclusive', 'aborted', false]);
    const dirty = gatedDocument({ campaign: { ...slower(0), ...busy } }).campaigns![0]!;
    expect(isSpoiled([speed, gate(`${arm}/energy-drift`, 'max', 1)], dirty)).toBe(false);
  });
});

describe('a regression of what is not measured in pairs', () => {
  const limit = gate('student/session-create-time', 'maxRegression', 0.2);
  const of = (value: number, change = {}, before = {}) => ({
    baseline: { 'session-create-time': { value: 100, low: 95, high: 105, ...before } },
    candidate: { 'session-create-time': { value, low: 0.95 * value, high: 1.05 * value, ...change } },
  });

  it('is the ratio to the baseline’s, by the interval of the ratio', () => {
    expect(one(limit, of(100))).toMatchObject({ state: 'passed', code: 'inside' });
    expect(one(limit, of(150))).toMatchObject({ state: 'failed', code: 'outside' });
    const open = one(limit, of(120));
    expect(open).toMatchObject({ state: 'inconclusive', code: 'straddles' });
    expect(open.estimate!.value).toBeCloseTo(0.2, 12);
    expect(Math.log1p(open.estimate!.high!) - Math.log(1.2)).toBeCloseTo(
      Math.hypot(Math.log(1.05), Math.log(0.95)),
      12,
    );
  });

  it('is the other way round for a rate', () => {
    const rates = (value: number) => ({
      candidate: { 'steps-per-second': { value, low: 0.99 * value, high: 1.01 * value } },
      baseline: { 'steps-per-second': { value: 100, low: 99, high: 101 } },
    });
    const rate = gate('student/steps-per-second', 'maxRegression', 0.2);
    expect(one(rate, rates(50))).toMatchObject({ state: 'failed', estimate: { value: 1 } });
    expect(one(rate, rates(200))).toMatchObject({ state: 'passed' });
  });

  it('does not fail by the scatter within single runs', () => {
    const withinRun = { warnings: [{ code: 'interval-within-run', values: { trajectories: 1 } }] };
    expect(one(limit, of(150, withinRun))).toMatchObject({ state: 'inconclusive', code: 'within-run-only' });
    expect(one(limit, of(150, {}, withinRun))).toMatchObject({ state: 'inconclusive' });
    expect(one(limit, of(100, withinRun))).toMatchObject({ state: 'passed' });
  });

  it('compares extremes that were seen by their values', () => {
    const peak = (value: number) => ({
      candidate: { 'peak-rss': { value, low: null, high: null } },
      baseline: { 'peak-rss': { value: 100e6, low: null, high: null } },
    });
    const memory = gate('student/peak-rss', 'maxRegression', 0.1);
    expect(one(memory, peak(105e6))).toMatchObject({ state: 'passed' });
    expect(one(memory, peak(120e6))).toMatchObject({ state: 'failed' });
  });

  it('is an error of what has no better side, or nothing to stand against', () => {
    expect(one(gate('student/temperature-mean', 'maxRegression', 0.1))).toMatchObject({
      code: 'no-direction',
    });
    const none = { value: null, low: null, high: null };
    expect(one(limit, of(100, {}, none))).toMatchObject({ state: 'error', code: 'no-baseline-value' });
    expect(one(limit, of(100, {}, { value: 0 }))).toMatchObject({
      state: 'error',
      code: 'no-baseline-value',
    });
    const rmse = gate('student/force-rmse', 'maxRegression', 0.1);
    expect(one(rmse, { examination: {} })).toMatchObject({ state: 'error', code: 'no-baseline-value' });
  });
});

describe('a gate on accuracy', () => {
  const elements = (error: number) => [{ number: 14, atoms: 64, error }];
  const frames = [
    plantedFrames({ source: 'baseline', elements: elements(0.05) }),
    plantedFrames({ source: 'candidate', elements: elements(0.1) }),
  ];
  const rmse = (limit: number) => gate('student/force-rmse', 'max', limit);

  it('does not pass by the source of the larger error where the other may be beyond the limit', () => {
    const sure = plantedFrames({ source: 'baseline', elements: elements(0.11) });
    const unsure = plantedFrames({ frames: 40, seed: 3, elements: elements(0.05), variation: 1 });
    const alone = (source: typeof sure) => one(rmse(0.125), { examination: { frames: [source] } });
    expect([alone(sure).state, alone(unsure).state]).toEqual(['passed', 'inconclusive']);
    expect(alone(sure).estimate!.value).toBeGreaterThan(alone(unsure).estimate!.value);
    for (const both of [
      [sure, unsure],
      [unsure, sure],
    ]) {
      expect(one(rmse(0.125), { examination: { frames: both } })).toMatchObject({
        state: 'inconclusive',
        code: 'straddles',
        estimate: alone(unsure).estimate,
      });
    }
  });

  it('judges the worse of the two sources of frames', () => {
    for (const source of [frames, [...frames].reverse()]) {
      const passed = one(rmse(0.12), { examination: { frames: source } });
      expect(passed).toMatchObject({ state: 'passed', metric: 'silicon-student/si64/force-rmse' });
      expect(passed.estimate!.value).toBeCloseTo(0.1, 2);
      expect(one(rmse(0.08), { examination: { frames: source } })).toMatchObject({ state: 'failed' });
    }
  });

  it.each(['force-mae', 'force-max', 'force-angle', 'energy-rmse'])('has %s', (metric) => {
    const of = (limit: number) => one(gate(`student/${metric}`, 'max', limit), { examination: { frames } });
    expect(of(1000).state).toBe('passed');
    expect(of(0.001).state).toBe('failed');
  });

  it('is inconclusive of a few frames, but not for the largest error that was seen', () => {
    const few = { frames: [plantedFrames({ frames: 4 })] };
    expect(one(rmse(0.01), { examination: few })).toMatchObject({
      state: 'inconclusive',
      code: 'no-interval',
    });
    expect(one(gate('student/force-max', 'max', 0.01), { examination: few })).toMatchObject({
      state: 'failed',
    });
  });

  it('is an error where the examination failed, and unmatched where there was none', () => {
    const failure = { cause: 'crash', message: 'It died.', hint: null };
    expect(one(rmse(1), { examination: { frames: [], failure } })).toMatchObject({
      state: 'error',
      code: 'examination-failed',
    });
    expect(one(rmse(1), { examination: { frames: [] } })).toMatchObject({ state: 'error', code: 'no-value' });
    expect(thrownBy(() => check(rmse(1))).code).toBe('gate-unmatched');
  });
});

describe('a pattern that matches nothing', () => {
  it('is an error that names the nearest paths', () => {
    const error = thrownBy(() => check(gate('student/step-tme-p50', 'max', 1)));
    expect(error.code).toBe('gate-unmatched');
    expect(error.exitCode).toBe(5);
    expect(error.message).toContain('student/step-tme-p50 (max)');
    expect(error.hint).toMatch(/nearest: silicon-student\/si64\/step-time-p50,/);
  });

  it('is found before anything is measured', () => {
    const document = gatedDocument({
      campaign: { pairs: 0 },
      status: 'pending',
      examination: { frames: [] },
    });
    const gates = ['*/step-time-p50', 'student/energy-drift', 'student/force-rmse'].map((pattern) =>
      gate(pattern, 'max', 1),
    );
    expect(() => refuseUnmatched([...gates, speed], document)).not.toThrow();
    expect(thrownBy(() => refuseUnmatched([gate('student/enegy-drift', 'max', 1)], document)).hint).toContain(
      'energy-drift',
    );
  });
});

describe('the verdict', () => {
  const pass = gate('student/energy-drift', 'max', 2);
  const fail = gate('student/energy-drift', 'max', 0.5);
  const open = gate('student/energy-drift', 'max', 1);
  const error = gate('student/temperature-mean', 'maxRegression', 1);
  const warn = (one: Gate): Gate => ({ ...one, severity: 'warn' });

  it.each([
    ['pass', [pass]],
    ['fail', [pass, open, error, fail]],
    ['error', [pass, open, error]],
    ['inconclusive', [pass, open]],
    ['pass', [pass, warn(fail), warn(open)]],
    ['error', [pass, warn(fail), warn(error)]],
    ['fail', [fail, warn(error)]],
  ] as const)('is %s', (verdict, gates) => {
    expect(check(gates).verdict).toBe(verdict);
  });

  it('is not pass where a gate was skipped', () => {
    const skipped = { candidate: {}, status: 'skipped' } as const;
    expect(check([gate('teacher/energy-drift', 'max', 2), pass], skipped).verdict).toBe('inconclusive');
    expect(check([gate('teacher/energy-drift', 'max', 2), warn(pass)], skipped).verdict).toBe('pass');
  });

  it('stands in a document that the schema takes, with the names of the arms', () => {
    const document = gatedDocument({ examination: {} });
    const result = check([pass, fail, open, error, speed], document);
    expect(documentSchema.parse({ ...document, check: result }).check).toEqual(result);
    expect(result).toMatchObject({
      mode: 'rerun',
      baseline: 'silicon-teacher',
      candidate: 'silicon-student',
      indicative: false,
    });
    for (const { reason } of result.gates) expect(gateReasons).toContain(reason.code);
  });
});

describe('the paths of a document', () => {
  it('hold every metric of both arms once, and the candidate’s accuracy', () => {
    const paths = gateMetrics(gatedDocument({ examination: {} })).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { id } of metrics) {
      expect(paths).toContain(`silicon-student/si64/${id}`);
      expect(paths).toContain(`silicon-teacher/si64/${id}`);
    }
    expect(
      paths.filter((path) => /force-rmse|force-mae|force-max|force-angle|energy-rmse/.test(path)),
    ).toHaveLength(5);
  });

  it('name arms of one label by the arms, and cases of no campaign by themselves', () => {
    const labels = { baseline: 'silicon-student', candidate: 'silicon-student' };
    const same = gatedDocument({ campaign: { labels, commands: true } });
    expect(gateMetrics(same).map(({ path }) => path)).toContain('baseline/si64/step-time-p50');
    const named = gate('silicon-student/step-time-p50', 'maxRegression', 0.03);
    const twins = gatedDocument({ campaign: { ...slower(0.1), labels: { ...labels } } });
    for (const gates of [named, { ...named, rule: 'max', limit: 0.01 } as const]) {
      expect(one(gates, twins)).toMatchObject({ state: 'failed', metric: 'candidate/si64/step-time-p50' });
    }
    expect(decideLook([named], twins.campaigns![0]!)).toBe(true);
    const alone = { ...gatedDocument(), campaigns: [] };
    expect(gateMetrics(alone).map(({ path }) => path)).toContain('silicon-student.onnx/si64/energy-drift');
  });
});
