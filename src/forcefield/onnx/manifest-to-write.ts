// The manifest that a model which cannot be bound needs: what is known of it, and blanks ("" and null) for the rest.

import type { ModelProto } from '../../onnx/proto/onnx_pb.js';
import { findCategories } from '../../onnx/species-table.js';
import type { ModelSummary } from '../../onnx/summary.js';
import { isIntegerType } from '../../onnx/tensor-type.js';
import type { Manifest } from '../../spec/manifest.js';
import { speciesKind } from './bind-species.js';
import type { InputBinding, NeighborForm, OutputBinding, SpeciesEncoding, Units } from './binding.js';
import { edgeDimension } from './dimensions.js';
import { inputEntry, outputEntry } from './own-metadata.js';
import type { Signature } from './signatures.js';

/** How far the binding of a model came. */
export interface BindingState {
  readonly path: string;
  readonly summary: ModelSummary;
  readonly signature: Signature | undefined;
  readonly inputs: readonly InputBinding[];
  readonly outputs: readonly OutputBinding[];
  readonly units: Units;
  readonly species: SpeciesEncoding | null;
  readonly cutoff: object | null;
  readonly longCutoff: object | null;
  readonly neighbors: NeighborForm;
  readonly manifest: Manifest | null;
  /** In which the number of species is looked for. */
  readonly model: ModelProto | undefined;
}

/** Plain data for JSON; with its blanks filled it is a valid manifest. */
export function manifestToWrite(state: BindingState): Readonly<Record<string, unknown>> {
  const { summary, inputs, outputs, units, manifest } = state;
  const unknown = summary.inputs.filter(({ name }) => !inputs.some((input) => input.tensor === name));
  const integers = unknown.some(({ type }) => isIntegerType(type));
  const { layout } = state.neighbors;
  const matrix = layout === 'matrix';
  const fixedEdges = layout === 'edges' && inputs.some((input) => typeof edgeDimension(input) === 'number');
  return {
    ...manifest,
    mdbench: 1,
    units: {
      ...manifest?.units,
      length: unitEntry(units.length, units.lengthScale),
      energy: unitEntry(units.energy, units.energyScale),
    },
    ...(!state.cutoff && (state.neighbors.kind !== 'none' || integers) ? { cutoff: null } : {}),
    ...(!state.longCutoff && inputs.some(({ role }) => role === 'long-neighbor-matrix')
      ? { longCutoff: null }
      : {}),
    ...(state.species ? {} : blankSpecies(state, integers)),
    ...(matrix ? { neighbors: { ...manifest?.neighbors, kind: 'padded', pad: state.neighbors.pad } } : {}),
    ...(fixedEdges ? { static: { ...manifest?.static, pad: manifest?.static?.pad ?? true } } : {}),
    inputs: Object.fromEntries(summary.inputs.map(({ name }) => [name, entryOfInput(inputs, name)])),
    outputs: Object.fromEntries(summary.outputs.map(({ name }) => [name, entryOfOutput(outputs, name)])),
  };
}

/** As many blanks as the model has species, where that can be seen. */
function blankSpecies({ inputs, signature, model }: BindingState, integers: boolean): object {
  const input = inputs.find(({ role }) => role.endsWith('species'));
  if (!input) return integers ? { species: { kind: '', elements: [''] } } : {};
  const width = input.shape.at(-1);
  const kind = speciesKind(input, signature);
  const size = kind === 'onehot' ? width : kindsSeen(model, input.tensor);
  const elements = new Array<string>(typeof size === 'number' && size < 20 ? size : 1).fill('');
  return { species: { kind: kind ?? '', elements } };
}

function kindsSeen(model: ModelProto | undefined, tensor: string): number | null {
  if (!model) return null;
  const { size, compared } = findCategories(model, tensor);
  return size ?? (compared.length > 0 ? compared.at(-1)! + 1 : null);
}

function unitEntry(name: string, scale: number): string | number {
  return name.includes(' ') ? scale : name;
}

function entryOfInput(inputs: readonly InputBinding[], name: string): unknown {
  const found = inputs.find((input) => input.tensor === name);
  return found ? inputEntry(found) : '';
}

function entryOfOutput(outputs: readonly OutputBinding[], name: string): unknown {
  const found = outputs.find((output) => output.tensor === name)!;
  const rivals = outputs.filter((output) => output.role === found.role && found.role !== 'unused');
  return rivals.length > 1 ? '' : outputEntry(found);
}
