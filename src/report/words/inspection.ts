// Words of `mdbench inspect`.

export const inspectionWords = {
  none: 'none',
  nothing: 'nothing',
  constants: (elements: string) => `${elements} elements in the initializers of the file`,
  unknownCutoff: 'internal to the model',
  runs: '✓ It loads, and everything that dynamics need is bound.',
  boundaries: {
    none: 'open systems only',
    host: 'any periodic cell, through the shifts of its edges',
    orthorhombic: 'periodic, cells with right angles',
    triclinic: 'any periodic cell',
  } as Readonly<Record<string, string>>,
};
