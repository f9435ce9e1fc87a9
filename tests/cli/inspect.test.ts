// mdbench inspect as a person types it: what a file is, how it is bound and from where, whether it runs and where, and
// what to write when it does not. 80 columns, and nothing of a file reaches the terminal raw.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mdbench } from '../support/cli.js';
import { modelWithTensors } from '../support/onnx-broken.js';
import {
  deepmdGhostModel,
  fixedSizesModel,
  givenEdgesModel,
  longMatrixModel,
  matrixModel,
} from '../support/onnx-forms.js';
import { createGraph } from '../support/onnx-graph.js';
import { nequipModel, zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

describe('a file that is bound', () => {
  it('energy alone: units assumed, cutoff from the graph, forces by differentiation, periodic', async () => {
    const path = folder.write('distances.onnx', givenEdgesModel('distances'));
    const { code, stdout } = await mdbench(['inspect', path]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/in +edge_weight +float64\[e\] +distances +signature/);
    expect(stdout).toMatch(/out +energy +float64\[\] +energy +name/);
    expect(stdout).toMatch(/units +angstrom \(assumed\), eV \(assumed\)/);
    expect(stdout).toMatch(/cutoff +4 Å \(found in its graph\)/);
    expect(stdout).toMatch(/neighbors +edges, both directions of each pair/);
    expect(stdout).toMatch(/forces +the gradient of its energy/);
    expect(stdout).toMatch(/changes +it takes positions, and \d+ nodes in front of it compute/);
    expect(stdout).toMatch(/opset +ai\.onnx 17/);
    expect(stdout).toMatch(/precision +float64/);
    expect(stdout).toMatch(/operators +.*Mul \d+/);
    expect(flat(stdout)).toMatch(/dynamics need is bound, of periodic systems too/);
    expectNarrow(stdout);
  });

  it('declared units are not marked, and open boundaries are given their reason', async () => {
    const metadata = { 'mdbench.units.length': 'bohr', 'mdbench.units.energy': 'hartree' };
    const path = folder.write('open.onnx', matrixModel({ metadata, width: 40 }));
    const { stdout } = await mdbench(['inspect', path]);
    expect(stdout).toMatch(/units +bohr, hartree$/m);
    expect(stdout).toMatch(/neighbors +a matrix, 40 slots wide/);
    expect(stdout).toMatch(/boundaries +open systems only/);
    expect(flat(stdout)).toMatch(/of open systems: the model takes neither a cell nor shifts/);
    expectNarrow(stdout);
  });

  it('units of forces and stress are named where they are declared', async () => {
    const metadata = { 'mdbench.cutoff': '4', 'mdbench.species': 'H,C,O', 'mdbench.units.stress': 'GPa' };
    const { stdout } = await mdbench(['inspect', folder.write('stress.onnx', nequipModel({ metadata }))]);
    expect(stdout).toMatch(/units +angstrom \(assumed\), eV \(assumed\), stress in GPa$/m);
    expectNarrow(stdout);
  });

  it('a second cutoff has a line of its own', async () => {
    const metadata = { 'mdbench.cutoff': '4', 'mdbench.cutoff.long': '12' };
    const { stdout } = await mdbench([
      'inspect',
      folder.write('long.onnx', longMatrixModel(12, { metadata })),
    ]);
    expect(stdout).toMatch(/in +nbmat_lr +int32\[r, l\] +long-neighbor-matrix +signature/);
    expect(stdout).toMatch(/^cutoff +4 Å \(from metadata\)\nlong cutoff +12 Å \(from metadata\)$/m);
    expectNarrow(stdout);
  });

  it("the model's own forces, and no neighbors", async () => {
    const { stdout } = await mdbench(['inspect', folder.write('own.onnx', zposModel())]);
    expect(stdout).toMatch(/forces +the model's own/);
    expect(stdout).toMatch(/neighbors +found by the model/);
    expect(stdout).toMatch(/changes +none/);
  });

  it('as JSON', async () => {
    const path = folder.write('json.onnx', deepmdGhostModel([1, 2]));
    folder.write('json.onnx.mdbench.json', { mdbench: 1, species: { kind: 'index', elements: ['H', 'O'] } });
    const { code, stdout } = await mdbench(['inspect', path, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      forces: 'autodiff',
      changes: expect.arrayContaining([
        expect.objectContaining({ pass: 'front' }),
        expect.objectContaining({ pass: 'differentiate' }),
      ]),
      binding: { signature: 'deepmd-lower', neighbors: { ghosts: true }, energy: 'per-atom' },
      runs: { dynamics: true, periodic: true },
    });
  });
});

describe('a file that is not', () => {
  it.each([
    ['species', nequipModel(), /how `atom_types` writes the species is not known/],
    ['edges', fixedSizesModel({ edges: 106 }), /fixes the number of edges at 106/],
    [
      'two candidates',
      modelWithTensors([
        { name: 'pos', type: 'float32', dims: ['n', 3] },
        { name: 'coords', type: 'float32', dims: ['n', 3] },
        { name: 'z', type: 'int64', dims: ['n'] },
      ]),
      /`pos` and `coords` could each be the positions/,
    ],
  ])('%s: exit 2, the reason, and the manifest to write', async (name, bytes, reason) => {
    const { code, stdout } = await mdbench(['inspect', folder.write(`${name}.onnx`, bytes)]);
    expect(code).toBe(2);
    expect(flat(stdout)).toMatch(reason);
    const text = stdout.slice(stdout.indexOf('\n{\n'), stdout.indexOf('\n}\n') + 2);
    expect(JSON.parse(text)).toMatchObject({ mdbench: 1 });
    expectNarrow(stdout.slice(0, stdout.indexOf('\n{\n')));
  });

  it('a manifest that is wrong names the file and the key', async () => {
    const path = folder.write('wrong.onnx', zposModel());
    folder.write('wrong.onnx.mdbench.json', {
      mdbench: 1,
      neighbors: { kind: 'padded' },
      repair: { scatter: true },
    });
    const { code, stdout } = await mdbench(['inspect', path]);
    expect(code).toBe(2);
    expect(flat(stdout)).toMatch(/wrong\.onnx\.mdbench\.json is not valid: `repair`/);
  });
});

describe('names from a file', () => {
  const evil = 'pos\u001b[2J\u0007\u009b31m';
  const model = () => {
    const g = createGraph();
    const x = g.input(evil, 'float32', ['n\u001b[31m', 3]);
    g.input('z', 'int64', ['n']);
    g.input('other\u001b]0;title\u0007', 'float32', [1]);
    g.output('energy', g.op('ReduceSum', [x], { keepdims: 0 }), 'float32', []);
    return g.model({ metadata: { 'mdbench.units.force': 'x\u001b[31m/y' } });
  };

  it.each(['inspect', 'run', 'annotate'])('never reach the terminal raw by %s', async (verb) => {
    const path = folder.write('evil.onnx', model());
    const more = { inspect: [], run: ['--system', 'si64'], annotate: ['-o', `${folder.path}/out.onnx`] };
    const { code, stdout, stderr } = await mdbench([verb, path, ...more[verb as keyof typeof more]]);
    expect(code).toBe(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(stderr).toContain(String.raw`the name "pos\u{1b}[2J\u{7}\u{9b}31m" has characters`);
  });
});

it('the file is not changed', async () => {
  const path = folder.write('unchanged.onnx', givenEdgesModel('vectors'));
  const before = readFileSync(path);
  await mdbench(['inspect', path]);
  expect(readFileSync(path)).toEqual(before);
});

function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function expectNarrow(text: string): void {
  expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
}
