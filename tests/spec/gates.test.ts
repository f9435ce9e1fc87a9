import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultGates, gateFileJsonSchema, loadGates, matches, parseShare } from '../../src/spec/index.js';
import { thrownBy } from '../support/thrown.js';

const folder = mkdtempSync(join(tmpdir(), 'mdbench-gates-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string, name = 'gates.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('a gate file', () => {
  const entries = {
    'student/si64/step-time-p50': ['error', { maxRegression: '3%' }],
    '*/energy-drift': ['error', { max: 0.05 }],
    '*/rss-slope': ['warn', { max: 128 }],
    'student/temperature-mean': ['warn', { min: 280, max: 320 }],
    'student/force-rmse': ['off', { max: 0.12 }],
  };
  const gates = [
    { pattern: 'student/si64/step-time-p50', severity: 'error', rule: 'maxRegression', limit: 0.03 },
    { pattern: '*/energy-drift', severity: 'error', rule: 'max', limit: 0.05 },
    { pattern: '*/rss-slope', severity: 'warn', rule: 'max', limit: 128 },
    { pattern: 'student/temperature-mean', severity: 'warn', rule: 'max', limit: 320 },
    { pattern: 'student/temperature-mean', severity: 'warn', rule: 'min', limit: 280 },
  ];

  it('in JSON becomes gates: several rules are several gates, off is none', () => {
    expect(loadGates(written(JSON.stringify(entries, null, '\t'), 'gates.json'))).toEqual(gates);
  });

  it('in YAML is the same, and may name its schema', () => {
    const text = [
      '$schema: https://example.org/gates.json',
      'student/si64/step-time-p50: [error, { maxRegression: 3% }]',
      '"*/energy-drift": [error, { max: 0.05 }]',
      "'*/rss-slope':",
      '  - warn',
      '  - max: 128',
      'student/temperature-mean: [warn, { min: 280, max: 320 }]',
      'student/force-rmse: [off, { max: 0.12 }]',
    ];
    expect(loadGates(written(text.join('\n')))).toEqual(gates);
  });

  it.each([
    ['a number', 'a/b: [error, { maxRegression: 0.03 }]', 0.03],
    ['a space', 'a/b: [error, { maxRegression: 2.5 % }]', 0.025],
  ])('takes a share as %s', (_, text, limit) => {
    expect(loadGates(written(text))).toEqual([
      { pattern: 'a/b', severity: 'error', rule: 'maxRegression', limit },
    ]);
  });

  it.each([
    ['no object', '[1, 2]', 'must be an object of patterns and their gates (received [1,2])'],
    [
      'a severity alone',
      'a/b: error',
      'line 1: "a/b" must be a severity and its rules, such as ["error", {"maxRegression": "3%"}] (received "error")',
    ],
    ['no rules', 'a/b: [error]', '"a/b" must be a severity and its rules'],
    [
      'an unknown severity',
      '# note\n\na/b: [fatal, { max: 1 }]',
      'line 3: "a/b" must be "error", "warn" or "off" (received "fatal")',
    ],
    [
      'an unknown rule',
      'a/b: [error, { maximum: 1 }]',
      '"a/b" must have one or more of maxRegression, max and min, there is no rule maximum (received {"maximum":1})',
    ],
    [
      'rules without one',
      'a/b: [error, {}]',
      '"a/b" must have one or more of maxRegression, max and min (received {})',
    ],
    [
      'rules that are a number',
      'a/b: [error, 3]',
      '"a/b" must have one or more of maxRegression, max and min (received 3)',
    ],
    [
      'a limit in words',
      'a/b: [error, { max: high }]',
      '"a/b" max must be a number in the unit of the metric (received "high")',
    ],
    [
      'a limit that is none',
      'a/b: [error, { max: .inf }]',
      '"a/b" max must be a number in the unit of the metric',
    ],
    [
      'a share of 3',
      'a/b: [error, { maxRegression: 3 }]',
      '"a/b" maxRegression must be a share above 0 and below 1, such as "3%" or 0.03 (received 3)',
    ],
    ['a share of 0 %', 'a/b: [error, { maxRegression: 0% }]', 'maxRegression must be a share above 0'],
    ['a share of 300 %', 'a/b: [error, { maxRegression: 300% }]', 'maxRegression must be a share above 0'],
    [
      'a min above the max',
      'a/b: [error, { max: 1, min: 2 }]',
      '"a/b" has a min above its max: nothing could pass (received {"max":1,"min":2})',
    ],
    [
      'a pattern of one part',
      'step-time-p50: [error, { max: 1 }]',
      '"step-time-p50" must be <force field>/<metric> or <force field>/<system>/<metric>, such as "*/step-time-p50"',
    ],
    ['a pattern of four parts', 'a/b/c/d: [error, { max: 1 }]', '"a/b/c/d" must be <force field>/<metric>'],
    ['an empty part', 'a//c: [error, { max: 1 }]', '"a//c" must be <force field>/<metric>'],
    [
      'a pattern twice',
      'a/b: [error, { max: 1 }]\nc/d: [warn, { min: 1 }]\na/b: [error, { min: 1 }]',
      'line 3: this pattern stands there twice',
    ],
    ['broken YAML', 'a/b: [error, { max: 1 }]\nc/d: [error, { max: 1 }', 'line 2: '],
    ['an alias of nothing', 'a/b: [error, *limits]', 'limits'],
    ['nothing', '', 'has no gate: nothing would be checked'],
    ['nothing but off', 'a/b: [off, { max: 1 }]', 'has no gate: nothing would be checked'],
  ])('with %s is refused in words', (_, text, message) => {
    const error = thrownBy(() => loadGates(written(text)));
    expect(error.code).toBe('gates-invalid');
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain(`Gate file ${join(folder, 'gates.yaml')}`);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/[^.]\.$/);
    expect(error.hint).toMatch(/pattern/);
  });

  it('names every wrong pattern at once, with its line', () => {
    const { message } = thrownBy(() =>
      loadGates(written('a/b: [fatal, { max: 1 }]\nfine/x: [warn, { max: 2 }]\nc: [error, { max: 1 }]')),
    );
    expect(message).toContain('line 1: "a/b" must be');
    const patterns = thrownBy(() =>
      loadGates(written('a: [error, { max: 1 }]\nb: [error, { max: 1 }]')),
    ).message;
    expect(patterns).toContain('line 1: "a" must be');
    expect(patterns).toContain('line 2: "b" must be');
  });

  it('with an unquoted star says that YAML wants quotes', () => {
    const error = thrownBy(() =>
      loadGates(written('a/b: [error, { max: 1 }]\n*/energy-drift: [error, { max: 0.05 }]')),
    );
    expect(error.message).toContain('line 2: in YAML a pattern that begins with * has to be quoted.');
    expect(error.hint).toContain('"*/step-time-p50"');
  });

  it.each([
    ['{\n "a/b": ["error", {"max": 1}],\n "c/d": ["error" {"max": 1}]\n}', 3],
    ['{\n "a/b": ["error", {"max": 1}]\n', 2],
    ['{\n "a/b": ["error", {"max": 1}],\n}', 3],
  ])('that is no JSON is refused with its line: %#', (text, line) => {
    const error = thrownBy(() => loadGates(written(text, 'gates.json')));
    expect(error.code).toBe('gates-invalid');
    expect(error.message).toContain(`, line ${line}: not JSON: `);
  });

  it('in JSON that has a pattern twice is refused, where JSON would keep the last', () => {
    const text = '{\n "a/b": ["error", {"max": 1}],\n "a/b": ["warn", {"max": 2}]\n}';
    expect(thrownBy(() => loadGates(written(text, 'gates.json'))).message).toContain(
      'line 3: this pattern stands there twice.',
    );
  });

  it('that is not there is said to be missing', () => {
    const error = thrownBy(() => loadGates(join(folder, 'none.yaml')));
    expect([error.code, error.exitCode]).toEqual(['file-not-found', 2]);
    expect(error.message).toContain('there is no such file');
    expect(thrownBy(() => loadGates(folder)).message).toContain('EISDIR');
  });
});

describe('the JSON schema of gate files', () => {
  const shipped = new URL('../../src/spec/gates.schema.json', import.meta.url);
  if (process.env.MDBENCH_WRITE_SCHEMA)
    writeFileSync(shipped, `${JSON.stringify(gateFileJsonSchema(), null, 2)}\n`);

  it('is what the gate schema says (write it again with MDBENCH_WRITE_SCHEMA=1)', () => {
    expect(JSON.parse(readFileSync(shipped, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(gateFileJsonSchema())),
    );
  });

  it.each([
    [{ 'a/b': ['error', { max: 1 }] }, true],
    [{ $schema: 'x', 'a/b/c': ['off', { maxRegression: '3%', min: -1 }] }, true],
    [{ 'a/b': ['warn', { maxRegression: 0.03 }] }, true],
    [{ 'a/b': ['error', {}] }, false],
    [{ 'a/b': ['fatal', { max: 1 }] }, false],
    [{ 'a/b': ['error', { maxRegression: 3 }] }, false],
    [{ 'a/b': ['error', { maxRegression: 'three' }] }, false],
    [{ 'a/b': ['error'] }, false],
    [{ 'a/b': ['error', { max: 1 }, 'more'] }, false],
    [{ 'a/b': ['error', { maximum: 1 }] }, false],
  ])('and the reader agree about %j', (value, right) => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(shipped, 'utf8')));
    const read = () => loadGates(written(JSON.stringify({ 'x/y': ['warn', { max: 1 }], ...value })));
    expect(schema.safeParse(value).success).toBe(right);
    if (right) expect(read().length).toBeGreaterThan(0);
    else expect(thrownBy(read).code).toBe('gates-invalid');
  });
});

describe('the gate files that ship', () => {
  const shipped = new URL('../../benchmarks/gates/', import.meta.url).pathname;

  it.each(readdirSync(shipped))('%s holds to the schema', (name) => {
    expect(loadGates(join(shipped, name)).length).toBeGreaterThan(3);
  });
});

describe('without a gate file', () => {
  it('the whole step of everything is checked', () => {
    expect(defaultGates(0.05)).toEqual([
      { pattern: '*/step-time-p50', severity: 'error', rule: 'maxRegression', limit: 0.05 },
    ]);
  });

  it.each([0, 1, Number.NaN, -0.1])('a tolerance of %s is refused', (share) => {
    expect(thrownBy(() => defaultGates(share)).code).toBe('option-invalid');
  });
});

describe('a pattern', () => {
  const path = 'silicon-student/si64/step-time-p50';

  it.each([
    'silicon-student/si64/step-time-p50',
    'silicon-student/step-time-p50',
    '*/step-time-p50',
    '*/si64/*',
    '*/*',
    '*/*/*',
    'silicon-*/si*/step-*-p50',
    '*student/si64/*time*',
    '**/step-time-p50',
  ])('%s is about it', (pattern) => {
    expect(matches(pattern, path)).toBe(true);
  });

  it.each([
    'silicon-teacher/step-time-p50',
    'silicon/step-time-p50',
    '*/si6/step-time-p50',
    '*/step-time',
    'step-time-p50',
    '*',
    'silicon-student/si64',
    '*/si64/step-time-p50/',
    '*/step-time-p50*p50',
    'silicon-student*silicon-student/step-time-p50',
    'silicon.student/step-time-p50',
    'student/step-time-p50',
  ])('%s is not', (pattern) => {
    expect(matches(pattern, path)).toBe(false);
  });

  it.each([
    ['candidate', 'candidate', true],
    ['student', 'candidate', true],
    ['baseline', 'candidate', false],
    ['teacher', 'candidate', false],
    ['baseline', 'baseline', true],
    ['teacher', 'baseline', true],
    ['student', 'baseline', false],
  ] as const)('%s names the arm %s: %s', (word, arm, expected) => {
    expect(matches(`${word}/step-time-p50`, path, arm)).toBe(expected);
    expect(matches(`${word}/si64/step-time-p50`, path, arm)).toBe(expected);
  });

  it('reads the path of a command from its right end', () => {
    expect(matches('*/si64/step-time-p50', 'node ../old/main.js/si64/step-time-p50')).toBe(true);
    expect(matches('*/step-time-p50', 'node ../old/main.js/si64/step-time-p50')).toBe(true);
    expect(matches('*main.js/step-time-p50', 'node ../old/main.js/si64/step-time-p50')).toBe(true);
    expect(matches('node ../step-time-p50', 'node ../old/main.js/si64/step-time-p50')).toBe(false);
  });

  it('has the parts of its name one after another, none used twice', () => {
    const about = (glob: string, name: string) => matches(`${glob}/m`, `${name}/si64/m`);
    expect([about('a*b*b', 'abb'), about('a*b*b', 'axbxb'), about('a*b*b', 'ab')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([about('a*a', 'aa'), about('a*a', 'a')]).toEqual([true, false]);
    expect([about('a*bc*cd', 'abccd'), about('a*bc*cd', 'abcd')]).toEqual([true, false]);
  });

  it('with many stars takes no time', () => {
    expect(matches(`${'*a'.repeat(200)}b/x`, `${'a'.repeat(5000)}/si64/x`)).toBe(false);
  });
});

describe('a share', () => {
  it.each([
    ['3%', 0.03],
    [' 2.5 % ', 0.025],
    ['0.03', 0.03],
    ['.5%', 0.005],
    ['0', 0],
    ['99.9%', 0.999],
  ])('%s is %s', (text, share) => {
    expect(parseShare(text)).toBeCloseTo(share, 12);
  });

  it.each(['3', '100%', '-1%', 'three', '', '%', '1e-2', '3%%', 'NaN'])('%s is refused', (text) => {
    const error = thrownBy(() => parseShare(text, '--max-regression'));
    expect(error.code).toBe('option-invalid');
    expect(error.message).toBe(
      `--max-regression must be a share below 100 %, such as 3% or 0.03 (received ${text}).`,
    );
  });

  it('of 3 is asked whether it was meant as 3%', () => {
    expect(thrownBy(() => parseShare('3')).hint).toBe('For 3 percent write 3%.');
  });
});
