// What was assumed of a model file because nothing declares it.

const known: Record<string, string> = {
  'units.energy': 'energies are in',
  'units.forces': 'forces are in',
  'units.length': 'positions are in',
  'edges.center': 'the center of a pair is its',
  'edges.kind': 'the neighbor list is',
  'edges.direction': 'displacements point from',
};

/** `units.energy=eV` → `energies are in eV`; unknown ids are shown as they are. */
export function assumption(id: string): string {
  const [name, value] = id.split('=') as [string, string?];
  const words = known[name];
  return words && value !== undefined ? `${words} ${value}` : id;
}
