// Files of the zoo as force fields, and the systems of their golden cases.

import { readFileSync } from 'node:fs';
import { createSystem, type System } from '../../src/system/index.js';
import type { ModelFolder } from './onnx-run.js';
import type { GoldenCase, ZooFile } from './zoo.js';

const lengthUnits = { angstrom: 1, nm: 10 };

/** A copy of the file with what no signature tells: the order of its species, what fills up a fixed number of edges. */
export function zooCopy({ file, path, species }: ZooFile, folder: ModelFolder): string {
  const copy = folder.write(file, readFileSync(path));
  if (/^(mace|nequip)/.test(file)) folder.write(`${file}.mdbench.json`, { mdbench: 1, species });
  if (file === 'schnet-legacy-11-atoms.onnx')
    folder.write(`${file}.mdbench.json`, { mdbench: 1, static: { pad: true } });
  return copy;
}

export function zooSystem({ units }: ZooFile, { name, numbers, positions, cell }: GoldenCase): System {
  const scale = lengthUnits[units.length];
  return createSystem({
    name,
    numbers,
    positions: positions.map((x) => x * scale),
    ...(cell ? { cell: cell.map((x) => x * scale), pbc: [true, true, true] as const } : {}),
  });
}
