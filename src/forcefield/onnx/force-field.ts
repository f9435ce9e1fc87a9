// A model file as a force field: reads and binds it, creates its session, and runs it call by call.

import { resolve } from 'node:path';
import { MdbenchError } from '../../errors.js';
import { type OnnxModel, readModelFile } from '../../onnx/index.js';
import type { ForceFieldSpec } from '../../spec/case.js';
import type { ForceField, ForceFieldDescription, NeighborDemand } from '../force-field.js';
import { forceFieldId } from '../id.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import { fileChecksum, fileCommit, recordedPath } from './file-identity.js';
import { checkLimits, checkThreads } from './limits.js';
import { type ManifestFile, readManifest } from './manifest-file.js';
import { createRunner, type Runner } from './runner.js';
import { loadSession, type SessionSettings } from './session.js';

/**
 * @param spec `name` is the path of the model file
 * @throws MdbenchError when the file cannot be read, bound, or loaded by ONNX Runtime
 */
export async function createOnnxForceField(spec: ForceFieldSpec): Promise<ForceField> {
  const path = resolve(spec.name);
  const model = readModelFile(path);
  const manifest = readManifest(path);
  const binding = bindModel(model.summary, manifest?.manifest ?? null, path);
  checkThreads(path, model.summary, spec.threads);
  const { session, settings } = loadSession(path, spec.provider, spec.threads);
  const description = await describe(model, binding, manifest, settings);
  let runner: Runner | null = null;
  return {
    description,
    neighbors: neighborDemand(binding),
    prepare(system) {
      checkLimits(binding, system, description.id);
      runner = createRunner(session, binding, system);
    },
    compute(system, pairs, output) {
      if (!runner) throw new MdbenchError('usage', 'prepare() has to be called before compute().');
      return runner(system, pairs, output);
    },
    dispose() {
      runner = null;
      session.dispose();
    },
  };
}

function neighborDemand(binding: Binding): NeighborDemand | null {
  const { kind } = binding.neighbors;
  return kind === 'none' ? null : { cutoff: binding.cutoff!.value, kind, trimmed: true };
}

async function describe(
  { path, summary, bytes, external }: OnnxModel,
  binding: Binding,
  manifest: ManifestFile | null,
  settings: SessionSettings,
): Promise<ForceFieldDescription> {
  const id = forceFieldId(path);
  return {
    id,
    kind: 'onnx',
    title: summary.metadata['mdbench.title'] ?? summary.metadata.title ?? id,
    cutoff: binding.cutoff?.value ?? null,
    elements: binding.species?.elements ?? null,
    precision: summary.precision,
    parameters: summary.parameters,
    settings: {
      ...settings,
      signature: binding.signature,
      units: { length: binding.units.length, energy: binding.units.energy },
      boundaries: binding.boundaries,
      neighbors: binding.neighbors,
      manifest: manifest && { path: recordedPath(manifest.path), sha256: await fileChecksum(manifest.path) },
      externalData: await Promise.all(
        external.map(async (file) => ({
          ...file,
          path: recordedPath(file.path),
          sha256: await fileChecksum(file.path),
        })),
      ),
    },
    file: {
      path: recordedPath(path),
      sha256: await fileChecksum(path),
      bytes: bytes.length,
      commit: fileCommit(path),
    },
    binding: [...binding.inputs, ...binding.outputs].map(
      ({ tensor, direction, role, source, type, shape }) => ({
        tensor,
        direction,
        role,
        source,
        type,
        shape,
      }),
    ),
    assumed: binding.assumed,
  };
}
