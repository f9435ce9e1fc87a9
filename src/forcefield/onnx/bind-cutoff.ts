// The cutoff of a model: declared, or found in its graph.

import { findCutoff, type LengthInputs } from '../../onnx/find-cutoff.js';
import type { ModelProto } from '../../onnx/proto/onnx_pb.js';
import { takesNeighbors } from './bind-neighbors.js';
import type { Binding, InputBinding, Units } from './binding.js';
import { declared, type Layer } from './declaration.js';

/**
 * @param model to look for it where nothing declares it
 * @returns in Å; null where it is not known, which is a problem only where the model takes neighbors
 */
export function bindCutoff(
  inputs: readonly InputBinding[],
  layers: readonly Layer[],
  units: Units,
  model: ModelProto | undefined,
  assumed: string[],
  problems: string[],
): Binding['cutoff'] {
  const stated = declared(layers, ({ manifest }) => manifest.cutoff);
  if (stated) return { value: stated.value * units.lengthScale, source: stated.source };
  const found = model
    ? findCutoff(model, lengthInputs(inputs))
    : { value: null, sure: false, candidates: [] };
  if (found.value !== null) {
    if (!found.sure) assumed.push(`cutoff=${found.value} ${units.length}`);
    return { value: found.value * units.lengthScale, source: 'graph' };
  }
  if (takesNeighbors(inputs)) {
    const seen = found.candidates.map((value) => `${value}`).join(', ');
    const detail = seen ? ` (its graph compares distances with ${seen})` : '';
    problems.push(`its cutoff is not known${detail}, and its neighbors depend on it`);
  }
  return null;
}

/** The inputs from which distances follow. */
export function lengthInputs(inputs: readonly InputBinding[]): LengthInputs {
  const names = (...roles: readonly string[]) =>
    inputs.filter(({ role }) => roles.includes(role)).map(({ tensor }) => tensor);
  return {
    positions: names('positions', 'ghost-positions'),
    vectors: names('vectors'),
    distances: names('distances'),
  };
}
