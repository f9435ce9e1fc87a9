// Binds every tensor of a model file to what it means. First that knows wins: manifest, metadata, the signature of a
// known exporter, the tensor's name, its shape. What is not declared and had to be assumed is listed.

import type { ModelSummary } from '../../onnx/index.js';
import type { ModelProto } from '../../onnx/proto/onnx_pb.js';
import type { Manifest } from '../../spec/manifest.js';
import { bindCutoff, bindLongCutoff } from './bind-cutoff.js';
import { bindInputs } from './bind-inputs.js';
import { bindNeighbors } from './bind-neighbors.js';
import { bindOutputs } from './bind-outputs.js';
import { sizeProblems } from './bind-sizes.js';
import { bindSpecies, declaredElements } from './bind-species.js';
import { bindTail } from './bind-tail.js';
import { bindUnits } from './bind-units.js';
import type { Binding, InputBinding, SpeciesEncoding } from './binding.js';
import { declarationLayers, type Layer } from './declaration.js';
import { unbindable } from './refusal.js';
import { matchSignature, type Signature } from './signatures.js';

/** What is known beside the summary of a file and its manifest. */
export interface BindingHints {
  /** What the command line declares; it wins over everything else. */
  readonly flags?: Manifest;
  /** The graph, in which a cutoff and the coding of species are looked for where nothing declares them. */
  readonly model?: ModelProto;
}

/**
 * A binding without a forces output is that of an energy alone.
 * @param path of the model file, for messages.
 * @throws `manifest-invalid`, or `unbindable-inputs` whose hint is a manifest to write.
 */
export function bindModel(
  summary: ModelSummary,
  manifest: Manifest | null,
  path: string,
  { flags, model }: BindingHints = {},
): Binding {
  const layers = declarationLayers(summary, manifest, flags);
  const problems: string[] = [];
  const assumed: string[] = [];
  const signature = findSignature(summary, layers);
  const inputs = bindInputs(summary, layers, signature, problems);
  const { outputs, energy } = bindOutputs(summary, inputs, layers, assumed, problems);
  const units = bindUnits(layers, signature, assumed);
  const request = { inputs, layers, signature, units, assumed, problems };
  const cutoff = bindCutoff(inputs, layers, units, model, assumed, problems);
  const longCutoff = bindLongCutoff(inputs, layers, units, cutoff, problems);
  const pairs = bindNeighbors(request);
  const species = speciesOf(inputs, layers, signature, model, assumed, problems);
  const tail = bindTail({ ...request, species, boundaries: pairs.boundaries });
  for (const [role, value] of Object.entries({ charge: 0, spin: 1 })) {
    if (inputs.some((input) => input.role === role && input.value === undefined))
      assumed.push(`${role}=${value}`);
  }
  problems.push(...sizeProblems(inputs, longCutoff ?? cutoff));
  const { neighbors } = pairs;
  const known = { cutoff, longCutoff, species, units };
  const state = { path, summary, signature, model, manifest, inputs, outputs, neighbors, ...known };
  if (problems.length > 0) throw unbindable(state, problems);
  return {
    signature: signature?.id ?? null,
    inputs,
    outputs: outputs.filter((output) => output.role !== 'unused'),
    units,
    cutoff,
    longCutoff,
    ...pairs,
    tail,
    species,
    energy,
    assumed,
  };
}

/** A model without species and edges counts as one of OpenMM's only if it names its box or its outputs as OpenMM does. */
function findSignature(summary: ModelSummary, layers: readonly Layer[]): Signature | undefined {
  const constants = new Set(layers.flatMap(({ manifest }) => constantNames(manifest)));
  const signature = matchSignature(summary.inputs.filter((tensor) => !constants.has(tensor.name)));
  if (signature?.id !== 'openmm') return signature;
  const named = (tensors: ModelSummary['inputs'], name: string) =>
    tensors.some((tensor) => tensor.name === name);
  const { inputs, outputs } = summary;
  const own = named(outputs, 'energy') && (named(outputs, 'forces') || named(inputs, 'box'));
  return own ? signature : undefined;
}

function constantNames(manifest: Manifest): string[] {
  return Object.entries(manifest.inputs ?? {}).flatMap(([name, entry]) =>
    typeof entry === 'object' && 'constant' in entry ? [name] : [],
  );
}

function speciesOf(
  inputs: readonly InputBinding[],
  layers: readonly Layer[],
  signature: Signature | undefined,
  model: ModelProto | undefined,
  assumed: string[],
  problems: string[],
): SpeciesEncoding | null {
  const input = inputs.find((entry) => entry.role === 'species' || entry.role === 'ghost-species');
  const elements = declaredElements(layers);
  if (!input) return elements && { kind: 'number', elements };
  const species = bindSpecies(input, layers, signature, model, assumed);
  if (!species) problems.push(`how \`${input.tensor}\` writes the species is not known`);
  return species;
}
