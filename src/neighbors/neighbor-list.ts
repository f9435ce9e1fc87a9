// A neighbor list that follows moving atoms: built with a skin, rebuilt when an atom has moved more than skin/2
// since the build (Verlet, Phys. Rev. 159, 98), always before its pairs are used. A periodic cell may change with the
// atoms: motion is then what is left without the deformation, and the skin makes room for that too. Å.

import { backend as loaded } from '../addon.js';
import { MdbenchError } from '../errors.js';
import type { System } from '../system/system.js';
import { buildPairs, type PairBuilder } from './cell-list.js';
import { createDeformation, mayMissPair, measureDeformation } from './deformation.js';
import { checkCutoff } from './limits.js';
import { nativeBuildPairs, nativeTrimPairs, requireAddon } from './native.js';
import { emptyPairs, type PairKind, type Pairs } from './pairs.js';
import { type PairTrimmer, translatePairs, trimPairs } from './trim.js';

export interface NeighborListOptions {
  /** Å */
  readonly cutoff: number;
  /** Å, of the pair (LAMMPS' meaning). 0 rebuilds whenever an atom has moved. */
  readonly skin: number;
  readonly kind: PairKind;
  /** True: `pairs` are those within the cutoff at every update. False: pairs of the skin are among them. */
  readonly trimmed: boolean;
  /** Default: native where the addon is loaded. */
  readonly backend?: 'native' | 'reference';
}

export interface NeighborList {
  /** One and the same record at every step; its arrays may be replaced by longer ones at an update. */
  readonly pairs: Pairs;
  /** Makes `pairs` right for the positions and cell of `system`. True where the list was built anew. */
  update(system: System): boolean;
  /** Builds after the first one. */
  readonly rebuilds: number;
  /** Rebuilds for motion at the very first check after a build, as in LAMMPS: the skin is too thin for the motion. */
  readonly dangerousBuilds: number;
  readonly backend: 'native' | 'reference';
  resetCounters(): void;
}

const backends: Record<NeighborList['backend'], { build: PairBuilder; trim: PairTrimmer }> = {
  native: { build: nativeBuildPairs, trim: nativeTrimPairs },
  reference: { build: buildPairs, trim: trimPairs },
};

/** @throws MdbenchError `option-invalid` (cutoff, skin), `provider-unavailable` (a native list without the addon) */
export function createNeighborList(options: NeighborListOptions): NeighborList {
  const { cutoff, skin, kind, trimmed } = options;
  const backend = options.backend ?? loaded.name;
  checkCutoff(cutoff);
  if (!(skin >= 0 && Number.isFinite(skin))) {
    throw new MdbenchError(
      'option-invalid',
      `The skin must be zero or a positive number of Å, received ${skin}.`,
    );
  }
  if (backend === 'native') requireAddon();
  const { build, trim } = backends[backend];
  const skinned = emptyPairs();
  const pairs = trimmed ? emptyPairs() : skinned;
  const builtCell = new Float64Array(9);
  /** The translations are those of another cell than the built one. */
  let isTranslated = false;
  const deformation = createDeformation();
  let builtPositions = new Float64Array(0);
  let builtPeriodicity = -1;
  let translations = new Float64Array(0);
  let built = false;
  let checksSinceBuild = 0;
  let rebuilds = 0;
  let dangerousBuilds = 0;

  function rebuild(system: System): void {
    built = false;
    build(system, cutoff + skin, kind, skinned);
    skinned.version = (skinned.version ?? 0) + 1;
    if (builtPositions.length !== system.positions.length)
      builtPositions = new Float64Array(system.positions.length);
    builtPositions.set(system.positions);
    builtCell.set(system.cell);
    builtPeriodicity = periodicityCode(system);
    if (trimmed) {
      if (translations.length < 3 * skinned.count)
        translations = new Float64Array(3 * skinned.centers.length);
      translatePairs(skinned, system.cell, translations);
      isTranslated = false;
    }
    built = true;
    checksSinceBuild = 0;
  }

  /** Only a cell that has changed since the build, or changes back, moves the images of a list that stays. */
  function followCell(cell: Float64Array, isDeformed: boolean): void {
    if (!isDeformed && !isTranslated) return;
    translatePairs(skinned, cell, translations);
    isTranslated = isDeformed;
  }

  function hasDeformed(system: System): boolean {
    measureDeformation(deformation, builtCell, system.cell);
    return mayMissPair(deformation, system.positions, builtPositions, cutoff, skin);
  }

  function update(system: System): boolean {
    const isFirst = !built;
    const isDeformed = !isFirst && !isSameCell(system.cell, builtCell);
    const isOther =
      isFirst ||
      !isSameFrame(system, builtPositions, builtPeriodicity) ||
      (isDeformed && builtPeriodicity !== 7);
    const hasMoved =
      !isOther &&
      (isDeformed ? hasDeformed(system) : hasMovedBeyond(system.positions, builtPositions, skin / 2));
    checksSinceBuild += 1;
    if (isOther || hasMoved) {
      if (!isFirst) rebuilds += 1;
      if (hasMoved && skin > 0 && checksSinceBuild === 1) dangerousBuilds += 1;
      rebuild(system);
    } else if (trimmed) followCell(system.cell, isDeformed);
    if (trimmed) trim(system.positions, skinned, translations, cutoff, pairs);
    return isOther || hasMoved;
  }

  return {
    pairs,
    update,
    backend,
    get rebuilds() {
      return rebuilds;
    },
    get dangerousBuilds() {
      return dangerousBuilds;
    },
    resetCounters() {
      rebuilds = 0;
      dangerousBuilds = 0;
    },
  };
}

function isSameFrame(system: System, positions: Float64Array, periodicity: number): boolean {
  return system.positions.length === positions.length && periodicityCode(system) === periodicity;
}

function isSameCell(cell: Float64Array, before: Float64Array): boolean {
  for (let k = 0; k < 9; k++) {
    if (cell[k] !== before[k]) return false;
  }
  return true;
}

function periodicityCode(system: System): number {
  const [a, b, c] = system.pbc;
  return Number(a) + 2 * Number(b) + 4 * Number(c);
}

/** Also true where a position is not a number. */
function hasMovedBeyond(positions: Float64Array, before: Float64Array, distance: number): boolean {
  const limit = distance * distance * (1 - 1e-9);
  for (let k = 0; k < positions.length; k += 3) {
    const x = positions[k] - before[k];
    const y = positions[k + 1] - before[k + 1];
    const z = positions[k + 2] - before[k + 2];
    if (!(x * x + y * y + z * z <= limit)) return true;
  }
  return false;
}
