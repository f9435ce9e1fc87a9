// What is declared of a model, in layers: flags, the sidecar manifest, the file's own `mdbench.*` metadata, and metadata
// that other programs write. The first layer that says something holds.

import type { ModelSummary } from '../../onnx/index.js';
import type { Manifest } from '../../spec/manifest.js';
import type { Layer } from './layer.js';
import { listOf, readOwnMetadata } from './own-metadata.js';
import { lengthUnit } from './units.js';

export type { Layer } from './layer.js';

export interface Declared<T> {
  readonly value: T;
  readonly source: Layer['source'];
}

/** What the first layer that declares it says of something. */
export function declared<T>(
  layers: readonly Layer[],
  pick: (layer: Layer) => T | null | undefined,
): Declared<T> | null {
  for (const layer of layers) {
    const value = pick(layer);
    if (value !== undefined && value !== null) return { value, source: layer.source };
  }
  return null;
}

/** @throws `manifest-invalid` when the `mdbench.*` metadata say what no manifest could. */
export function declarationLayers(
  summary: ModelSummary,
  manifest: Manifest | null,
  flags: Manifest | null = null,
): Layer[] {
  return [
    ...(flags ? [{ source: 'flag' as const, manifest: flags }] : []),
    ...(manifest ? [{ source: 'manifest' as const, manifest }] : []),
    readOwnMetadata(summary),
    foreignMetadata(summary.metadata),
  ];
}

/** Keys that MACE, NequIP and SchNetPack files carry. What cannot be read is left alone: these are only hints. */
function foreignMetadata(metadata: Readonly<Record<string, string>>): Layer {
  const cutoff = Number(metadata.cutoff ?? metadata.r_max ?? metadata.rcut);
  const longCutoff = Number(metadata.cutoff_lr);
  const energy = Number(metadata.energy_units_to_eV);
  const length = lengthUnit(metadata.length_units ?? '');
  const elements = listOf(metadata.atomic_numbers ?? metadata.type_names ?? metadata.chemical_symbols);
  return {
    source: 'metadata',
    manifest: {
      mdbench: 1,
      units: { ...(length ? { length } : {}), ...(energy > 0 ? { energy } : {}) },
      ...(cutoff > 0 ? { cutoff } : {}),
      ...(longCutoff > 0 ? { longCutoff } : {}),
    },
    ...(elements.length > 0 ? { elements } : {}),
  };
}
