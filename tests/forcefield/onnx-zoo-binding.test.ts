// Files of real exporters and architectures: bound without a manifest where a signature fits, and fed by that binding they
// give the energies of their authors' own program.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindFile, runBound } from '../support/onnx-front.js';
import { modelFolder } from '../support/onnx-run.js';
import { goldenCasesOf, listZoo, type ZooFile } from '../support/zoo.js';
import { zooCopy, zooSystem } from '../support/zoo-run.js';

const home = 'tests/golden/force-fields';
const folder = modelFolder();
const zoo = listZoo();
const lists = (one: ZooFile) => /^(mace|nequip)/.test(one.file);
const fixedEdges = (one: ZooFile) => one.file === 'schnet-legacy-11-atoms.onnx';
/** What this binder calls the offsets of a matrix. */
const roles: Readonly<Record<string, string>> = { 'neighbor-cell-shifts': 'cell-shifts' };

describe('binding', () => {
  it.each(zoo.filter((one) => !lists(one) && !fixedEdges(one)).map((one) => [one.file, one] as const))(
    '%s needs no manifest',
    (file, one) => {
      const { binding } = bindFile(join(home, file));
      const found = binding.inputs.map(({ tensor, role }) => [tensor, role]);
      const expected = Object.entries(one.inputs).map(([tensor, { role }]) => [tensor, roles[role] ?? role]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      expect(binding.units).toMatchObject(one.units);
      if (binding.neighbors.kind !== 'none')
        expect(binding.cutoff).toEqual({ value: one.cutoff, source: 'graph' });
      expect(binding.outputs.filter(({ role }) => role === 'energy')).toHaveLength(1);
    },
  );

  it.each(zoo.filter(lists).map((one) => [one.file]))(
    '%s asks for its species, and for as many as there are',
    (file) => {
      expect(() => bindFile(join(home, file))).toThrow(
        expect.objectContaining({
          message: expect.stringMatching(/how `(node_attrs|atom_types)` writes the species is not known/),
          hint: expect.stringMatching(/"elements": \[\s+"",\s+"",\s+"",\s+""\s+\]/),
        }),
      );
    },
  );

  it('a fixed number of edges asks for what fills them up', () => {
    expect(() => bindFile(join(home, 'schnet-legacy-11-atoms.onnx'))).toThrow(
      /fixes the number of edges at 106/,
    );
  });
});

describe('energies', () => {
  const right = zoo.filter((one) => one.energy === 'right');
  it.each(right.map((one) => [one.file, one] as const))('%s', (file, one) => {
    const path = zooCopy(one, folder);
    const neutral = goldenCasesOf(one).filter(({ charge }) => charge === 0);
    expect(neutral.length).toBeGreaterThan(0);
    for (const golden of neutral) {
      const system = zooSystem(one, golden);
      const run = runBound(path, system);
      const energy = run.energy(system) / run.binding.units.energyScale;
      run.dispose();
      const error = Math.abs(energy - golden.energy) / Math.max(1, Math.abs(golden.energy));
      expect(error, `${file}, ${golden.name}`).toBeLessThan(one.tolerance);
    }
  });

  const charged = right.filter((one) => Object.values(one.inputs).some(({ role }) => role === 'charge'));
  it.each(charged.map((one) => [one.file, one] as const))(
    '%s, with the charge of its manifest',
    (file, one) => {
      for (const golden of goldenCasesOf(one).filter(({ charge }) => charge !== 0)) {
        const path = folder.write(`charged-${file}`, readFileSync(one.path));
        const inputs = { charge: { role: 'charge', value: golden.charge } };
        folder.write(`charged-${file}.mdbench.json`, { mdbench: 1, inputs });
        const system = zooSystem(one, golden);
        const run = runBound(path, system);
        expect(Math.abs(run.energy(system) - golden.energy)).toBeLessThan(
          one.tolerance * Math.max(1, Math.abs(golden.energy)),
        );
        run.dispose();
      }
    },
  );
});
