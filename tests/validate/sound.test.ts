// Nothing fails on force fields that are sound, of every kind that can be made.

import { describe, expect, it } from 'vitest';
import { items } from '../../src/validate/index.js';
import { examinedAll, named } from '../support/examined.js';
import { maceModel, nequipModel, openmmModel, schnetModel, zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';
import { cutoff } from '../support/pair-potential.js';
import { listZoo } from '../support/zoo.js';

const folder = modelFolder();
const metadata = { 'mdbench.cutoff': `${cutoff}` };
const hco = { atomic_numbers: '[1, 6, 8]', r_max: `${cutoff}` };
const inNanometers = {
  'mdbench.cutoff': '0.4',
  'mdbench.units.length': 'nm',
  'mdbench.pbc': 'orthorhombic',
};
const builtIns = ['lennard-jones-switched', 'stillinger-weber', 'silicon-student', 'silicon-teacher'];
const files = {
  schnet: schnetModel({ type: 'float64', metadata }),
  'schnet-single': schnetModel({ metadata }),
  mace: maceModel({ type: 'float64', metadata: hco }),
  nequip: nequipModel({ type: 'float64', metadata: { ...hco, 'mdbench.species': 'H,C,O' } }),
  zpos: zposModel({ type: 'float64' }),
  'zpos-single': zposModel(),
  openmm: openmmModel({ type: 'float64', metadata: inNanometers }),
};
/** What the examination of each may leave out, and why. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  zpos: ['periodic-images', 'stress'],
  openmm: ['stress', 'unknown-element'],
};

describe.each([
  ...builtIns.map((name) => [name, name] as const),
  ...Object.entries(files).map(([name, bytes]) => [name, folder.write(`${name}.onnx`, bytes)] as const),
])('%s', (title, name) => {
  it('fails no item, and skips no more than it must', { timeout: 60_000 }, async () => {
    const found = await examinedAll(named(name));
    expect(found.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(found.filter(({ status }) => status === 'fail')).toEqual([]);
    const skipped = found.flatMap(({ id, status }) => (status === 'skipped' ? [id] : []));
    const allowed = leftOut[title.replace('-single', '')] ?? [];
    expect(skipped).toEqual(builtIns.includes(title) ? [] : [...allowed, 'unit-probe']);
  });
});

it('examines a model of argon, which takes no species, on argon', { timeout: 60_000 }, async () => {
  const { path } = listZoo().find(({ file }) => file === 'argon-dynamo.onnx')!;
  const found = await examinedAll(named(path), { ids: ['supercell', 'periodic-images', 'unit-probe'] });
  expect(found.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'supercell pass',
    'periodic-images pass',
    'unit-probe pass',
  ]);
});
