// Ways to move a system: rigid motions, other images and orders of the atoms, strain, copies. Å; rows times matrices.

import { createRandom } from '../random.js';
import { createSystem, type System } from '../system/index.js';

/** (3,3), to be applied from the right. */
export type Matrix = readonly number[];

/** A turn by three angles of no special value (Rz Ry Rx of 0.7, 1.1 and −0.4 rad). */
export const generalRotation: Matrix = product(product(aboutZ(0.7), aboutY(1.1)), aboutX(-0.4));
/** x → y → z → x: a turn that keeps cells along the axes along the axes. */
export const cyclicRotation: Matrix = [0, 1, 0, 0, 0, 1, 1, 0, 0];

export function translated(system: System, by: readonly [number, number, number]): System {
  return { ...system, positions: system.positions.map((x, k) => x + by[k % 3]) };
}

/** Positions and cell times the matrix. */
export function transformed(system: System, matrix: Matrix): System {
  return {
    ...system,
    positions: timesMatrix(system.positions, matrix),
    cell: timesMatrix(system.cell, matrix),
  };
}

/** Through the origin; the cell stays, for a lattice is its own inversion. */
export function inverted(system: System): System {
  return { ...system, positions: system.positions.map((x) => -x) };
}

/** Strain of one component: x_row moves x_column too. */
export function strained(system: System, row: number, column: number, by: number): System {
  const matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  matrix[3 * row + column] += by;
  return transformed(system, matrix);
}

/** Another system: its second lattice vector leans along the first, by so much of that. */
export function leaning(system: System, by: number): System {
  const { cell } = system;
  return { ...system, cell: cell.map((x, k) => (k >= 3 && k < 6 ? x + by * cell[k - 3] : x)) };
}

/** Each atom in an image of its own, up to two lattice vectors away. */
export function scattered(system: System, seed: number): System {
  const random = createRandom(seed);
  const positions = system.positions.slice();
  for (let i = 0; i < positions.length; i += 3) {
    for (let d = 0; d < 3; d++) {
      const cells = system.pbc[d] ? random.integer(5) - 2 : 0;
      for (let k = 0; k < 3; k++) positions[i + k] += cells * system.cell[3 * d + k];
    }
  }
  return { ...system, positions };
}

/** Moves every atom by a normal deviate of `spread` Å along each axis. */
export function rattled(system: System, spread: number, seed: number): System {
  const random = createRandom(seed);
  return { ...system, positions: system.positions.map((x) => x + spread * random.normal()) };
}

/** Atom k of the result is atom order[k]. */
export function reordered(system: System, order: readonly number[]): System {
  return createSystem({
    ...system,
    numbers: order.map((i) => system.numbers[i]),
    masses: order.map((i) => system.masses[i]),
    positions: reorderedRows(system.positions, order),
    velocities: reorderedRows(system.velocities, order),
  });
}

/** Rows of (n,3). */
export function reorderedRows(rows: Float64Array, order: readonly number[]): Float64Array {
  return Float64Array.from(order.flatMap((i) => [rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]]));
}

/** An order that exchanges atoms of one element among themselves alone. */
export function likeOrder(numbers: ArrayLike<number>, seed: number): number[] {
  const random = createRandom(seed);
  const order = Array.from(numbers, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const like = order.slice(0, i + 1).flatMap((atom, j) => (numbers[atom] === numbers[order[i]] ? [j] : []));
    const j = like[random.integer(like.length)];
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The same atoms with open boundaries, once more so far away along x. */
export function twice(system: System, distance: number): System {
  return createSystem({
    name: `${system.name}-twice`,
    numbers: [...system.numbers, ...system.numbers],
    positions: [...system.positions, ...system.positions.map((x, k) => (k % 3 === 0 ? x + distance : x))],
  });
}

export function opened(system: System): System {
  return { ...system, cell: new Float64Array(9), pbc: [false, false, false] };
}

export function timesMatrix(rows: Float64Array, m: Matrix): Float64Array {
  return rows.map((_, k) => {
    const row = k - (k % 3);
    const column = k % 3;
    return rows[row] * m[column] + rows[row + 1] * m[3 + column] + rows[row + 2] * m[6 + column];
  });
}

/** Å between the outermost atoms along x, y or z. */
export function extentOf({ positions }: System): number {
  const along = (d: number) => positions.filter((_, k) => k % 3 === d);
  const span = (values: Float64Array) => Math.max(...values) - Math.min(...values);
  return Math.max(...[0, 1, 2].map((d) => span(along(d))));
}

function product(a: Matrix, b: Matrix): Matrix {
  return [...timesMatrix(Float64Array.from(a), b)];
}

function aboutX(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [1, 0, 0, 0, c, s, 0, -s, c];
}

function aboutY(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, 0, -s, 0, 1, 0, s, 0, c];
}

function aboutZ(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, s, 0, -s, c, 0, 0, 0, 1];
}
