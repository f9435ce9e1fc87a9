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

/** Of the second neighbor matrix, which nothing but a declaration tells: its pairs need not be compared with anything. */
export function bindLongCutoff(
  inputs: readonly InputBinding[],
  layers: readonly Layer[],
  units: Units,
  cutoff: Binding['cutoff'],
  problems: string[],
): Binding['longCutoff'] {
  const matrix = inputs.find(({ role }) => role === 'long-neighbor-matrix');
  const stated = declared(layers, ({ manifest }) => manifest.longCutoff);
  if (!matrix) {
    if (stated) problems.push('`longCutoff` is declared, but no input is a second neighbor matrix');
    return null;
  }
  if (!stated) {
    problems.push(
      `the cutoff of its second neighbor matrix \`${matrix.tensor}\` is not known (\`longCutoff\`)`,
    );
    return null;
  }
  const value = stated.value * units.lengthScale;
  if (cutoff && value < cutoff.value)
    problems.push(`\`longCutoff\` is ${value} Å, below its cutoff of ${cutoff.value} Å`);
  return { value, source: stated.source };
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
