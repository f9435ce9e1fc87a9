// Every way of adding up gathered rows gives the same gradient.

import { describe, it } from 'vitest';
import { expectGradients } from '../../support/micro-graph.js';

describe.each(['elements', 'nd', 'sorted'] as const)('rows added up by %s', (accumulation) => {
  it.each([
    ['numbers', ['n']],
    ['rows', ['n', 'm']],
    ['matrices', ['n', 2, 3]],
  ] as const)('%s, some taken often, some never', async (_, dims) => {
    await expectGradients({
      inputs: { x: { dims }, i: { type: 'int64', dims: ['e'], range: [0, 'n'] } },
      build: (graph, { x, i }) => {
        const once = graph.op('Gather', [x!, i!]);
        return graph.op('Mul', [once, once]);
      },
      accumulation,
    });
  });

  it('counted from behind, of 32 bits', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2] }, i: { type: 'int32', dims: ['e'], values: ({ e }) => lastOnes(e!) } },
      build: (graph, { x, i }) => graph.op('Gather', [x!, i!]),
      accumulation,
    });
  });

  it.each([
    ['nearly all', (k: number) => (k % 5 ? 1 : 0)],
    ['all', () => 1],
  ])('%s of them taken from one row', async (_, rowOf) => {
    const values = ({ e }: Record<string, number>) => Array.from({ length: e! }, (_, k) => rowOf(k));
    await expectGradients({
      inputs: { x: { dims: ['n', 2] }, i: { type: 'int64', dims: ['e'], values } },
      build: (graph, { x, i }) => {
        const taken = graph.op('Gather', [x!, i!]);
        return graph.op('Mul', [taken, taken]);
      },
      accumulation,
    });
  });

  it('along another axis', async () => {
    await expectGradients({
      inputs: { x: { dims: [2, 'n'] }, i: { type: 'int64', dims: ['e'], range: [0, 'n'] } },
      build: (graph, { x, i }) => graph.op('Gather', [x!, i!], { axis: 1 }),
      accumulation,
    });
  });

  it.each([1, 0])('none at all of %d rows, in a system that no probe saw', async (n) => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2] }, i: { type: 'int64', dims: ['e'], range: [0, 'n'] } },
      build: (graph, { x, i }) => [graph.op('Gather', [x!, i!]), x!],
      sizes: [
        { n: 4, e: 7 },
        { n: 5, e: 6 },
        { n, e: 0 },
      ],
      accumulation,
    });
  });
});

function lastOnes(count: number): number[] {
  return Array.from({ length: count }, (_, k) => (k % 2 ? -1 : -2));
}
