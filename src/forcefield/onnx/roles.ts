// Names and shapes by which the tensors of a model file are recognised.

import { isFloatType, isIntegerType, type TensorInfo } from '../../onnx/index.js';
import type { InputRole, OutputRole } from '../../spec/manifest.js';

const inputNames: Readonly<Record<string, string>> = {
  positions: 'positions position pos coord coords coordinates r x xyz atompositions',
  species:
    'atomicnumbers atomicnumber z numbers atomnumbers species atomtypes atomtype atype types elements nodeattrs',
  cell: 'box cell lattice boxvectors h',
  pbc: 'pbc periodic',
  edges: 'edgeindex edges pairs atompairs neighborlist',
  'edge-centers': 'idxi receivers receiver i centers',
  'edge-neighbors': 'idxj senders sender j others',
  shifts: 'shifts offsets edgeshifts pairshifts',
  'cell-shifts': 'unitshifts celloffsets edgecellshift cellshifts s',
  batch: 'batch idxm molidx',
  ptr: 'ptr',
  'atom-count': 'natoms numatoms',
  head: 'head',
  charge: 'charge totalcharge q',
  spin: 'spin mult multiplicity',
};
const outputNames: Readonly<Record<string, string>> = {
  energy: 'energy energies totalenergy e y predictedenergy etot potentialenergy',
  'atomic-energy': 'atomicenergy atomicenergies nodeenergy atomenergies',
  forces: 'forces force f negdy gradforces',
  gradient: 'grad dedr gradient dedx',
  stress: 'stress',
  virial: 'virial virials',
};
/** Inputs that are understood but that this program does not provide, with the reason. */
const foreignNames: Readonly<Record<string, string>> = {
  vectors: 'edge vectors instead of positions',
  edgevec: 'edge vectors instead of positions',
  edgevectors: 'edge vectors instead of positions',
  rij: 'edge vectors instead of positions',
  edgediff: 'edge vectors instead of positions',
  edgeweight: 'distances instead of positions',
  distances: 'distances instead of positions',
  edgelengths: 'distances instead of positions',
  dij: 'distances instead of positions',
  nbmat: 'a padded neighbor matrix',
  nlist: 'a padded neighbor matrix',
  neighbors: 'a padded neighbor matrix',
  neighbormatrix: 'a padded neighbor matrix',
  extendedcoord: 'ghost atoms',
  particlecontributing: 'ghost atoms',
  numneighbors: 'a compressed neighbor list',
};

const byInputName = inverse(inputNames) as ReadonlyMap<string, InputRole>;
const byOutputName = inverse(outputNames);

/** Lower case without `_ - . :` and a leading `data`. */
export function plainName(name: string): string {
  const plain = name.toLowerCase().replace(/[_\-.:]/g, '');
  return plain.replace(/^data(?=.)/, '').replace('neighbour', 'neighbor');
}

export function inputRoleByName(tensor: TensorInfo): InputRole | undefined {
  const role = byInputName.get(plainName(tensor.name));
  const exact = role === 'shifts' && isIntegerType(tensor.type) ? 'cell-shifts' : role;
  return exact && fitsRole(exact, tensor) ? exact : undefined;
}

/** `atomic-energy` is an energy to be summed, `gradient` are forces with the sign turned. */
export function outputRoleByName(
  tensor: TensorInfo,
): Exclude<OutputRole, 'unused'> | 'atomic-energy' | 'gradient' | undefined {
  const role = byOutputName.get(plainName(tensor.name));
  return isFloatType(tensor.type) ? (role as ReturnType<typeof outputRoleByName>) : undefined;
}

/** Why a recognised input cannot be fed, or undefined. */
export function foreignInput(tensor: TensorInfo): string | undefined {
  return foreignNames[plainName(tensor.name)];
}

/** Whether type and shape allow a role; an unknown shape allows every role of its type. */
export function fitsRole(role: InputRole, { type, shape }: TensorInfo): boolean {
  const integer = isIntegerType(type);
  const float = isFloatType(type);
  const rank = shape?.length;
  const ends = (size: number) => !shape || may(shape.at(-1), size);
  switch (role) {
    case 'positions':
      return float && (!shape || (rank! >= 1 && rank! <= 3 && (rank === 1 || ends(3) || may(shape[0], 1))));
    case 'species':
      return integer || (float && (rank === undefined || rank === 2 || rank === 3));
    case 'cell':
      return float && (ends(3) || ends(9));
    case 'pbc':
      return (integer || type === 'bool') && ends(3);
    case 'edges':
      return integer && (!shape || (rank === 2 && (may(shape[0], 2) || ends(2))));
    case 'edge-centers':
    case 'edge-neighbors':
      return integer && (!shape || rank === 1);
    case 'shifts':
      return float && (!shape || (rank === 2 && ends(3)));
    case 'cell-shifts':
      return (float || integer) && (!shape || (rank === 2 && ends(3)));
    case 'batch':
    case 'ptr':
    case 'atom-count':
    case 'head':
      return integer;
    default:
      return float || integer;
  }
}

function may(dim: number | string | undefined, size: number): boolean {
  return typeof dim === 'string' || dim === size;
}

function inverse(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(names).flatMap(([role, list]) => list.split(' ').map((name) => [name, role] as const)),
  );
}
