import { describe, expect, it } from 'vitest';
import {
  githubAnnotations,
  githubOutput,
  toBencher,
  toGithubActionBenchmark,
  toJunit,
} from '../../src/report/index.js';
import type { CaseResult, Metric } from '../../src/result/document.js';
import type { GateResult } from '../../src/result/judgement.js';
import { checkDocument, gateResult, oneOfEach } from '../support/gate-results.js';
import { readXml, type XmlNode } from '../support/junit-reader.js';
import { syntheticCampaign } from '../support/synthetic-campaign.js';
import { syntheticCase, syntheticDocument } from '../support/synthetic-case.js';

const contaminated = { code: 'contaminated', values: { campaign: 'si64', shift: 12, spread: 3.2, runs: 40 } };
const nasty = `a<b>&"c"'d'\u0000\u0001\u001b\ud800]]>\ufffe %25:,\r\n::error::x`;

describe('annotations', () => {
  it('are errors for what can fail the build and warnings for the rest', () => {
    const lines = githubAnnotations(checkDocument(oneOfEach, { warnings: [contaminated] }));
    expect(lines.map((line) => line.slice(0, line.indexOf('::', 2)))).toEqual([
      '::error title=silicon-student/si64/step-time-p50 failed',
      '::error title=silicon-student/si512/energy-drift error',
      '::warning title=silicon-student/si64/force-call-p50 inconclusive',
      '::warning title=silicon-student/si64/rss-slope failed',
      '::warning title=mdbench check',
    ]);
    expect(lines[0]!.replaceAll('\u202f', ' ')).toContain(
      '::Slower than the baseline: +5.12 %25 (+4.17 to +6.08), where 3 %25 is tolerated. Find ',
    );
  });

  it('of what is inconclusive are errors where that fails the build', () => {
    const lines = githubAnnotations(checkDocument(oneOfEach, { onInconclusive: 'fail' }));
    expect(lines.filter((line) => line.includes('inconclusive'))[0]).toMatch(/^::error /);
  });

  it('of a gate in error are errors, even where it only warns', () => {
    const error = oneOfEach[4]!;
    expect(
      githubAnnotations(checkDocument([error, { ...error, severity: 'warn' }])).map(
        (line) => line.split(' ')[0],
      ),
    ).toEqual(['::error', '::error']);
  });

  it('of an indicative check never are', () => {
    const lines = githubAnnotations(
      checkDocument([gateResult(), oneOfEach[2]!], { indicative: true, onInconclusive: 'fail' }),
    );
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['::warning', '::warning']);
  });

  it('are ten at most, the last of many naming how many more', () => {
    const gates = Array.from({ length: 3000 }, (_, k) => oneOfEach[k % oneOfEach.length]!);
    const lines = githubAnnotations(checkDocument(gates, { warnings: [contaminated] }));
    expect(lines).toHaveLength(10);
    expect(
      lines
        .slice(0, 9)
        .every((line) => line.startsWith('::error title=silicon-student/si64/step-time-p50 failed::')),
    ).toBe(true);
    expect(lines[9]).toMatch(
      /^::error title=mdbench check::1991 more gates \(991 failed, 500 in error, 500 inconclusive\): see the report\.$/,
    );
    expect(
      githubAnnotations(checkDocument(gates.filter(({ state }) => state === 'inconclusive')))[9],
    ).toMatch(/^::warning /);
    expect(
      githubAnnotations(checkDocument(oneOfEach, { warnings: Array(50).fill(contaminated) })),
    ).toHaveLength(10);
  });

  it('are one line each, escaped as workflow commands want it', () => {
    const [line, ...others] = githubAnnotations(
      checkDocument([
        gateResult({
          metric: `${nasty}/si64/x`,
          reason: { code: 'campaign-failed', values: { message: 'a: b, 5%\r\n::warning::c' } },
        }),
      ]),
    );
    expect(others).toEqual([]);
    expect(line).not.toMatch(/[\r\n]/);
    const title = line!.slice('::error title='.length, line!.indexOf('::', 2));
    expect(title).toContain('%2525%3A%2C%0D%0A%3A%3Aerror%3A%3Ax/si64/x failed');
    expect(title).not.toMatch(/[:,]/);
    expect(line).toContain('::Its measurement broke off: a: b, 5%25%0D%0A::warning::c.');
  });

  it('are none for what passed or was skipped, and without gates', () => {
    expect(
      githubAnnotations(checkDocument([oneOfEach[0]!, oneOfEach[5]!], { verdict: 'inconclusive' })),
    ).toEqual([]);
    expect(githubAnnotations(syntheticDocument())).toEqual([]);
  });

  it('do not repeat notes', () => {
    const note = { code: 'single-trajectory', values: { needed: 8 } };
    expect(githubAnnotations(checkDocument([], { warnings: [note] }))).toEqual([]);
  });
});

describe('outputs of the step', () => {
  it('are the verdict and the report', () => {
    expect(githubOutput(checkDocument([]), { report: 'out/report.html' })).toBe(
      'verdict=fail\nreport=out/report.html\n',
    );
    expect(githubOutput(checkDocument([], { verdict: 'inconclusive' }), { report: null })).toBe(
      'verdict=inconclusive\nreport=\n',
    );
  });

  it('keep a path of several lines together, whatever is in it', () => {
    const report = 'a\nverdict=pass\nend-of-value\nend-of-value-';
    expect(githubOutput(checkDocument([]), { report })).toBe(
      `verdict=fail\nreport<<end-of-value--\n${report}\nend-of-value--\n`,
    );
  });
});

describe('JUnit', () => {
  const suiteOf = (
    gates: readonly GateResult[],
    change: Parameters<typeof checkDocument>[1] = {},
  ): XmlNode => {
    const root = readXml(toJunit(checkDocument(gates, change)));
    expect(root.tag).toBe('testsuites');
    expect(root.attributes.skipped).toBeUndefined();
    return root.children[0]!;
  };
  const outcomes = (suite: XmlNode) => suite.children.map(({ children }) => children[1]?.tag ?? 'passed');
  const stateOf = ({ children }: XmlNode) =>
    children[0]!.children.find(({ attributes }) => attributes.name === 'state')!.attributes.value;

  it('has one test case a gate, with its state whatever it counts as', () => {
    const suite = suiteOf(oneOfEach);
    expect(suite.attributes).toMatchObject({
      name: 'mdbench check',
      tests: '6',
      failures: '1',
      errors: '1',
      skipped: '3',
      timestamp: '2026-01-01T00:00:00',
    });
    expect(outcomes(suite)).toEqual(['passed', 'failure', 'skipped', 'skipped', 'error', 'skipped']);
    expect(suite.children.map(stateOf)).toEqual(oneOfEach.map(({ state }) => state));
    const [, failed] = suite.children;
    expect(failed!.attributes).toMatchObject({
      classname: 'silicon-student/si64',
      name: 'step-time-p50 at most +3 %',
    });
    expect(failed!.children[1]!.attributes.type).toBe('regression-seen');
    expect(failed!.children[1]!.text).toContain('Slower than the baseline');
  });

  it('counts what is inconclusive as a failure where it fails the build', () => {
    expect(outcomes(suiteOf([oneOfEach[2]!], { onInconclusive: 'fail' }))).toEqual(['failure']);
    expect(outcomes(suiteOf([{ ...oneOfEach[2]!, severity: 'warn' }], { onInconclusive: 'fail' }))).toEqual([
      'skipped',
    ]);
  });

  it('errs for what is in error, even where it only warns', () => {
    const error = oneOfEach[4]!;
    expect(outcomes(suiteOf([error, { ...error, severity: 'warn' }]))).toEqual(['error', 'error']);
  });

  it('fails nothing of an indicative check', () => {
    expect(outcomes(suiteOf([gateResult()], { indicative: true, mode: 'stored' }))).toEqual(['skipped']);
  });

  it('holds any text', () => {
    const gate = gateResult({
      metric: `${nasty}/si64/x`,
      pattern: nasty,
      reason: { code: nasty, values: { message: nasty } },
    });
    const [testCase] = suiteOf([gate], { baseline: nasty }).children;
    expect(testCase!.attributes.classname).toBe(
      `a<b>&"c"'d'\ufffd\ufffd\ufffd\ufffd]]>\ufffd %25:,  ::error::x/si64`,
    );
    expect(testCase!.children[1]!.text).toContain(`a<b>&"c"'d'\ufffd`);
  });

  it('names a pattern that matched nothing', () => {
    const [testCase] = suiteOf([
      gateResult({ metric: null, pattern: 'x/si64/y', state: 'error', estimate: null }),
    ]).children;
    expect(testCase!.attributes.classname).toBe('x/si64/y');
  });

  it('is whole with thousands of gates and with none', () => {
    expect(suiteOf(Array(3000).fill(gateResult())).children).toHaveLength(3000);
    expect(suiteOf([]).attributes.tests).toBe('0');
    expect(readXml(toJunit(syntheticDocument())).children[0]!.children).toEqual([]);
  });
});

describe('numbers for trackers', () => {
  const metric = (value: number | null, half: number | null, unit: string): Metric => ({
    value,
    low: value === null || half === null ? null : value - half,
    high: value === null || half === null ? null : value + half,
    unit,
    n: 8,
    warnings: [],
  });
  const metrics = {
    'step-time-p50': metric(0.25, 0.01, 'ms'),
    'first-call-time': metric(5, null, 'ms'),
    'steps-per-second': metric(4000, 100, '1/s'),
    'energy-drift': metric(-0.02, 0.01, 'meV/atom/ps'),
    'rss-slope': metric(12, 30, 'bytes/step'),
    'temperature-mean': metric(300, 2, 'K'),
    'force-call-p99': metric(null, null, 'ms'),
  };
  const cost = { forces: 0.2, neighbors: 0.03, integrate: 0.005, other: 0.002 };
  const campaign = syntheticCampaign({
    id: 'si64',
    labels: { baseline: 'v1', candidate: 'v2' },
    costs: { baseline: cost, candidate: cost },
    atoms: 64,
  });
  const caseOf = (id: string, forceField: string): CaseResult => {
    const one = syntheticCase([], { id, metrics });
    return { ...one, spec: { ...one.spec, id, forceField: { ...one.spec.forceField, name: forceField } } };
  };
  const [before, after] = [caseOf('si64-v1-nve', 'v1'), caseOf('si64-v2-nve', 'v2')];
  const document = checkDocument(
    [],
    {},
    {
      cases: [before, after],
      campaigns: [
        {
          ...campaign,
          arms: {
            baseline: { ...campaign.arms.baseline, spec: before.spec },
            candidate: { ...campaign.arms.candidate, spec: after.spec },
          },
        },
      ],
    },
  );

  it('are the times and the size of the drift of the candidate for github-action-benchmark', () => {
    const entries: { name: string; unit: string; value: number; range?: string; extra: string }[] =
      JSON.parse(toGithubActionBenchmark(document));
    const named = new Map(entries.map((entry) => [entry.name, entry]));
    expect(named.size).toBe(entries.length);
    expect([...named.keys()].every((name) => name.startsWith('v2/si64/'))).toBe(true);
    expect(named.get('v2/si64/step-time-p50')).toMatchObject({ unit: 'ms', value: 0.25, range: '± 0.01' });
    expect(named.get('v2/si64/energy-drift')).toMatchObject({
      unit: 'meV/atom/ps',
      value: 0.02,
      range: '± 0.01',
    });
    expect(named.get('v2/si64/first-call-time')).not.toHaveProperty('range');
    expect(named.get('v2/si64/step-time-mean')?.value).toBeCloseTo(0.24, 1);
    for (const id of ['steps-per-second', 'rss-slope', 'temperature-mean', 'force-call-p99']) {
      expect(named.has(`v2/si64/${id}`)).toBe(false);
    }
    for (const { value, extra } of entries) {
      expect(Number.isFinite(value)).toBe(true);
      expect(extra).toContain('mdbench 0.1.0');
    }
  });

  it('are all that have a better side for Bencher, by benchmark and measure', () => {
    const benchmarks: Record<
      string,
      Record<string, { value: number; lower_value?: number; upper_value?: number }>
    > = JSON.parse(toBencher(document));
    expect(Object.keys(benchmarks)).toEqual(['v2/si64']);
    const measures = benchmarks['v2/si64']!;
    expect(measures['energy-drift']).toEqual({ value: -0.02, lower_value: -0.03, upper_value: -0.01 });
    expect(measures['rss-slope']!.value).toBe(12);
    expect(measures['first-call-time']).toEqual({ value: 5 });
    expect(Object.keys(measures)).not.toContain('temperature-mean');
    for (const [name, { value, lower_value: low = value, upper_value: high = value }] of Object.entries(
      measures,
    )) {
      expect(name.length).toBeLessThanOrEqual(64);
      expect(low <= value && value <= high).toBe(true);
    }
  });

  it('are empty of a document in which nothing was measured', () => {
    expect(JSON.parse(toGithubActionBenchmark(syntheticDocument()))).toEqual([]);
    expect(JSON.parse(toBencher(syntheticDocument()))).toEqual({});
  });
});
