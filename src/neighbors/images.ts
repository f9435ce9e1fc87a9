// Atoms wrapped into the cell and their periodic images within reach, sorted into bins: the record. Å.
// Neighbors of an atom lie in the bins around it, without any wrapping; open directions have no images.

import { emptyLattice, type Lattice } from './lattice.js';

/** Buffers that are reused from build to build. Image coordinates are in the frame of the wrapped atoms. */
export interface Images {
  readonly lattice: Lattice;
  /** Å; more than what rounding can do to a coordinate of an image. */
  slack: number;
  /** (n,3) wrapped position = position − wrap · cell, and the integer wrap. */
  wrapped: Float64Array;
  wraps: Int32Array;
  /** (3) corners of the box that the wrapped atoms occupy. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  count: number;
  /** (count) sorted by bin: coordinates, atom, and (count,3) shift of the image from the atom's own position. */
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  atoms: Int32Array;
  shifts: Int32Array;
  /** (3) corner of the grid, width and its inverse, number of bins; bin = (kz · ny + ky) · nx + kx. */
  readonly corner: Float64Array;
  readonly width: Float64Array;
  readonly bins: Int32Array;
  /** (bins + 1) images of bin b are `starts[b] … starts[b+1]-1`. */
  starts: Int32Array;
}

export function emptyImages(): Images {
  return {
    lattice: emptyLattice(),
    slack: 0,
    wrapped: new Float64Array(0),
    wraps: new Int32Array(0),
    low: new Float64Array(3),
    high: new Float64Array(3),
    count: 0,
    x: new Float64Array(0),
    y: new Float64Array(0),
    z: new Float64Array(0),
    atoms: new Int32Array(0),
    shifts: new Int32Array(0),
    corner: new Float64Array(3),
    width: new Float64Array(3),
    bins: new Int32Array(3),
    starts: new Int32Array(0),
  };
}
