// Each rule on planted nodes: it applies where it should, with the right share, and not a little below.

import { describe, expect, it } from 'vitest';
import { hotSpotCodes, operatorProfile, type ProfiledCalls } from '../../src/profile/operators/index.js';
import type { Warning } from '../../src/result/index.js';
import { type PlantedNode, profileLines, readLog, type Shape } from '../support/operator-events.js';

const matrix: readonly Shape[] = [{ float: [64, 64] }];
/** Without one node of no work, nobody could know what profiling adds to each. */
const idle: PlantedNode = { name: 'idle', operator: 'Shape', time: 2 };

function spotsOf(nodes: readonly PlantedNode[], change: Partial<ProfiledCalls> = {}, between = 1): Warning[] {
  const log = readLog(profileLines([idle, ...nodes], 3, between));
  const asked = { provider: 'cpu', threads: 1, warmUp: 1, calls: 2, plainCall: null, ...change };
  return operatorProfile(log, asked)!.hotSpots;
}

const codesOf = (...parameters: Parameters<typeof spotsOf>) => spotsOf(...parameters).map(({ code }) => code);

/** `share` % of the time beyond the 2 µs of every node in `operator`, the rest in thirty kinds of others. */
function mixture(operator: string, share: number, more: Partial<PlantedNode> = {}): PlantedNode[] {
  const others = Array.from({ length: 30 }, (_, k) => ({
    name: `other${k}`,
    operator: `Other${k}`,
    time: 2 + (100 - share) * 10,
  }));
  return [...others, { name: 'hot', operator, time: 2 + share * 300, outputs: matrix, ...more }];
}

const byShare: [code: string, operator: string, least: number, more?: Partial<PlantedNode>][] = [
  ['serial-scatter', 'ScatterElements', 10],
  ['scatter-nd', 'ScatterND', 10],
  ['gather', 'Gather', 20],
  ['power', 'Pow', 10],
  ['softplus', 'Softplus', 10],
  ['transcendental', 'Exp', 25],
  ['einsum', 'Einsum', 10],
  ['data-movement', 'Transpose', 25],
  ['cast', 'Cast', 5],
  ['selection', 'NonZero', 15],
  ['control-flow', 'Loop', 10],
  ['dense-products', 'MatMul', 50],
  ['large-operator', 'Resize', 30],
  ['double-precision', 'Floor', 50, { outputs: [{ double: [64, 64] }] }],
  [
    'short-broadcast',
    'Sub',
    10,
    { inputs: [{ float: [64, 64, 1] }, { float: [64, 1, 9] }], outputs: [{ float: [64, 64, 9] }] },
  ],
];

describe.each(byShare)('%s', (code, operator, least, more) => {
  it(`is told from ${least} % of the nodes' time on`, () => {
    expect(codesOf(mixture(operator, least + 1, more))).toContain(code);
    expect(codesOf(mixture(operator, least - 1, more))).not.toContain(code);
  });

  it('has the share, the node and how often it runs', () => {
    const spot = spotsOf(mixture(operator, least + 10, more)).find((one) => one.code === code)!;
    expect(spot.values).toMatchObject({ operator, calls: 1, node: 'hot', threads: 1 });
    expect(spot.values.share).toBeCloseTo(least + 10, 9);
  });
});

describe('the share of a hot spot', () => {
  it('is without what profiling adds to every node', () => {
    const reshapes = Array.from({ length: 50 }, (_, k) => ({ name: `r${k}`, operator: 'Reshape', time: 2 }));
    const nodes = [...reshapes, { name: 'product', operator: 'MatMul', time: 102 }];
    expect(spotsOf(nodes)).toMatchObject([
      { code: 'dense-products', values: { share: expect.closeTo(100, 9) } },
    ]);
  });

  it('stays that of a graph of one long node', () => {
    const log = readLog(profileLines([{ name: 'only', operator: 'MatMul', time: 5000 }], 2));
    const profile = operatorProfile(log, {
      provider: 'cpu',
      threads: 1,
      warmUp: 1,
      calls: 1,
      plainCall: null,
    });
    expect(profile!.hotSpots).toMatchObject([
      { code: 'dense-products', values: { share: expect.closeTo(100, 9) } },
    ]);
  });

  it('orders them, and joins operators of one rule', () => {
    const node = (operator: string, time: number) => ({ name: operator, operator, time: time + 2 });
    const spots = spotsOf([
      node('Concat', 200),
      node('Transpose', 300),
      node('Gather', 400),
      node('Neg', 100),
    ]);
    expect(spots).toMatchObject([
      {
        code: 'data-movement',
        values: { operator: 'Transpose, Concat', share: expect.closeTo(50, 9), calls: 2 },
      },
      { code: 'gather', values: { share: expect.closeTo(40, 9) } },
    ]);
  });
});

describe('nodes of a subgraph', () => {
  it('count as control flow with the node that they are in', () => {
    const [open, ...rest] = profileLines([{ name: 'turns', operator: 'Loop', time: 100 }, idle], 2);
    const inner = rest
      .filter((line) => line.includes('turns'))
      .map((line) => {
        const begin = Number(/"ts":(\d+)/.exec(line)![1]);
        return line
          .replace(/"ts":\d+/, `"ts":${begin + 20}`)
          .replace('"dur":100', '"dur":60')
          .replace('turns', 'add')
          .replace('"Loop"', '"Add"');
      });
    const asked = { provider: 'cpu', threads: 1, warmUp: 1, calls: 1, plainCall: null };
    const { nodes, hotSpots } = operatorProfile(readLog([open!, ...inner, ...rest]), asked)!;
    expect(nodes.map(({ name, time }) => [name, time])).toContainEqual(['turns > add', 0.06]);
    expect(nodes.map(({ name, time }) => [name, time])).toContainEqual(['turns', 0.04]);
    const spot = hotSpots.find(({ code }) => code === 'control-flow')!;
    expect(spot.values).toMatchObject({ share: expect.closeTo(100, 9), calls: 2 });
  });
});

describe('short runs of a broadcast', () => {
  const product = (left: number[], right: number[], output: number[]) =>
    codesOf([
      {
        name: 'p',
        operator: 'Mul',
        time: 900,
        inputs: [{ float: left }, { float: right }],
        outputs: [{ float: output }],
      },
    ]).includes('short-broadcast');

  it.each([
    ['the stretched axis is last and short', [500, 64, 1], [500, 1, 9], [500, 64, 9], true],
    ['a short row goes over all rows', [5000, 3], [3], [5000, 3], true],
    ['a column goes over short rows', [5000, 3], [5000, 1], [5000, 3], true],
    ['the long axis is last', [500, 1, 64], [500, 9, 1], [500, 9, 64], false],
    ['nothing is stretched', [5000, 3], [5000, 3], [5000, 3], false],
    ['a number goes over all', [5000, 3], [], [5000, 3], false],
    ['a long row goes over all rows', [5000, 64], [64], [5000, 64], false],
    ['all of it is small', [3, 1], [1, 3], [3, 3], false],
  ])('%s', (_, left, right, output, expected) => {
    expect(product(left, right, output)).toBe(expected);
  });
});

describe('many small nodes', () => {
  const many = (count: number, time: number) =>
    Array.from({ length: count }, (_, k) => ({ name: `n${k}`, operator: `Op${k}`, time }));

  it('are told from two hundred on, below 5 µs each', () => {
    expect(spotsOf(many(220, 4))).toMatchObject([{ code: 'many-small-nodes', values: { calls: 221 } }]);
    expect(spotsOf(many(190, 4))).toEqual([]);
    expect(spotsOf(many(220, 6))).toEqual([]);
  });

  it('are judged by the plain call, where profiling makes them long', () => {
    const [spot] = spotsOf(many(220, 6), { plainCall: 0.442 });
    expect(spot).toMatchObject({ code: 'many-small-nodes', values: { calls: 221 } });
    expect(spot!.values.each).toBeCloseTo(0.002, 12);
  });
});

describe('time outside of the nodes', () => {
  const nodes = [
    { name: 'a', operator: 'Neg', time: 398 },
    { name: 'b', operator: 'Floor', time: 400 },
  ];
  const told = (plainCall: number | null, between: number) =>
    spotsOf(nodes, { plainCall }, between).find(({ code }) => code === 'outside-nodes');

  it('is told against the plain call', () => {
    expect(told(1, 50)!.values).toEqual({ share: expect.closeTo(20, 9), outside: expect.closeTo(0.2, 9) });
    expect(told(0.9, 50)).toBeUndefined();
  });

  it('is not told of a call that profiling alone makes long', () => {
    expect(told(0.8, 200)).toBeUndefined();
    expect(told(null, 200)).toBeUndefined();
  });
});

describe('a provider off the CPU', () => {
  const on = 'CUDAExecutionProvider';
  const kernel = { name: 'k', operator: 'ScatterElements', time: 100, provider: on };
  const copy = (name: string, operator: string) => ({ name, operator, time: 30, provider: on });

  it('is not judged by times that are those of launches', () => {
    expect(codesOf([kernel])).toEqual([]);
  });

  it('is told of copies to nodes on the CPU and back', () => {
    const spots = spotsOf([
      kernel,
      copy('m1', 'MemcpyToHost'),
      { name: 'u', operator: 'Unique', time: 40 },
      copy('m2', 'MemcpyFromHost'),
    ]);
    expect(spots).toEqual([
      { code: 'device-copies', values: { copies: 2, nodes: 2, operators: 'Unique, Shape' } },
    ]);
  });

  it('is told of many launches, and of the wait after them', () => {
    const launches = Array.from({ length: 230 }, (_, k) => ({ ...kernel, name: `k${k}`, time: 9 }));
    expect(codesOf(launches)).toEqual(['many-launches']);
    expect(codesOf([kernel], {}, 50)).toEqual(['device-wait']);
  });
});

it('every code is told in one of these cases', () => {
  const tested = [...byShare.map(([code]) => code), 'many-small-nodes', 'outside-nodes'];
  expect([...hotSpotCodes].sort()).toEqual(
    [...tested, 'device-copies', 'many-launches', 'device-wait'].sort(),
  );
});
