// What is declared of a model, in layers: the sidecar manifest, the file's own `mdbench.*` metadata, and metadata
// that other programs write. The first layer that says something holds.

import { MdbenchError } from '../../errors.js';
import type { ModelSummary } from '../../onnx/index.js';
import { type Manifest, manifestSpec } from '../../spec/manifest.js';
import { describeIssues } from './manifest-file.js';
import { energyUnit, lengthUnit } from './units.js';

export interface Layer {
  readonly source: 'manifest' | 'metadata';
  readonly manifest: Manifest;
  /** Of the stress output: −1 where it holds −dE/dε/V. */
  readonly stressSign?: 1 | -1;
  /** Symbols or atomic numbers in the order of the model's species, where it is not said how species are written. */
  readonly elements?: readonly string[];
}

export interface Declared<T> {
  readonly value: T;
  readonly source: Layer['source'];
}

/** What the first layer that declares it says of something. */
export function declared<T>(
  layers: readonly Layer[],
  pick: (layer: Layer) => T | undefined,
): Declared<T> | null {
  for (const layer of layers) {
    const value = pick(layer);
    if (value !== undefined) return { value, source: layer.source };
  }
  return null;
}

/** @throws `manifest-invalid` when the `mdbench.*` metadata say what no manifest could. */
export function declarationLayers(summary: ModelSummary, manifest: Manifest | null): Layer[] {
  const layers = [ownMetadata(summary), foreignMetadata(summary.metadata)];
  return manifest ? [{ source: 'manifest', manifest }, ...layers] : layers;
}

function ownMetadata({ metadata, inputs, outputs }: ModelSummary): Layer {
  const value = (key: string) => metadata[`mdbench.${key}`]?.trim();
  const roles = parseRoles(value('roles'));
  const pick = (tensors: readonly { name: string }[]) =>
    Object.fromEntries(tensors.filter(({ name }) => name in roles).map(({ name }) => [name, roles[name]]));
  const parsed = manifestSpec.safeParse({
    mdbench: 1,
    units: {
      length: unitValue(value('units.length'), lengthUnit),
      energy: unitValue(value('units.energy'), energyUnit),
      force: value('units.force'),
    },
    cutoff: numeric(value('cutoff')),
    species: speciesValue(value('species'), listOf(value('elements'))),
    neighbors: { kind: value('neighbors'), shifts: value('shifts'), center: value('center') },
    pbc: value('pbc'),
    inputs: pick(inputs),
    outputs: pick(outputs),
    energy: value('energy'),
  });
  if (!parsed.success) {
    throw new MdbenchError(
      'manifest-invalid',
      `The model's own metadata (mdbench.*) are not valid: ${describeIssues(parsed.error)}.`,
      'Correct the metadata, or say the same in a manifest beside the file and remove them.',
    );
  }
  return {
    source: 'metadata',
    manifest: parsed.data,
    ...(value('stress.sign') === undefined ? {} : { stressSign: Number(value('stress.sign')) < 0 ? -1 : 1 }),
  };
}

/** Keys that MACE, NequIP and SchNetPack files carry. What cannot be read is left alone: these are only hints. */
function foreignMetadata(metadata: Readonly<Record<string, string>>): Layer {
  const cutoff = Number(metadata.cutoff ?? metadata.r_max ?? metadata.rcut);
  const energy = Number(metadata.energy_units_to_eV);
  const length = lengthUnit(metadata.length_units ?? '');
  const elements = listOf(metadata.atomic_numbers ?? metadata.type_names ?? metadata.chemical_symbols);
  return {
    source: 'metadata',
    manifest: {
      mdbench: 1,
      units: { ...(length ? { length } : {}), ...(energy > 0 ? { energy } : {}) },
      ...(cutoff > 0 ? { cutoff } : {}),
    },
    ...(elements.length > 0 ? { elements } : {}),
  };
}

function parseRoles(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const roles: unknown = JSON.parse(text ?? '{}');
    if (typeof roles === 'object' && roles !== null) return roles as Record<string, unknown>;
  } catch {}
  throw new MdbenchError(
    'manifest-invalid',
    `The model's metadata mdbench.roles are not a JSON object: ${text}`,
    'Expected a map from tensor to role, such as {"x": "positions"}.',
  );
}

/** `Z`, `Z:Si,C`, `H,C,O` (positions in this list) or `onehot:H,C,O`. */
function speciesValue(text: string | undefined, known: readonly string[]): unknown {
  if (text === undefined) return known.length > 0 ? { kind: 'number', elements: known } : undefined;
  const [head, tail] = text.includes(':') ? text.split(':', 2) : text === 'Z' ? ['Z', ''] : ['index', text];
  const elements = listOf(tail);
  if (head !== 'Z') return { kind: head, elements };
  const all = elements.length > 0 ? elements : known;
  return all.length > 0 ? { kind: 'number', elements: all } : { kind: 'number' };
}

function unitValue(text: string | undefined, find: (name: string) => string | undefined): unknown {
  return text === undefined ? undefined : (find(text) ?? text);
}

function numeric(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function listOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,[\]"']+/).filter((word) => word !== '');
}
