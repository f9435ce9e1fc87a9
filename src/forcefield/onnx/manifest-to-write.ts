// The manifest that a model which cannot be bound needs: what is known of it, and blanks ("" and null) for the rest.

import { isIntegerType, type ModelSummary } from '../../onnx/index.js';
import type { Manifest } from '../../spec/manifest.js';
import type { InputBinding, OutputBinding, SpeciesEncoding, Units } from './binding.js';

/** How far the binding of a model came. */
export interface BindingState {
  readonly path: string;
  readonly summary: ModelSummary;
  readonly inputs: readonly InputBinding[];
  readonly outputs: readonly OutputBinding[];
  readonly units: Units;
  readonly species: SpeciesEncoding | null;
  readonly cutoff: object | null;
  readonly manifest: Manifest | null;
}

/** Plain data for JSON; with its blanks filled it is a valid manifest. */
export function manifestToWrite(state: BindingState): Readonly<Record<string, unknown>> {
  const { summary, inputs, outputs, units, manifest } = state;
  const unknown = summary.inputs.filter(({ name }) => !inputs.some((input) => input.tensor === name));
  const has = (role: string) => inputs.some((input) => input.role.startsWith(role));
  const couldBe = (role: string) => has(role) || unknown.some(({ type }) => isIntegerType(type));
  return {
    ...manifest,
    mdbench: 1,
    units: {
      length: unitEntry(units.length, units.lengthScale),
      energy: unitEntry(units.energy, units.energyScale),
    },
    ...(!state.cutoff && couldBe('edge') ? { cutoff: null } : {}),
    ...(!state.species && couldBe('species') ? { species: { kind: '', elements: [''] } } : {}),
    inputs: Object.fromEntries(summary.inputs.map(({ name }) => [name, inputEntry(inputs, name)])),
    outputs: Object.fromEntries(summary.outputs.map(({ name }) => [name, outputEntry(outputs, name)])),
  };
}

function unitEntry(name: string, scale: number): string | number {
  return name.includes(' ') ? scale : name;
}

function inputEntry(inputs: readonly InputBinding[], name: string): unknown {
  const found = inputs.find((input) => input.tensor === name);
  if (!found) return '';
  if (found.constant) return { constant: found.constant.length === 1 ? found.constant[0] : found.constant };
  return found.role;
}

function outputEntry(outputs: readonly OutputBinding[], name: string): unknown {
  const found = outputs.find((output) => output.tensor === name)!;
  const rivals = outputs.filter((output) => output.role === found.role && found.role !== 'unused');
  if (rivals.length > 1) return '';
  return found.sign === 1 ? found.role : { role: found.role, sign: found.sign };
}
