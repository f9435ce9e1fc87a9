// The System record: atoms in a cell. Å, Å/fs, amu; rows of `cell` are the lattice vectors.

export type Periodicity = readonly [boolean, boolean, boolean];

export interface System {
  /** What it is called in a result: `si64`, or the name of the structure file. */
  readonly name: string;
  /** (n) atomic numbers. */
  readonly numbers: Int32Array;
  /** (n) masses in amu. */
  readonly masses: Float64Array;
  /** (n,3) positions in Å, not wrapped into the cell while they move. */
  readonly positions: Float64Array;
  /** (n,3) velocities in Å/fs. */
  readonly velocities: Float64Array;
  /** (3,3) lattice vectors as rows in Å; zero rows along open directions are allowed. */
  readonly cell: Float64Array;
  readonly pbc: Periodicity;
}
