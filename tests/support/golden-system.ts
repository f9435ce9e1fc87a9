// What tests/golden/make-system.py wrote of an ASE Atoms object.

import { readFileSync } from 'node:fs';
import type { Periodicity } from '../../src/system/index.js';

export interface GoldenSystem {
  readonly numbers: number[];
  readonly masses: number[];
  readonly positions: number[];
  readonly cell: number[];
  readonly pbc: Periodicity;
  /** Å/fs */
  readonly velocities: number[];
  /** eV */
  readonly kineticEnergy: number;
}

export function goldenCases<Case>(file: string): Case[] {
  return JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8')).cases;
}
