// Every form in which models take their neighbors gives the energy of the closed form, and forces by differences where
// the file has none: edges as vectors or distances, neighbor matrices, compressed lists and ghosts, fixed sizes.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { rewriteFront } from '../../src/forcefield/onnx/front.js';
import { copied } from '../../src/onnx/copy.js';
import { OperatorSetIdProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { createSystem, type System } from '../../src/system/index.js';
import {
  deepmdGhostModel,
  fixedSizesModel,
  givenEdgesModel,
  kimModel,
  matrixModel,
} from '../support/onnx-forms.js';
import { bindFile, differences, runBound } from '../support/onnx-front.js';
import { modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { pairTruth, strengths, type Truth } from '../support/pair-potential.js';

const folder = modelFolder();
const alike = (): System => ({ ...skewedCell(), numbers: new Int32Array(5).fill(18) });
let files = 0;

describe('vectors and distances of edges', () => {
  const forms = ['vectors', 'distances', 'distances in a column'] as const;
  it.each(forms.flatMap((what) => [true, false].map((ends) => ({ what, ends }))))(
    '$what, two ends: $ends',
    ({ what, ends }) => {
      const path = write(givenEdgesModel(what, { ends }));
      expect(bindFile(path).binding).toMatchObject({
        signature: 'vectors',
        boundaries: 'host',
        cutoff: { value: 4, source: 'graph' },
      });
      for (const system of [skewedCell(), openMolecule()]) expectTruth(path, system, pairTruth(system));
    },
  );

  it('are computed in single precision and in older operator sets too', () => {
    for (const opset of [13, 17]) {
      const path = write(givenEdgesModel('distances', { type: 'float32', opset }));
      const run = runBound(path, skewedCell());
      expect(Math.abs(run.energy(skewedCell()) - pairTruth(skewedCell()).energy)).toBeLessThan(2e-5);
    }
  });

  it('a unit of length is that of the vectors', () => {
    const path = write(givenEdgesModel('vectors', { metadata: { 'mdbench.units.length': 'bohr' } }));
    const bohr = 0.529177210903;
    const system = scaled(skewedCell(), bohr);
    expect(runBound(path, system).energy(system)).toBeCloseTo(pairTruth(skewedCell()).energy, 9);
  });
});

describe('neighbor matrices', () => {
  const periodic = ['float', 'integer', 'cartesian'] as const;
  const manifest = (more: object) => ({ mdbench: 1, ...more });

  it('AIMNet2 needs no manifest: the last row holds no atom', () => {
    const path = write(matrixModel());
    const { binding } = bindFile(path);
    expect(binding).toMatchObject({
      signature: 'aimnet',
      neighbors: { kind: 'full', layout: 'matrix', pad: 'atoms', width: null },
      tail: { rows: null, code: 0 },
      boundaries: 'none',
    });
    expectTruth(path, openMolecule(), pairTruth(openMolecule()));
  });

  it.each(['float', 'integer'] as const)('AIMNet2 with %s lattice shifts runs periodic cells', (shifts) => {
    const path = write(matrixModel({ shifts, integers: 'int32' }));
    expect(bindFile(path).binding).toMatchObject({ signature: 'aimnet', boundaries: 'host' });
    expectTruth(path, skewedCell(), pairTruth(skewedCell()));
  });

  it.each(
    periodic.flatMap((shifts) =>
      (['negative', 'mask', 'padding'] as const).map((empty) => ({ shifts, empty })),
    ),
  )('other names, $shifts shifts, empty slots by $empty', ({ shifts, empty }) => {
    const path = write(matrixModel({ names: ['x', 'z', 'nlist'], shifts, empty, batch: empty === 'mask' }), {
      mdbench: 1,
      ...(empty === 'padding' ? { inputs: { is_padding: 'padding-mask' } } : {}),
      neighbors: {
        kind: 'padded',
        shifts: shifts === 'cartesian' ? 'cartesian' : 'integer',
        pad: empty === 'negative' ? -1 : empty === 'mask' ? 'self' : 0,
      },
    });
    const { binding } = bindFile(path);
    expect(binding.tail).toBeNull();
    expectTruth(path, skewedCell(), pairTruth(skewedCell()));
  });

  it('a width that the file fixes is filled up, and refused where it is too small', () => {
    const wide = write(matrixModel({ shifts: 'float', width: 200 }));
    expect(bindFile(wide).binding.neighbors.width).toBe(200);
    expectTruth(wide, skewedCell(), pairTruth(skewedCell()));
    const narrow = runBound(write(matrixModel({ shifts: 'float', width: 3 })), skewedCell());
    expect(() => narrow.energy(skewedCell())).toThrow(/An atom has \d+ neighbors.*has room for 3/);
  });

  it('a width of the manifest holds where the file has none', () => {
    const path = write(matrixModel({ shifts: 'float' }), manifest({ neighbors: { width: 3 } }));
    expect(() => runBound(path, skewedCell()).energy(skewedCell())).toThrow(/has room for 3/);
  });

  it('grows when atoms come together', () => {
    const path = write(matrixModel());
    const near = cluster(40, 1.1);
    const far = cluster(40, 3.5);
    const run = runBound(path, far);
    for (const system of [far, near, far])
      expect(run.energy(system)).toBeCloseTo(pairTruth(system).energy, 8);
  });

  it('has rows without neighbors for atoms that are alone', () => {
    const lone = createSystem({ name: 'lone', numbers: [8, 1], positions: [0, 0, 0, 30, 0, 0] });
    expect(runBound(write(matrixModel()), lone).energy(lone)).toBe(0);
  });
});

describe('ghosts', () => {
  it.each([skewedCell(), openMolecule()])('KLIFF, $name', (system) => {
    const argon = { ...system, numbers: new Int32Array(5).fill(18) };
    const path = write(kimModel());
    expect(bindFile(path).binding).toMatchObject({
      signature: 'kim',
      neighbors: { layout: 'csr', ghosts: true, kind: 'full' },
      boundaries: 'host',
    });
    expectTruth(
      path,
      argon,
      pairTruth(argon, () => 1),
    );
  });

  it('forces of ghosts are added to those of their atoms', () => {
    const run = runBound(write(kimModel({ forces: true })), alike());
    expectNear(run.forces(alike()), pairTruth(alike(), () => 1).forces, 1e-12);
  });

  it('where no operator adds them, they are left to the gradient', () => {
    const { model, binding } = bindFile(write(kimModel({ forces: true })));
    const opsetImport = [create(OperatorSetIdProtoSchema, { domain: '', version: 15n })];
    const front = rewriteFront(copied(model.proto, { opsetImport }), binding)!;
    expect(front.binding.outputs.map(({ role }) => role)).toEqual(['energy']);
    expect(binding.outputs.map(({ role }) => role)).toEqual(['energy', 'forces']);
  });

  it.each([{ width: 'm' }, { width: 150 }] as const)('DeePMD-kit, rows of $width', ({ width }) => {
    const model = deepmdGhostModel(
      [1, 6, 8].map((number) => strengths[number]!),
      typeof width === 'number' ? { width } : {},
    );
    const path = write(model, { mdbench: 1, species: { kind: 'index', elements: ['H', 'C', 'O'] } });
    const { binding } = bindFile(path);
    expect(binding).toMatchObject({
      signature: 'deepmd-lower',
      neighbors: { layout: 'matrix', ghosts: true, pad: -1 },
      energy: 'per-atom',
    });
    for (const system of [skewedCell(), openMolecule()]) expectTruth(path, system, pairTruth(system));
  });
});

describe('sizes that the file fixes', () => {
  const isolated = 2;
  const ofHydrogen = isolated * strengths[1]!;
  const own = (system: System) =>
    system.numbers.reduce((sum, number) => sum + isolated * strengths[number]!, 0);

  it('more rows than atoms are filled with the species of the manifest, far away', () => {
    const path = write(fixedSizesModel({ atoms: 9 }, isolated), { mdbench: 1, static: { pad: 'H' } });
    const run = runBound(path, skewedCell());
    expect(run.binding.tail).toEqual({ rows: 9, code: 1 });
    const truth = pairTruth(skewedCell());
    expect(run.energy(skewedCell())).toBeCloseTo(truth.energy + own(skewedCell()) + 4 * ofHydrogen, 10);
    expectNear(run.forces(skewedCell()), truth.forces, 1e-12);
  });

  it('exactly as many atoms need no filling', () => {
    const path = write(fixedSizesModel({ atoms: 5 }));
    const run = runBound(path, skewedCell());
    expect(run.binding.tail).toBeNull();
    expect(run.energy(skewedCell())).toBeCloseTo(pairTruth(skewedCell()).energy, 10);
    const filled = write(fixedSizesModel({ atoms: 5 }), { mdbench: 1, static: { pad: 0 } });
    expect(runBound(filled, skewedCell()).energy(skewedCell())).toBeCloseTo(
      pairTruth(skewedCell()).energy,
      10,
    );
  });

  it('fewer rows than atoms, and unfilled rows, are refused', () => {
    const few = write(fixedSizesModel({ atoms: 4 }), { mdbench: 1, static: { pad: 'H' } });
    expect(() => runBound(few, skewedCell())).toThrow(/exported for 4 atoms at most; skewed has 5/);
    expect(() => runBound(write(fixedSizesModel({ atoms: 9 })), skewedCell())).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('"static": { "pad": "H" }') }),
    );
  });

  it.each([{ atoms: undefined }, { atoms: 7 }])('edges are filled up, rows: $atoms', ({ atoms }) => {
    const pad = atoms ? 'H' : true;
    const sizes = { edges: 400, ...(atoms ? { atoms } : {}) };
    const path = write(fixedSizesModel(sizes), { mdbench: 1, static: { pad } });
    for (const system of [skewedCell(), openMolecule()]) {
      const run = runBound(path, system);
      expect(run.energy(system)).toBeCloseTo(pairTruth(system).energy, 10);
      expectNear(run.forces(system), pairTruth(system).forces, 1e-12);
    }
  });

  it('more pairs than edges are refused in the call', () => {
    const run = runBound(
      write(fixedSizesModel({ edges: 10 }), { mdbench: 1, static: { pad: true } }),
      skewedCell(),
    );
    expect(() => run.energy(skewedCell())).toThrow(/There are \d+ pairs within the cutoff.*for 10 edges/);
  });

  it('edges that nothing fills up are refused with the manifest to write', () => {
    expect(() => bindFile(write(fixedSizesModel({ edges: 106 })))).toThrow(
      expect.objectContaining({
        code: 'unbindable-inputs',
        message: expect.stringContaining('fixes the number of edges at 106'),
        hint: expect.stringMatching(/"static": \{\s+"pad": true/),
      }),
    );
  });
});

function write(bytes: Uint8Array, manifest?: object): string {
  const name = `form${files++}.onnx`;
  if (manifest) folder.write(`${name}.mdbench.json`, manifest);
  return folder.write(name, bytes);
}

/** Energy to rounding, forces to what central differences give. */
function expectTruth(path: string, system: System, truth: Truth): void {
  const run = runBound(path, system);
  const output = differences(run, system);
  run.dispose();
  expect(output.energy).toBeCloseTo(truth.energy, 10);
  expectNear(output.forces, truth.forces, 1e-7);
}

function expectNear(found: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const largest = found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k])), 0);
  expect(largest).toBeLessThan(tolerance);
}

function scaled(system: System, by: number): System {
  return {
    ...system,
    positions: system.positions.map((x) => x * by),
    cell: system.cell.map((x) => x * by),
  };
}

/** A cubic cluster of oxygen atoms, open. */
function cluster(atoms: number, spacing: number): System {
  const positions = Array.from({ length: atoms }, (_, k) => [
    k % 4,
    Math.floor(k / 4) % 4,
    Math.floor(k / 16),
  ]);
  return createSystem({
    name: 'cluster',
    numbers: new Array(atoms).fill(8),
    positions: positions.flat().map((x) => x * spacing),
  });
}
