// Events of ONNX Runtime's own profile against a golden one whose nodes were summed in Python by their names.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatorProfile, type ProfiledCalls, planCalls } from '../../src/profile/operators/index.js';
import { operatorProfileSchema } from '../../src/result/index.js';
import { profileLines, readLog } from '../support/operator-events.js';
import { thrownBy } from '../support/thrown.js';

interface Golden {
  readonly warmUp: number;
  readonly calls: number;
  readonly callMicroseconds: number;
  readonly nodes: Readonly<Record<string, { events: number; microseconds: number }>>;
}

const read = (name: string) => readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8');
const golden = JSON.parse(read('operators.json')) as Golden;
const lines = read('operators-profile.json').split('\n');
const { warmUp, calls } = golden;
const asked = { provider: 'cpu', threads: 1, warmUp, calls, plainCall: null };
const profileOf = (text: readonly string[], change: Partial<ProfiledCalls> = {}) =>
  operatorProfile(readLog(text), { ...asked, ...change });

/** Events listed by their begin, as versions of ONNX Runtime after 1.30 do. */
function byBegin(text: readonly string[]): string[] {
  const begin = (line: string) => Number(/"ts" :(\d+)/.exec(line)?.[1]);
  const events = text.filter((line) => line.startsWith('{')).map((line) => line.replace(/,$/, ''));
  return ['[', ...events.sort((a, b) => begin(a) - begin(b)).map((line) => `${line},`), ']'];
}

describe.each([
  ['by their end', lines],
  ['by their begin', byBegin(lines)],
])('a graph with If and Loop, its events listed %s', (_, text) => {
  const profile = profileOf(text)!;

  it('has the time of every node, that of subgraphs counted once', () => {
    const found = Object.fromEntries(
      profile.nodes.map(({ name, calls: each, time }) => [
        name,
        { events: Math.round(each * calls), microseconds: Math.round(1000 * time * calls) },
      ]),
    );
    expect(found).toEqual(golden.nodes);
  });

  it('sums to the time of the calls after the warm-up', () => {
    expect(profile).toMatchObject({ calls, warnings: [], hostLaunch: false, plainCall: null });
    expect(profile.callTime).toBeCloseTo(golden.callMicroseconds / calls / 1000, 12);
    const inside = Object.values(golden.nodes).reduce((sum, { microseconds }) => sum + microseconds, 0);
    const covered = (100 * inside) / golden.callMicroseconds;
    const shares = (rows: readonly { share: number }[]) => rows.reduce((sum, { share }) => sum + share, 0);
    expect(profile.covered).toBeCloseTo(covered, 9);
    expect(shares(profile.nodes)).toBeCloseTo(covered, 9);
    expect(shares(profile.types)).toBeCloseTo(covered, 9);
    expect(covered).toBeLessThan(100);
  });

  it('joins nodes of one operator, the longest first', () => {
    const type = profile.types.find(({ operator }) => operator === 'MatMul');
    expect(type).toMatchObject({ provider: 'CPUExecutionProvider', nodes: 2, calls: 1.5 });
    const times = profile.types.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('describes types and shapes in the words of the document', () => {
    const scaled = profile.nodes.find(({ name }) => name === 'scale')!;
    expect(scaled.inputs).toEqual(['float32[64,64]', 'float32[64,64]']);
    const odd = profile.nodes.find(({ name }) => name === 'loop > body odd')!;
    expect([...odd.inputs, ...odd.outputs]).toEqual(['int64[]', 'bool[]']);
    expect(operatorProfileSchema.safeParse(profile).success).toBe(true);
  });
});

describe('files that are not whole', () => {
  it('cut off in a line: the calls before count, without the one that may lack nodes', () => {
    const cut = lines.join('\n').slice(0, -3000).split('\n');
    const profile = profileOf(cut)!;
    expect(profile.calls).toBe(calls - 2);
    expect(profile.warnings).toEqual([
      { code: 'operator-calls-missing', values: { calls: calls - 2, asked: calls } },
    ]);
  });

  it('whose events ran out within a call: the whole calls count', () => {
    const full = profileLines([{ name: 'a', operator: 'Add', time: 50 }], 6);
    const lastRun = full.findLastIndex((line) => line.includes('model_run'));
    const profile = profileOf(full.toSpliced(lastRun, 1), { warmUp: 1, calls: 5 })!;
    expect(profile).toMatchObject({ calls: 4, nodes: [{ calls: 1, time: 0.05 }] });
    expect(profile.warnings[0]).toEqual({ code: 'operator-calls-missing', values: { calls: 4, asked: 5 } });
  });

  it('with no call after the warm-up have no table', () => {
    expect(profileOf(lines, { warmUp: 6 })).toBeNull();
    expect(profileOf(['[', ']'])).toBeNull();
  });

  it.each([
    ['empty', []],
    ['of something else', ['<html>', '</html>']],
    ['of one line', [lines.join('')]],
    ['of other JSON lines', ['[', '{"a": 1},', '{"b": 2}', ']']],
    ['with times that are none', ['[', lines[3]!.replace(/"dur" :\d+/, '"dur" :"long"'), ']']],
  ])('%s are refused', (_, text) => {
    expect(thrownBy(() => readLog(text))).toMatchObject({
      code: 'measurement-failed',
      message: expect.stringContaining('is no profile as mdbench knows them'),
    });
  });

  it('with single lines that are no event say how many', () => {
    const spoiled = lines.with(60, '{"cat" : "Node","pid" :1,"tid').with(70, 'zzz');
    expect(profileOf(spoiled)!.warnings).toEqual([
      { code: 'operator-events-unreadable', values: { events: 2 } },
    ]);
  });
});

describe('the table', () => {
  it('takes events of two threads for two nodes, though one lies within the other', () => {
    const [open, first, ...rest] = profileLines([{ name: 'long', operator: 'Conv', time: 100 }], 1);
    const other = first!
      .replace('long', 'short')
      .replace('"dur":100', '"dur":10')
      .replace('"tid":7', '"tid":8');
    const profile = profileOf([open!, first!, other, ...rest], { warmUp: 0, calls: 1 })!;
    expect(profile.nodes.map(({ name, time }) => [name, time])).toEqual([
      ['long', 0.1],
      ['short', 0.01],
    ]);
  });

  it('marks a provider off the CPU, and no other', () => {
    const on = (provider: string) =>
      profileOf(profileLines([{ name: 'a', operator: 'Add', time: 9, provider }], 2), {
        warmUp: 1,
        calls: 1,
      })!.hostLaunch;
    expect(on('CUDAExecutionProvider')).toBe(true);
    expect(on('TensorrtExecutionProvider')).toBe(true);
    expect(on('CPUExecutionProvider')).toBe(false);
    expect(on('XnnpackExecutionProvider')).toBe(false);
  });

  it('lists five hundred nodes and counts the others', () => {
    const many = Array.from({ length: 600 }, (_, k) => ({ name: `n${k}`, operator: 'Add', time: 10 + k }));
    const profile = profileOf(profileLines(many, 2), { warmUp: 1, calls: 1 })!;
    expect(profile.nodes.length).toBe(500);
    expect(profile.nodes[0]!.name).toBe('n599');
    expect(profile.types).toMatchObject([{ operator: 'Add', nodes: 600, calls: 600 }]);
    expect(profile.warnings).toEqual([{ code: 'operator-nodes-cut', values: { kept: 500, of: 600 } }]);
    expect(profile.types[0]!.share).toBeCloseTo(profile.covered, 9);
  });

  it('says by how much profiling slowed the call, and for each node', () => {
    const profile = profileOf(profileLines([{ name: 'a', operator: 'Add', time: 98 }], 2), {
      warmUp: 1,
      calls: 1,
      plainCall: 0.05,
    })!;
    expect(profile.callTime).toBeCloseTo(0.1, 12);
    expect(profile.warnings).toEqual([{ code: 'operators-slowed', values: { ratio: 2, each: 0.05 } }]);
  });
});

describe('the plan of the calls', () => {
  it('takes two seconds, at least ten and at most five hundred calls', () => {
    expect(planCalls({ callTime: 20, events: 100 })).toEqual({ warmUp: 6, calls: 100 });
    expect(planCalls({ callTime: 900, events: 100 }).calls).toBe(10);
    expect(planCalls({ callTime: 0.1, events: 100 }).calls).toBe(500);
  });

  it.each([100, 1000, 5000, 30_000, 90_000, 300_000])('keeps %i events a call under the cap', (events) => {
    const plan = planCalls({ callTime: 0.01, events });
    expect(plan.calls).toBeGreaterThanOrEqual(1);
    expect(plan.warmUp).toBeGreaterThanOrEqual(2);
    expect((plan.warmUp + plan.calls) * events).toBeLessThan(1_000_000);
  });
});
