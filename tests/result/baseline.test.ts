import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  baselineFolder,
  type Fingerprint,
  fingerprintDifferences,
  fingerprintOf,
  listBaselines,
  readBaseline,
  removeBaseline,
  type StoredBaseline,
  storedBaselineSchema,
  writeBaseline,
} from '../../src/result/index.js';
import { syntheticDocument } from '../support/synthetic-case.js';
import { thrownBy } from '../support/thrown.js';

const { environment } = syntheticDocument();
const workload = {
  forceField: 'silicon-student',
  file: 'a1b2',
  system: 'si64',
  atoms: 64,
  timestep: 1,
  precision: 'float32',
  threads: 1,
  provider: 'cpu',
  backend: 'native',
  tool: '0.1.0',
  node: '20.0.0',
  onnxruntime: '1.30.0',
};
const measured = { environment, tool: '0.1.0', workload, controlTime: 2 };

function baseline(change: Partial<StoredBaseline> = {}): StoredBaseline {
  return {
    baselineVersion: 1,
    name: 'main',
    createdAt: '2026-01-01T00:00:00.000Z',
    tool: { name: 'mdbench', version: '0.1.0' },
    environment,
    fingerprint: fingerprintOf(measured),
    controlTime: 2,
    arm: { label: 'silicon-student', spec: null, command: ['node', 'x.js'], workload, segmentSteps: 400 },
    runs: [1, 2].map((seed) => ({
      seed,
      metrics: { 'step-time-p50': 0.2 + 0.01 * seed },
      control: 2,
      worker: {
        start: 300,
        sessionCreate: 20,
        firstCall: 3,
        earlyCalls: [1, 0.9],
        warmUp: { steps: 800, elapsed: 500, settled: true },
        peakRss: 9e7,
      },
    })),
    ...change,
  };
}

describe('stored baselines', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mdbench-baselines-'));
    folder = join(root, baselineFolder);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('come back as they were written, into a folder that is made', () => {
    const path = writeBaseline(baseline(), folder);
    expect(path).toBe(join(folder, 'main.json'));
    expect(readBaseline('main', folder)).toEqual(baseline());
    expect(readdirSync(folder)).toEqual(['main.json']);
  });

  it('replace the one of their name', () => {
    writeBaseline(baseline(), folder);
    writeBaseline(baseline({ controlTime: 3 }), folder);
    expect(readBaseline('main', folder).controlTime).toBe(3);
  });

  it('are listed by name, a broken one with its problem, other files not at all', () => {
    expect(listBaselines(folder)).toEqual([]);
    writeBaseline(baseline({ name: 'v2' }), folder);
    writeBaseline(baseline({ name: 'main' }), folder);
    writeFileSync(join(folder, 'broken.json'), '{');
    writeFileSync(join(folder, 'notes.txt'), 'x');
    writeFileSync(join(folder, '.hidden.json'), '{}');
    const found = listBaselines(folder);
    expect(found.map(({ name }) => name)).toEqual(['broken', 'main', 'v2']);
    expect(found[0]!.problem?.code).toBe('document-invalid');
    expect(found[0]!.baseline).toBeNull();
    expect(found[1]!.baseline?.name).toBe('main');
    expect(found[1]!.problem).toBeNull();
  });

  it('are removed', () => {
    const path = writeBaseline(baseline(), folder);
    expect(removeBaseline('main', folder)).toBe(path);
    expect(existsSync(path)).toBe(false);
  });

  it.each([readBaseline, removeBaseline])(
    'that are missing are said to be, with what there is: %#',
    (call) => {
      const none = thrownBy(() => call('main', folder));
      expect([none.code, none.exitCode]).toEqual(['baseline-missing', 4]);
      expect(none.message).toBe(`There is no baseline main in ${folder}: none is stored there.`);
      writeBaseline(baseline({ name: 'v1' }), folder);
      writeBaseline(baseline({ name: 'v2' }), folder);
      expect(thrownBy(() => call('main', folder)).message).toContain('it has v1, v2.');
      expect(none.hint).toContain('mdbench baseline save main');
    },
  );

  it.each([
    '',
    '..',
    '../main',
    'a/b',
    'a\\b',
    '.hidden',
    '-rf',
    'a b',
    'a\n',
    'ä',
    'con:1',
    'x'.repeat(101),
  ])('are not called %j', (name) => {
    for (const call of [
      () => readBaseline(name, folder),
      () => removeBaseline(name, folder),
      () => writeBaseline(baseline({ name }), folder),
    ]) {
      expect(thrownBy(call).code).toBe('option-invalid');
    }
    expect(existsSync(folder)).toBe(false);
  });

  const edited = (change: (value: Record<string, unknown>) => void) => {
    const path = writeBaseline(baseline(), folder);
    const value = JSON.parse(readFileSync(path, 'utf8'));
    change(value);
    writeFileSync(path, JSON.stringify(value));
    return thrownBy(() => readBaseline('main', folder));
  };

  it('of a newer version are refused as such', () => {
    const error = edited((value) => Object.assign(value, { baselineVersion: 2, runs: 'otherwise' }));
    expect(error.code).toBe('document-too-new');
    expect(error.message).toContain('version 2 of the baseline format; this mdbench reads up to version 1.');
  });

  it.each([
    [
      (value: Record<string, unknown>) => delete value.baselineVersion,
      'baselineVersion: expected a whole number from 1, received nothing',
    ],
    [(value: Record<string, unknown>) => Object.assign(value, { baselineVersion: 'one' }), 'received "one"'],
    [(value: Record<string, unknown>) => Object.assign(value, { controlTime: null }), 'controlTime: '],
    [(value: Record<string, unknown>) => Object.assign(value, { runs: [{}] }), 'runs.0.'],
  ])('that were edited are refused with what is wrong: %#', (change, message) => {
    const error = edited(change);
    expect(error.code).toBe('document-invalid');
    expect(error.message).toContain(message);
    expect(error.hint).toContain('mdbench baseline save');
  });

  it.each(['null', '[]', '7', '{'])('that hold %s are no baseline', (text) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.json'), text);
    expect(thrownBy(() => readBaseline('main', folder)).code).toBe('document-invalid');
  });

  it('that break their own schema are not written', () => {
    const broken = { ...baseline(), runs: [{}] } as unknown as StoredBaseline;
    expect(thrownBy(() => writeBaseline(broken, folder)).code).toBe('document-invalid');
    expect(existsSync(folder)).toBe(false);
  });

  it('cannot be written into a file', () => {
    writeFileSync(join(root, '.mdbench'), '');
    expect(thrownBy(() => writeBaseline(baseline(), folder)).code).toBe('output-not-writable');
  });

  it('hold what a later check needs', () => {
    expect(Object.keys(storedBaselineSchema.shape)).toEqual(Object.keys(baseline()));
  });
});

describe('a fingerprint', () => {
  const of = (change: Partial<typeof measured>): Fingerprint => fingerprintOf({ ...measured, ...change });
  const known = of({});
  const keys = (other: Fingerprint) =>
    fingerprintDifferences(known, other).map(({ group, key }) => `${group} ${key}`);

  it('of the same thing is the same, whatever the order of its keys', () => {
    const turned = Object.fromEntries(Object.entries(workload).reverse()) as typeof workload;
    expect(of({ workload: turned })).toEqual(known);
    expect(keys(of({ workload: turned }))).toEqual([]);
    for (const { hash } of Object.values(known)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['hardware cpu', { environment: { ...environment, cpu: 'Another CPU' } }],
    ['hardware coresUsable', { environment: { ...environment, coresUsable: 16 } }],
    ['hardware memoryGiB', { environment: { ...environment, memory: 2 * environment.memory } }],
    ['hardware arch', { environment: { ...environment, arch: 'riscv64' } }],
    ['software os', { environment: { ...environment, os: 'Plan 9' } }],
    ['software node', { environment: { ...environment, node: '24.0.0' } }],
    ['software onnxruntime', { environment: { ...environment, onnxruntime: '2.0.0' } }],
    ['software backend', { environment: { ...environment, backend: 'native' as const } }],
    ['software tool', { tool: '0.2.0' }],
    ['workload system', { workload: { ...workload, system: 'si512' } }],
    ['workload threads', { workload: { ...workload, threads: 2 } }],
  ])('tells %s apart, by hash too', (name, change) => {
    const other = of(change);
    expect(keys(other)).toEqual([name]);
    const group = name.split(' ')[0] as keyof Fingerprint;
    for (const each of ['hardware', 'software', 'workload'] as const) {
      expect(other[each].hash === known[each].hash).toBe(each !== group);
    }
  });

  it('says both values, and null for what one does not tell', () => {
    const { threads: _, ...fewer } = workload;
    expect(fingerprintDifferences(known, of({ workload: fewer as typeof workload }))).toEqual([
      { group: 'workload', key: 'threads', baseline: 1, candidate: null },
    ]);
  });

  it('leaves out what is under test, a few MB of memory and what else the machine does', () => {
    const retrained = { ...workload, forceField: 'silicon-student-v2', file: 'ffff', tool: '0.2.0' };
    const busy = { ...environment, loadAverage: 7, memory: environment.memory + 1e6 };
    expect(keys(of({ workload: retrained, environment: busy }))).toEqual([]);
  });

  it('compares control times within 5 % of each other, wherever a bucket ends', () => {
    expect(keys(of({ controlTime: 2.09 }))).toEqual([]);
    expect(keys(of({ controlTime: 1.91 }))).toEqual([]);
    expect(keys(of({ controlTime: 2.11 }))).toEqual(['hardware controlTime']);
    expect(keys(of({ controlTime: 1.89 }))).toEqual(['hardware controlTime']);
    const times = Array.from({ length: 400 }, (_, k) => 1 * 1.01 ** k);
    const edges = times.filter((time, k) => {
      const [a, b] = [of({ controlTime: time }), of({ controlTime: times[k + 1] ?? time })];
      const crossed = a.hardware.parts.controlBucket !== b.hardware.parts.controlBucket;
      expect(fingerprintDifferences(a, b)).toEqual([]);
      expect(a.hardware.hash).toBe(b.hardware.hash);
      return crossed;
    });
    expect(edges.length).toBeGreaterThan(30);
  });
});
