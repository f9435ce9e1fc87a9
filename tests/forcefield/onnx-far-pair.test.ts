// The stand-in for an empty list lies beyond the cutoff, whatever the cell, and is taken only where it changes nothing.

import { expect, it } from 'vitest';
import type { Binding } from '../../src/forcefield/onnx/binding.js';
import { farPair } from '../../src/forcefield/onnx/far-pair.js';
import { buildSystem, createSystem } from '../../src/system/index.js';
import { createGraph } from '../support/onnx-graph.js';
import { evaluateFile, modelFolder } from '../support/onnx-run.js';

it.each([0.5, 4, 5.431, 12, 60])('at a cutoff of %f Å', (cutoff) => {
  const system = buildSystem('si8');
  const pair = farPair(system, system.cell, {
    boundaries: 'host',
    cutoff: { value: cutoff },
  } as unknown as Binding)!;
  const [a, b, c] = pair.shifts;
  const distance = Math.hypot(
    a * system.cell[0] + b * system.cell[3] + c * system.cell[6],
    a * system.cell[1] + b * system.cell[4] + c * system.cell[7],
    a * system.cell[2] + b * system.cell[5] + c * system.cell[8],
  );
  expect([pair.count, pair.centers[0], pair.neighbors[0]]).toEqual([1, 0, 0]);
  expect(distance).toBeGreaterThan(1.5 * cutoff);
});

const folder = modelFolder();
const apart = createSystem({ name: 'apart', numbers: [1, 1], positions: [0, 0, 0, 0, 0, 40] });

/** The sum of r² over pairs, those beyond the cutoff of 3 Å too unless they are masked. */
function squares(masked: boolean): Uint8Array {
  const g = createGraph();
  const x = g.input('positions', 'float32', ['n', 3]);
  g.input('atomic_numbers', 'int64', ['n']);
  const edges = g.input('edge_index', 'int64', [2, 'e']);
  const end = (k: number) => g.op('Gather', [x, g.op('Gather', [edges, g.constant('int64', [k])])]);
  const shifts = g.input('shifts', 'float32', ['e', 3]);
  const v = g.op('Add', [g.op('Sub', [end(1), end(0)]), shifts]);
  const r2 = g.op('Einsum', [v, v], { equation: 'ij,ij->i' });
  const near = g.op('Cast', [g.op('Less', [r2, g.constant('float32', [9])])], { to: 1 });
  const terms = masked ? g.op('Mul', [r2, near]) : r2;
  g.output('energy', g.op('ReduceSum', [terms], { keepdims: 0 }), 'float32', []);
  return g.model({ metadata: { 'mdbench.cutoff': '3' } });
}

it('a model that sees nothing beyond its cutoff takes it', async () => {
  const { output } = await evaluateFile(folder.write('masked.onnx', squares(true)), apart);
  expect(output.energy).toBe(0);
});

it('a model that counts on a list that ends at its cutoff refuses, instead of energies of pairs that are none', async () => {
  const path = folder.write('unmasked.onnx', squares(false));
  await expect(evaluateFile(path, apart)).rejects.toMatchObject({
    code: 'structure-invalid',
    hint: expect.stringMatching(/set to zero what pairs beyond its cutoff give/),
  });
});
