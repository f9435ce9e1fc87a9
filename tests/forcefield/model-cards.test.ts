// What the cards of the shipped models say is what the files are.

import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectForceField } from '../../src/forcefield/index.js';

const card = (name: string) => JSON.parse(readFileSync(`benchmarks/models/${name}.json`, 'utf8'));

const shipped = [
  { name: 'silicon-teacher', learned: 'Stillinger-Weber', elements: ['Si'], forces: 'model' },
  { name: 'silicon-student', learned: 'Stillinger-Weber', elements: ['Si'], forces: 'model' },
  { name: 'ethanol-student', learned: 'GFN2-xTB', elements: ['H', 'C', 'O'], forces: 'autodiff' },
];

describe.each(shipped)('the card of $name', async ({ name, learned, elements, forces }) => {
  const said = card(name);
  const inspected = await inspectForceField(name);

  it('has the parameters, the cutoff and the precision of the file', () => {
    expect(said.cutoff).toBe(inspected.binding?.cutoff?.value);
    expect(said.precision).toContain(inspected.summary.precision);
    const tables = inspected.summary.parameters - said.parameters;
    expect(tables).toBeGreaterThanOrEqual(0);
    expect(tables).toBeLessThan(5000);
    expect(statSync(`benchmarks/models/${name}.onnx`).size).toBeLessThan(5e6);
  });

  it('says what it was trained on, from which seed, and how far it is from the truth', () => {
    for (const key of ['units', 'seed', 'license', 'errors']) expect(said).toHaveProperty(key);
    expect(said.elements).toEqual(elements);
    const text = readFileSync(`benchmarks/models/${name}.md`, 'utf8');
    for (const word of ['train', 'validation', 'test', learned, 'seed', 'Cutoff'])
      expect(text).toContain(word);
  });

  it('needs no manifest and assumes nothing', () => {
    expect(inspected.refusal).toBeNull();
    expect(inspected.binding?.assumed).toEqual([]);
    expect(inspected.forces).toBe(forces);
    expect(inspected.changes.map(({ pass }) => pass)).toEqual(forces === 'autodiff' ? ['differentiate'] : []);
  });
});

it('the student takes at least five times fewer operations than the teacher, of at least 200 000 parameters', () => {
  expect(card('silicon-teacher').flopsPerAtom / card('silicon-student').flopsPerAtom).toBeGreaterThan(5);
  expect(card('silicon-teacher').parameters).toBeGreaterThanOrEqual(200_000);
});
