// Input signatures of known exporters: when a file's inputs match one entirely, its conventions are assumed.

import type { TensorInfo } from '../../onnx/index.js';
import type { EnergyUnit, InputRole, LengthUnit } from '../../spec/manifest.js';
import { fitsRole, plainName } from './roles.js';

export interface Signature {
  readonly id: string;
  readonly title: string;
  /** Role by plain name. Exporters drop inputs that a model does not use, so most may be absent. */
  readonly inputs: Readonly<Record<string, InputRole>>;
  /** Plain names, one of each group of which must be there. */
  readonly required: readonly (readonly string[])[];
  readonly length: LengthUnit;
  readonly energy: EnergyUnit;
  /** How species are written; null: it has to be declared. */
  readonly species: 'number' | 'index' | 'onehot' | null;
  /** Which end of an edge messages go to. */
  readonly center: 'first' | 'second';
  /** What an empty slot of its neighbor matrix holds. */
  readonly pad?: number | 'atoms';
  /** It takes one atom more than there are. */
  readonly dummy?: boolean;
  /** Cells that its own neighbor search takes; any where nothing is said. */
  readonly pbc?: 'reduced';
}

const vectorNames = 'vectors edgevec edgevectors rij edgediff';
const distanceNames = 'edgeweight distances edgelengths dij';
const common = { length: 'angstrom', energy: 'eV', center: 'first' } as const;

function named(role: InputRole, names: string): Readonly<Record<string, InputRole>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, role]));
}

const signatures: readonly Signature[] = [
  {
    ...common,
    id: 'mace',
    title: 'MACE',
    inputs: {
      positions: 'positions',
      nodeattrs: 'species',
      edgeindex: 'edges',
      shifts: 'shifts',
      unitshifts: 'cell-shifts',
      cell: 'cell',
      pbc: 'pbc',
      batch: 'batch',
      ptr: 'ptr',
      head: 'head',
    },
    required: [['positions'], ['edgeindex'], ['nodeattrs', 'shifts']],
    species: 'onehot',
    center: 'second',
  },
  {
    ...common,
    id: 'nequip',
    title: 'NequIP or Allegro',
    inputs: {
      pos: 'positions',
      edgeindex: 'edges',
      edgecellshift: 'cell-shifts',
      cell: 'cell',
      pbc: 'pbc',
      atomtypes: 'species',
      batch: 'batch',
      ptr: 'ptr',
      numatoms: 'atom-count',
    },
    required: [['pos'], ['edgeindex'], ['edgecellshift', 'atomtypes']],
    species: 'index',
  },
  {
    ...common,
    id: 'sevennet',
    title: 'SevenNet',
    inputs: {
      ...named('species', 'x atomtype'),
      pos: 'positions',
      edgeindex: 'edges',
      pbcshift: 'cell-shifts',
      celllatticevectors: 'cell',
      edgevec: 'vectors',
      batch: 'batch',
      numatoms: 'atom-count',
    },
    required: [['x', 'atomtype'], ['edgeindex'], ['pbcshift', 'edgevec']],
    species: 'index',
  },
  {
    ...common,
    id: 'schnet',
    title: 'SchNetPack',
    inputs: {
      atomicnumbers: 'species',
      positions: 'positions',
      idxi: 'edge-centers',
      idxj: 'edge-neighbors',
      offsets: 'shifts',
      cell: 'cell',
      pbc: 'pbc',
      idxm: 'batch',
      natoms: 'atom-count',
    },
    required: [['positions'], ['idxi'], ['idxj']],
    species: 'number',
  },
  {
    ...common,
    id: 'zpos',
    title: 'atomic numbers and positions',
    inputs: { atomicnumbers: 'species', z: 'species', numbers: 'species', positions: 'positions' },
    required: [['positions'], ['atomicnumbers', 'z', 'numbers']],
    species: 'number',
  },
  {
    ...common,
    id: 'tmdnet',
    title: 'TorchMD-Net',
    inputs: {
      z: 'species',
      atomicnumbers: 'species',
      pos: 'positions',
      positions: 'positions',
      batch: 'batch',
      box: 'cell',
      q: 'charge',
      totalcharge: 'charge',
    },
    required: [
      ['pos', 'positions'],
      ['z', 'atomicnumbers'],
      ['batch', 'box'],
    ],
    species: 'number',
  },
  {
    ...common,
    id: 'openmm',
    title: 'OpenMM',
    inputs: { positions: 'positions', box: 'cell' },
    required: [['positions']],
    length: 'nm',
    energy: 'kJ/mol',
    species: null,
    pbc: 'reduced',
  },
  {
    ...common,
    id: 'ani',
    title: 'TorchANI',
    inputs: { species: 'species', coordinates: 'positions', cell: 'cell', pbc: 'pbc' },
    required: [['species'], ['coordinates']],
    energy: 'hartree',
    species: null,
  },
  {
    ...common,
    id: 'deepmd',
    title: 'DeePMD-kit',
    inputs: { coord: 'positions', atype: 'species', box: 'cell' },
    required: [['coord'], ['atype']],
    species: 'index',
  },
  {
    ...common,
    id: 'deepmd-lower',
    title: 'DeePMD-kit with ghost atoms',
    inputs: {
      extendedcoord: 'ghost-positions',
      extendedatype: 'ghost-species',
      nlist: 'neighbor-matrix',
      mapping: 'mapping',
    },
    required: [['extendedcoord'], ['extendedatype'], ['nlist']],
    species: 'index',
    pad: -1,
  },
  {
    ...common,
    id: 'aimnet',
    title: 'AIMNet2',
    inputs: {
      coord: 'positions',
      numbers: 'species',
      nbmat: 'neighbor-matrix',
      shifts: 'cell-shifts',
      nbmatlr: 'long-neighbor-matrix',
      shiftslr: 'long-cell-shifts',
      cell: 'cell',
      molidx: 'batch',
      charge: 'charge',
      mult: 'spin',
    },
    required: [['coord'], ['numbers'], ['nbmat']],
    species: 'number',
    pad: 'atoms',
    dummy: true,
  },
  {
    ...common,
    id: 'kim',
    title: 'KLIFF',
    inputs: {
      particlecontributing: 'contributing',
      coords: 'ghost-positions',
      numneighbors: 'neighbor-counts',
      neighborlist: 'neighbor-list',
    },
    required: [['coords'], ['numneighbors'], ['neighborlist']],
    species: null,
  },
  {
    ...common,
    id: 'vectors',
    title: 'edge vectors or distances',
    inputs: {
      ...named('vectors', vectorNames),
      ...named('distances', distanceNames),
      ...named('species', 'atomicnumbers z numbers'),
      edgeindex: 'edges',
      idxi: 'edge-centers',
      idxj: 'edge-neighbors',
      batch: 'batch',
    },
    required: [
      `${vectorNames} ${distanceNames}`.split(' '),
      ['edgeindex', 'idxi'],
      ['atomicnumbers', 'z', 'numbers'],
    ],
    species: 'number',
  },
];

/** The signature that all of `inputs` belong to, if there is one. */
export function matchSignature(inputs: readonly TensorInfo[]): Signature | undefined {
  const names = new Set(inputs.map((tensor) => plainName(tensor.name)));
  return signatures.find(
    (signature) =>
      signature.required.every((group) => group.some((name) => names.has(name))) &&
      inputs.every((tensor) => signatureRole(signature, tensor) !== undefined),
  );
}

export function signatureRole(signature: Signature, tensor: TensorInfo): InputRole | undefined {
  const role = signature.inputs[plainName(tensor.name)];
  return role && fitsRole(role, tensor) ? role : undefined;
}
