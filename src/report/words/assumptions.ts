// What was assumed of a model file because nothing declares it.

const known: Record<string, (value: string) => string> = {
  'units.energy': (value) => `energies are in ${value}`,
  'units.length': (value) => `positions are in ${value}`,
  'neighbors.kind': (value) =>
    `it takes ${value === 'half' ? 'each pair once' : 'both directions of each pair'}`,
  'neighbors.shifts': (value) => `shifts of its pairs are ${value}`,
  species: (value) => `species are given as ${value}`,
  pbc: (value) =>
    value === 'reduced'
      ? 'its cells have their first vector along x and the second in the xy plane'
      : `its periodic cells may be ${value}`,
  cutoff: (value) => `its cutoff is ${value}, by which it scales distances`,
  'neighbors.pad': (value) => `empty slots of its neighbor matrix hold ${value}`,
  energy: (value) => `its energies are ${value === 'per-atom' ? 'those of the atoms, to be summed' : value}`,
  charge: (value) => `the total charge is ${value}`,
  spin: (value) => `the spin multiplicity is ${value}`,
  'output.energy': (value) => `the energy is its output ${value}`,
  'output.forces': (value) => `the forces are its output ${value}`,
};

/** `units.energy=eV` → `energies are in eV`; unknown ids are shown as they are. */
export function assumption(id: string): string {
  const [name, value] = id.split(/=(.*)/s) as [string, string?];
  return value !== undefined && Object.hasOwn(known, name) ? known[name]!(value) : id;
}
