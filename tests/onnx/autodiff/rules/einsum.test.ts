// Einsum against differences: every way in which letters are shared, summed, repeated, implied and broadcast.

import { describe, expect, it } from 'vitest';
import { parseEquation } from '../../../../src/onnx/autodiff/einsum-equation.js';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';
import { thrownBy } from '../../../support/thrown.js';

type Dims = readonly (number | string)[];

const equations: readonly (readonly [string, readonly Dims[]])[] = [
  [
    'ij,jk->ik',
    [
      ['n', 3],
      [3, 'm'],
    ],
  ],
  [
    'ij,jk',
    [
      ['n', 3],
      [3, 'm'],
    ],
  ],
  [
    'nij , nj -> ni',
    [
      ['n', 3, 2],
      ['n', 2],
    ],
  ],
  [
    'bij,bjk->bik',
    [
      ['e', 2, 'n'],
      ['e', 'n', 3],
    ],
  ],
  ['i,j->ij', [['n'], ['m']]],
  ['i,i->', [['n'], ['n']]],
  ['i,i', [['n'], ['n']]],
  ['i,i->i', [['n'], ['n']]],
  ['ij->ji', [['n', 'm']]],
  ['ba', [['n', 'm']]],
  ['ij->', [['n', 'm']]],
  ['ij->i', [['n', 'm']]],
  ['ij->ij', [['n', 'm']]],
  [
    'ijk,kl->l',
    [
      ['n', 2, 'm'],
      ['m', 3],
    ],
  ],
  ['ij,k->k', [['n', 2], ['m']]],
  ['ij,k->', [['n', 2], ['m']]],
  ['ii->i', [['n', 'n']]],
  ['ii->', [['n', 'n']]],
  ['ii', [['n', 'n']]],
  ['iij->ij', [['n', 'n', 2]]],
  ['iji->j', [['n', 2, 'n']]],
  ['iii->i', [[3, 3, 3]]],
  ['ijij->ij', [['n', 2, 'n', 2]]],
  ['ijij->', [['n', 2, 'n', 2]]],
  ['ii,i->i', [['n', 'n'], ['n']]],
  [
    'ii,jj->ij',
    [
      ['n', 'n'],
      ['m', 'm'],
    ],
  ],
  [
    'iik,kj->j',
    [
      ['n', 'n', 2],
      [2, 'm'],
    ],
  ],
  [',ij->ij', [[], ['n', 2]]],
  ['ij,->', [['n', 2], []]],
  [',->', [[], []]],
  ['->', [[]]],
  [
    '...ij,...jk->...ik',
    [
      ['k', 'e', 2, 3],
      ['k', 'e', 3, 2],
    ],
  ],
  ['...ij', [['e', 2, 'n']]],
  ['...i->...', [['n', 'm']]],
  ['i...->...', [['n', 2, 'm']]],
  ['i...i->...', [['n', 2, 'n']]],
  [
    '...,...->...',
    [
      ['n', 2],
      ['n', 2],
    ],
  ],
  ['...i,i->...', [['n', 2], [2]]],
  [
    '...i,...i->...',
    [
      [1, 'm', 2],
      ['n', 1, 2],
    ],
  ],
  [
    'ij,ij->ij',
    [
      [1, 3],
      ['n', 3],
    ],
  ],
  [
    'ij,ij->',
    [
      ['n', 1],
      ['n', 'm'],
    ],
  ],
  [
    'ij,jk->ik',
    [
      ['n', 'm'],
      [1, 2],
    ],
  ],
  [
    'aB,Bc->ac',
    [
      ['n', 2],
      [2, 'm'],
    ],
  ],
  [
    'eu,euvw,ev->ew',
    [
      ['e', 2],
      ['e', 2, 3, 2],
      ['e', 3],
    ],
  ],
  [
    'wxvk,bik,bexi,bv->bew',
    [
      [2, 3, 2, 4],
      ['n', 2, 4],
      ['n', 3, 3, 2],
      ['n', 2],
    ],
  ],
  [
    'ij,jk,kl,li->',
    [
      ['n', 2],
      [2, 'm'],
      ['m', 3],
      [3, 'n'],
    ],
  ],
];

describe('Einsum', () => {
  it.each(equations)('%s', async (equation, shapes) => {
    const names = shapes.map((_, k) => `x${k}`);
    await expectGradients({
      inputs: Object.fromEntries(names.map((name, k) => [name, { dims: shapes[k]! }])),
      build: (graph) => graph.op('Einsum', names, { equation }),
    });
  });

  it.each([
    [
      'eu,euv,ev->e',
      [
        ['e', 2],
        ['e', 2, 3],
        ['e', 3],
      ],
    ],
    [
      'ei,ej->ij',
      [
        ['e', 2],
        ['e', 3],
      ],
    ],
    ['eii->e', [['e', 2, 2]]],
    ['ee->', [['e', 'e']]],
    ['ie->i', [['n', 'e']]],
  ] as const)('%s where e may be zero', async (equation, shapes) => {
    const names = shapes.map((_, k) => `x${k}`);
    await expectGradients({
      inputs: Object.fromEntries(names.map((name, k) => [name, { dims: shapes[k]! }])),
      build: (graph) => graph.op('Einsum', names, { equation }),
      sizes: [
        { n: 2, e: 4 },
        { n: 3, e: 1 },
        { n: 1, e: 0 },
      ],
    });
  });

  it.each(['ij,ij->', 'i,ij,j->', 'ij,jk,kl->il', 'ii,ij->j'])('%s of the same tensors', async (equation) => {
    const ranks = equation
      .replace(/->.*/, '')
      .split(',')
      .map((term) => term.length);
    await expectGradients({
      inputs: { matrix: { dims: ['n', 'n'] }, vector: { dims: ['n'], held: !ranks.includes(1) } },
      build: (graph, { matrix, vector }) =>
        graph.op(
          'Einsum',
          ranks.map((rank) => (rank === 1 ? vector! : matrix!)),
          { equation },
        ),
    });
  });
});

describe('an axis of an Einsum', () => {
  it('may be broadcast in every system or in none', () => {
    const differentiate = () =>
      gradientsOf({
        inputs: { a: { dims: ['n', 'k'] }, b: { dims: ['n', 'm'] } },
        build: (graph, { a, b }) => graph.op('Einsum', [a!, b!], { equation: 'nk,nk->n' }),
        sizes: [
          { n: 2, k: 1, m: 3 },
          { n: 3, k: 2, m: 2 },
          { n: 4, k: 3, m: 3 },
        ],
      });
    expect(thrownBy(differentiate).message).toContain(
      'broadcasts the axis "k" in one system and not in another',
    );
  });
});

describe('the equation of an Einsum', () => {
  it('is spelt out', () => {
    expect(parseEquation(' i j , j... -> i... ', [2, 3])).toEqual({ operands: ['ij', 'jab'], output: 'iab' });
    expect(parseEquation('...b,...Cb', [3, 3])).toEqual({ operands: ['acb', 'cCb'], output: 'acC' });
    expect(parseEquation('ii', [2])).toEqual({ operands: ['ii'], output: '' });
  });

  it('fits its operands', () => {
    expect(parseEquation('ij', [3])).toBeNull();
    expect(parseEquation('ijk', [2])).toBeNull();
    expect(parseEquation('i,j', [1])).toBeNull();
  });
});
