// Names and shapes by which the tensors of a model file are recognised.

import type { TensorInfo } from '../../onnx/summary.js';
import { isFloatType, isIntegerType } from '../../onnx/tensor-type.js';
import type { InputRole, OutputRole } from '../../spec/manifest.js';
import { cellDims } from './dimensions.js';

const inputNames: Readonly<Record<string, string>> = {
  positions: 'positions position pos coord coords coordinates r x xyz atompositions',
  species:
    'atomicnumbers atomicnumber z numbers atomnumbers species atomtypes atomtype atype types elements nodeattrs',
  cell: 'box cell lattice boxvectors celllatticevectors h',
  pbc: 'pbc periodic',
  edges: 'edgeindex edges pairs atompairs neighborlist',
  'edge-centers': 'idxi receivers receiver i centers center dst',
  'edge-neighbors': 'idxj senders sender j others other src',
  vectors: 'vectors edgevec edgevectors rij edgediff',
  distances: 'edgeweight distances edgelengths dij',
  shifts: 'shifts offsets edgeshifts pairshifts',
  'cell-shifts': 'unitshifts celloffsets edgecellshift cellshifts pbcshift s',
  'neighbor-matrix': 'nbmat nlist neighbors neighbormatrix',
  'neighbor-mask': 'mask neighbormask nbmask nlistmask',
  'neighbor-counts': 'numneighbors',
  'long-neighbor-matrix': 'nbmatlr',
  'long-cell-shifts': 'shiftslr',
  'ghost-positions': 'extendedcoord',
  'ghost-species': 'extendedatype',
  contributing: 'particlecontributing',
  mapping: 'mapping',
  batch: 'batch idxm molidx',
  ptr: 'ptr',
  'atom-count': 'natoms numatoms',
  head: 'head',
  charge: 'charge totalcharge q',
  spin: 'spin mult multiplicity',
};
const outputNames: Readonly<Record<string, string>> = {
  energy: 'energy energies totalenergy e y predictedenergy etot potentialenergy inferredtotalenergy',
  'atomic-energy': 'atomicenergy atomicenergies nodeenergy atomenergies',
  forces: 'forces force f negdy gradforces inferredforce',
  gradient: 'grad dedr gradient dedx',
  stress: 'stress',
  virial: 'virial virials',
};
const byInputName = inverse(inputNames) as ReadonlyMap<string, InputRole>;
const byOutputName = inverse(outputNames);

/** Lower case without `_ - . :` and a leading `data`. */
export function plainName(name: string): string {
  const plain = name.toLowerCase().replace(/[_\-.:]/g, '');
  return plain.replace(/^data(?=.)/, '').replace('neighbour', 'neighbor');
}

export function inputRoleByName(tensor: TensorInfo): InputRole | undefined {
  const role = roleByForm(byInputName.get(plainName(tensor.name)), tensor);
  return role && fitsRole(role, tensor) ? role : undefined;
}

/** Names that stand for two things are told apart by type and rank. */
function roleByForm(role: InputRole | undefined, { type, shape }: TensorInfo): InputRole | undefined {
  if (role === 'shifts' && isIntegerType(type)) return 'cell-shifts';
  if (role === 'edges' && (shape?.length === 1 || (shape?.length === 2 && shape[0] === 1)))
    return 'neighbor-list';
  return role;
}

/** `atomic-energy` is an energy to be summed, `gradient` are forces with the sign turned. */
export function outputRoleByName(
  tensor: TensorInfo,
): Exclude<OutputRole, 'unused'> | 'atomic-energy' | 'gradient' | undefined {
  const role = byOutputName.get(plainName(tensor.name));
  return isFloatType(tensor.type) ? (role as ReturnType<typeof outputRoleByName>) : undefined;
}

/** Whether type and shape allow a role; an unknown shape allows every role of its type. */
export function fitsRole(role: InputRole, { type, shape }: TensorInfo): boolean {
  const integer = isIntegerType(type);
  const float = isFloatType(type);
  const rank = shape?.length;
  const ends = (size: number) => !shape || may(shape.at(-1), size);
  const ranks = (...allowed: number[]) => rank === undefined || allowed.includes(rank);
  /** Of a rank, or as the one of a batch. */
  const leads = (own: number) => ranks(own) || (rank === own + 1 && may(shape?.[0], 1));
  switch (role) {
    case 'positions':
    case 'ghost-positions':
      return (
        float && ranks(1, 2, 3) && (ends(3) || (holdsTriples(shape) && (rank === 1 || may(shape?.[0], 1))))
      );
    case 'species':
    case 'ghost-species':
      return integer || (float && ranks(2, 3));
    case 'cell':
      return float && (ends(3) || ends(9)) && (!shape || fitsCell(shape));
    case 'pbc':
      return (integer || type === 'bool') && ends(3);
    case 'edges':
      return integer && leads(2) && (may(shape?.at(-2), 2) || ends(2));
    case 'edge-centers':
    case 'edge-neighbors':
      return integer && leads(1);
    case 'neighbor-list':
    case 'neighbor-counts':
    case 'mapping':
    case 'contributing':
      return integer && ranks(1, 2);
    case 'vectors':
      return float && leads(2) && ends(3);
    case 'distances':
      return float && (leads(1) || (leads(2) && ends(1)));
    case 'shifts':
      return float && ranks(2, 3, 4) && ends(3);
    case 'cell-shifts':
      return (float || integer) && ranks(2, 3, 4) && ends(3);
    case 'neighbor-matrix':
    case 'long-neighbor-matrix':
      return integer && ranks(2, 3);
    case 'long-cell-shifts':
      return (float || integer) && ranks(3, 4) && ends(3);
    case 'neighbor-mask':
    case 'padding-mask':
      return (integer || float || type === 'bool') && ranks(2, 3);
    case 'batch':
    case 'ptr':
    case 'atom-count':
    case 'head':
      return integer;
    default:
      return float || integer;
  }
}

/** Whether vectors that stand one after another come out even. */
function holdsTriples(shape: TensorInfo['shape']): boolean {
  const last = shape?.at(-1);
  return typeof last !== 'number' || last % 3 === 0;
}

/** Nine numbers, or three of a cell along the axes. */
function fitsCell(shape: NonNullable<TensorInfo['shape']>): boolean {
  const dims = cellDims(shape);
  const size = dims.reduce((product, dim) => product * dim, 1);
  return size === 9 || (size === 3 && dims.length === 1);
}

function may(dim: number | string | undefined, size: number): boolean {
  return typeof dim !== 'number' || dim === size;
}

function inverse(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(names).flatMap(([role, list]) => list.split(' ').map((name) => [name, role] as const)),
  );
}
