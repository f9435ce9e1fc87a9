// What a model wants of the neighbor list: its kind, the cutoff, and how periodic images come in.

import type { Binding, Boundaries, InputBinding, Units } from './binding.js';
import { declared, type Layer } from './declaration.js';
import type { Signature } from './signatures.js';

/** What is missing goes to `problems`, what had to be assumed to `assumed`. */
export function bindEdges(
  inputs: readonly InputBinding[],
  layers: readonly Layer[],
  signature: Signature | undefined,
  units: Units,
  assumed: string[],
  problems: string[],
): Pick<Binding, 'cutoff' | 'neighbors' | 'boundaries'> {
  const has = (role: string) => inputs.some((input) => input.role === role);
  const edges = has('edges') || has('edge-centers') || has('edge-neighbors');
  const cutoff = declared(layers, (layer) => layer.manifest.cutoff);
  const kind = declared(layers, (layer) => layer.manifest.neighbors?.kind)?.value;
  const center = declared(layers, (layer) => layer.manifest.neighbors?.center)?.value;
  if (has('edge-centers') !== has('edge-neighbors'))
    problems.push('only one of the two ends of the edges is an input');
  if (!edges && (has('shifts') || has('cell-shifts'))) problems.push('there are shifts but no edges');
  if (edges && kind === 'none') problems.push('`neighbors.kind` is none, but the model takes edges');
  if (!edges && (kind === 'full' || kind === 'half'))
    problems.push(`\`neighbors.kind\` is ${kind}, but no input takes edges`);
  if (edges && !cutoff) problems.push('its cutoff is not known, and the edges depend on it');
  const fixed = inputs.find((input) => typeof edgeDimension(input) === 'number');
  if (fixed) {
    problems.push(
      `\`${fixed.tensor}\` fixes the number of edges at ${edgeDimension(fixed)}, which changes from step to step`,
    );
  }
  if (edges && !kind && !signature) assumed.push('neighbors.kind=full');
  const shiftless = edges && inputs.find((input) => input.role === 'shifts' && input.source === 'name');
  if (shiftless) assumed.push('neighbors.shifts=cartesian');
  return {
    cutoff: cutoff && { value: cutoff.value * units.lengthScale, source: cutoff.source },
    neighbors: {
      kind: edges ? (kind === 'half' ? 'half' : 'full') : 'none',
      center: center ?? signature?.center ?? 'first',
    },
    boundaries: boundariesOf(has, edges, layers, assumed),
  };
}

function boundariesOf(
  has: (role: string) => boolean,
  edges: boolean,
  layers: readonly Layer[],
  assumed: string[],
): Boundaries {
  const shifted = edges && (has('shifts') || (has('cell-shifts') && has('cell')));
  const stated = declared(layers, (layer) => layer.manifest.pbc)?.value;
  if (stated && (stated !== 'host' || shifted)) return stated;
  if (edges) return shifted ? 'host' : 'none';
  if (has('cell')) assumed.push('pbc=triclinic');
  return has('cell') ? 'triclinic' : 'none';
}

function edgeDimension({ role, shape }: InputBinding): number | string | undefined {
  if (role === 'edges') return shape[0] !== 2 && shape[1] === 2 ? shape[0] : shape[1];
  return role.startsWith('edge-') || role === 'shifts' || role === 'cell-shifts' ? shape[0] : undefined;
}
