// Words of `mdbench inspect` and `mdbench annotate`.

export const inspectionWords = {
  none: 'none',
  nothing: 'nothing',
  constants: (elements: string) => `${elements} elements in the initializers of the file`,
  assumed: (unit: string) => `${unit} (assumed)`,
  units: (length: string, energy: string, { force, stress }: { force?: string; stress?: string }) =>
    [
      length,
      energy,
      ...(force ? [`forces in ${force}`] : []),
      ...(stress ? [`stress in ${stress}`] : []),
    ].join(', '),
  cutoff: (length: string, source: string) =>
    `${length} (${source === 'graph' ? 'found in its graph' : `from ${source}`})`,
  unknownCutoff: (seen: readonly string[]) =>
    seen.length === 0
      ? 'internal to the model'
      : `internal to the model, which compares distances with ${seen.join(', ')}`,
  neighbors: ({ kind, layout, ghosts, width }: NeighborsLike) => {
    if (kind === 'none') return 'found by the model';
    const pairs = kind === 'half' ? 'each pair once' : 'both directions of each pair';
    const slots = width === null ? 'as wide as needed' : `${width} slots wide`;
    const form =
      layout === 'matrix' ? `a matrix, ${slots}` : layout === 'csr' ? 'counts and one list' : 'edges';
    return `${form}, ${pairs}${ghosts ? ', images as atoms of their own' : ''}`;
  },
  forces: {
    model: "the model's own",
    autodiff: 'the gradient of its energy, differentiated through the graph',
    'finite-difference': 'differences of its energy, not for timing',
  } as Readonly<Record<string, string>>,
  runs: (periodic: boolean) =>
    periodic
      ? '✓ It loads, and everything that dynamics need is bound, of periodic systems too.'
      : '✓ It loads, and everything that dynamics need is bound, of open systems: the model takes neither a cell nor shifts of its neighbors.',
  boundaries: {
    none: 'open systems only',
    host: 'any periodic cell, through images of its neighbors',
    orthorhombic: 'periodic, cells with right angles',
    reduced: 'periodic, the first cell vector along x, the second in the xy plane',
    triclinic: 'any periodic cell',
  } as Readonly<Record<string, string>>,
  written: (path: string) => `✓ ${path} says itself how it is bound and needs no manifest.`,
};

interface NeighborsLike {
  readonly kind: string;
  readonly layout: string;
  readonly ghosts: boolean;
  readonly width: number | null;
}
