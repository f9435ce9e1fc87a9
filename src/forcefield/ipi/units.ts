// What travels over the socket is in atomic units. CODATA 2014, as ASE has it (ase.units): what ASE's own ends of the
// protocol convert comes back as it was. Between two ends that agree on it, numbers travel in Å and eV, unconverted.

const bohr = 0.5291772105638411;
const hartree = 27.211386024367243;

export interface WireUnits {
  readonly name: 'atomic' | 'angstrom-ev';
  /** Å and eV in one unit on the wire. */
  readonly length: number;
  readonly energy: number;
}

export const atomicUnits: WireUnits = { name: 'atomic', length: bohr, energy: hartree };
export const plainUnits: WireUnits = { name: 'angstrom-ev', length: 1, energy: 1 };
