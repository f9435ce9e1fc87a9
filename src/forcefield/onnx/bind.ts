// Binds every tensor of a model file to what it means. First that knows wins: manifest, metadata, the signature of a
// known exporter, the tensor's name, its shape. What is not declared and had to be assumed is listed.

import type { ModelSummary } from '../../onnx/index.js';
import type { Manifest } from '../../spec/manifest.js';
import { bindEdges } from './bind-edges.js';
import { bindInputs } from './bind-inputs.js';
import { bindOutputs } from './bind-outputs.js';
import { bindSpecies, declaredElements } from './bind-species.js';
import { bindUnits } from './bind-units.js';
import type { Binding, InputBinding, SpeciesEncoding } from './binding.js';
import { declarationLayers, type Layer } from './declaration.js';
import { unbindable } from './refusal.js';
import { matchSignature, type Signature } from './signatures.js';

/**
 * A binding without a forces output is that of an energy alone.
 * @param path of the model file, for messages.
 * @throws `manifest-invalid`, or `unbindable-inputs` whose hint is a manifest to write.
 */
export function bindModel(summary: ModelSummary, manifest: Manifest | null, path: string): Binding {
  const layers = declarationLayers(summary, manifest);
  const problems: string[] = [];
  const assumed: string[] = [];
  const signature = findSignature(summary, layers);
  const inputs = bindInputs(summary, layers, signature, problems);
  const { outputs, energy } = bindOutputs(summary, layers, assumed, problems);
  const units = bindUnits(layers, signature, assumed);
  const edges = bindEdges(inputs, layers, signature, units, assumed, problems);
  const species = speciesOf(inputs, layers, signature, assumed, problems);
  if (inputs.some((input) => input.role === 'charge')) assumed.push('charge=0');
  if (inputs.some((input) => input.role === 'spin')) assumed.push('spin=1');
  const state = { path, summary, inputs, outputs, units, species, cutoff: edges.cutoff, manifest };
  if (problems.length > 0) throw unbindable(state, problems);
  return {
    signature: signature?.id ?? null,
    inputs,
    outputs: outputs.filter((output) => output.role !== 'unused'),
    units,
    ...edges,
    species,
    energy,
    assumed,
  };
}

/** A model without species and edges counts as one of OpenMM's only if it names its outputs as OpenMM does. */
function findSignature(summary: ModelSummary, layers: readonly Layer[]): Signature | undefined {
  const constants = new Set(layers.flatMap(({ manifest }) => constantNames(manifest)));
  const signature = matchSignature(summary.inputs.filter((tensor) => !constants.has(tensor.name)));
  const openmmOutputs = ['energy', 'forces'].every((name) =>
    summary.outputs.some((output) => output.name === name),
  );
  return signature?.id === 'openmm' && !openmmOutputs ? undefined : signature;
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
  assumed: string[],
  problems: string[],
): SpeciesEncoding | null {
  const input = inputs.find((entry) => entry.role === 'species');
  const elements = declaredElements(layers);
  if (!input) return elements && { kind: 'number', elements };
  const species = bindSpecies(input, layers, signature, assumed);
  if (!species) problems.push(`how \`${input.tensor}\` writes the species is not known`);
  return species;
}
