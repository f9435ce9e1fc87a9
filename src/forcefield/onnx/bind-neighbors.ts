// What a model wants of the neighbor list: its kind, its form, and how periodic images come in.

import type { InputRole } from '../../spec/manifest.js';
import type { Binding, Boundaries, InputBinding, NeighborForm, Units } from './binding.js';
import { declared, type Layer } from './declaration.js';
import { edgeDimension } from './dimensions.js';
import type { Signature } from './signatures.js';

export interface NeighborRequest {
  readonly inputs: readonly InputBinding[];
  readonly layers: readonly Layer[];
  readonly signature: Signature | undefined;
  readonly units: Units;
  /** What had to be assumed is appended. */
  readonly assumed: string[];
  /** What is missing or does not fit is appended. */
  readonly problems: string[];
}

const edgeRoles: readonly InputRole[] = ['edges', 'edge-centers', 'edge-neighbors', 'vectors', 'distances'];
const listRoles: readonly InputRole[] = [...edgeRoles, 'neighbor-matrix', 'neighbor-list'];

/** Whether the roles of the inputs ask for a neighbor list. */
export function takesNeighbors(inputs: readonly InputBinding[]): boolean {
  return inputs.some(({ role }) => listRoles.includes(role));
}

export function bindNeighbors(request: NeighborRequest): Pick<Binding, 'neighbors' | 'edges' | 'boundaries'> {
  const { inputs, layers, signature, assumed, units } = request;
  const has = (role: InputRole) => inputs.some((input) => input.role === role);
  const listed = takesNeighbors(inputs);
  const stated = declared(layers, ({ manifest }) => manifest.neighbors?.kind)?.value;
  const layout = has('neighbor-matrix') ? 'matrix' : has('neighbor-list') ? 'csr' : 'edges';
  checkParts(request, has);
  checkKind(stated, listed, layout, has('ghost-positions'), request.problems);
  if (listed && !stated && !signature) assumed.push('neighbors.kind=full');
  if (listed && inputs.some(({ role, source }) => role === 'shifts' && source === 'name'))
    assumed.push('neighbors.shifts=cartesian');
  const skin = declared(layers, ({ manifest }) => manifest.neighbors?.skin)?.value;
  return {
    neighbors: {
      kind: listed ? (stated === 'half' ? 'half' : 'full') : 'none',
      center:
        declared(layers, ({ manifest }) => manifest.neighbors?.center)?.value ?? signature?.center ?? 'first',
      layout,
      width: layout === 'matrix' ? widthOf(request) : null,
      pad: padOf(request, layout),
      ghosts: has('ghost-positions'),
      skin: skin === undefined ? null : skin * units.lengthScale,
    },
    edges: layout === 'edges' ? edgesOf(request) : null,
    boundaries: boundariesOf(request, has, listed),
  };
}

/** Inputs that mean nothing without another one. */
function checkParts({ problems, inputs }: NeighborRequest, has: (role: InputRole) => boolean): void {
  const listed = takesNeighbors(inputs);
  if (has('edge-centers') !== has('edge-neighbors'))
    problems.push('only one of the two ends of the edges is an input');
  if (!listed && (has('shifts') || has('cell-shifts'))) problems.push('there are shifts but no edges');
  if (has('neighbor-list') !== has('neighbor-counts'))
    problems.push('a list of neighbors and their numbers need each other, and one of them is no input');
  if ((has('neighbor-mask') || has('padding-mask')) && !has('neighbor-matrix'))
    problems.push('there is a mask but no neighbor matrix');
  const long = has('long-neighbor-matrix');
  if (has('long-cell-shifts') && !long) problems.push('there are long shifts but no second neighbor matrix');
  if (long && !has('neighbor-matrix')) problems.push('there is a second neighbor matrix but no first one');
  if (long && has('shifts'))
    problems.push('the shifts of a second neighbor matrix are whole numbers, those of the first one are not');
  const ghosts = has('ghost-positions');
  if (long && ghosts) problems.push('there are both ghosts and a second neighbor matrix');
  if ((has('ghost-species') || has('mapping')) && !ghosts)
    problems.push('there are species or a mapping of ghosts, but no positions of ghosts');
  if (ghosts && has('positions')) problems.push('both positions and positions with ghosts are inputs');
  if (ghosts && !listed) problems.push('there are ghosts but no neighbor list');
  if (has('cell-shifts') && ghosts) problems.push('neighbors have both ghosts and shifts');
}

function checkKind(
  stated: string | undefined,
  listed: boolean,
  layout: NeighborForm['layout'],
  ghosts: boolean,
  problems: string[],
): void {
  if (stated === undefined || stated === 'half') {
    if (stated === 'half' && !listed) problems.push('`neighbors.kind` is half, but no input takes neighbors');
  } else if (stated === 'none' && listed)
    problems.push('`neighbors.kind` is none, but the model takes edges or a list of neighbors');
  else if (stated === 'full' && !listed)
    problems.push('`neighbors.kind` is full, but no input takes neighbors');
  else if (stated === 'padded' && layout !== 'matrix')
    problems.push('`neighbors.kind` is padded, but no input is a neighbor matrix');
  else if (stated === 'ghosts' && !ghosts)
    problems.push('`neighbors.kind` is ghosts, but no input is the positions with ghosts');
}

function widthOf({ inputs, layers, problems }: NeighborRequest): number | null {
  const matrix = inputs.find(({ role }) => role === 'neighbor-matrix')!;
  const fixed = matrix.shape.at(-1);
  const stated = declared(layers, ({ manifest }) => manifest.neighbors?.width)?.value ?? null;
  if (typeof fixed !== 'number') return stated;
  if (stated !== null && stated !== fixed)
    problems.push(`\`neighbors.width\` is ${stated}, but \`${matrix.tensor}\` has rows of ${fixed}`);
  return fixed;
}

function padOf(
  { inputs, layers, signature, assumed, problems }: NeighborRequest,
  layout: NeighborForm['layout'],
): NeighborForm['pad'] {
  const stated = declared(layers, ({ manifest }) => manifest.neighbors?.pad)?.value ?? signature?.pad;
  if (stated !== undefined || layout !== 'matrix') return stated ?? -1;
  if (inputs.some(({ role }) => role.endsWith('-mask'))) {
    assumed.push('neighbors.pad=0');
    return 0;
  }
  problems.push('what an empty slot of its neighbor matrix holds is not known (`neighbors.pad`)');
  return -1;
}

/** A fixed number of edges can only be filled up by pairs that are far apart, where that is asked for. */
function edgesOf({ inputs, layers, problems }: NeighborRequest): number | null {
  const fixed = inputs.find((input) => typeof edgeDimension(input) === 'number');
  const stated = declared(layers, ({ manifest }) => manifest.static?.edges)?.value ?? null;
  if (!fixed) return stated;
  const size = edgeDimension(fixed) as number;
  const pad = declared(layers, ({ manifest }) => manifest.static?.pad)?.value ?? false;
  if (pad === false)
    problems.push(
      `\`${fixed.tensor}\` fixes the number of edges at ${size}, which changes from step to step (\`static.pad\` true fills up with pairs that are far apart)`,
    );
  if (stated !== null && stated !== size)
    problems.push(`\`static.edges\` is ${stated}, but \`${fixed.tensor}\` has ${size}`);
  return size;
}

function boundariesOf(
  { layers, signature, assumed }: NeighborRequest,
  has: (role: InputRole) => boolean,
  listed: boolean,
): Boundaries {
  const given = has('vectors') || has('distances') || has('ghost-positions');
  const all = !has('long-neighbor-matrix') || has('long-cell-shifts');
  const shifted = listed && (given || has('shifts') || (has('cell-shifts') && has('cell') && all));
  const stated = declared(layers, ({ manifest }) => manifest.pbc)?.value;
  if (stated && (stated !== 'host' || shifted)) return stated;
  if (listed) return shifted ? 'host' : 'none';
  if (!has('cell')) return 'none';
  const taken = signature?.pbc ?? 'triclinic';
  assumed.push(`pbc=${taken}`);
  return taken;
}
