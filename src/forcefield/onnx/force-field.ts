// A model file as a force field: reads and binds it, creates its session, and runs it call by call.

import { resolve } from 'node:path';
import { MdbenchError } from '../../errors.js';
import type { ForceFieldSpec } from '../../spec/case.js';
import type { ForceField, ForceFieldDescription, NeighborDemand } from '../force-field.js';
import { forceFieldId } from '../id.js';
import { type Binding, reachOf } from './binding.js';
import { fileChecksums, fileCommit, recordedPath } from './file-identity.js';
import { checkLimits, checkThreads } from './limits.js';
import { prepareModel } from './prepare-model.js';
import type { PreparedModel } from './prepared-model.js';
import { createRunner, type Runner } from './runner.js';
import { loadSession, type SessionSettings } from './session.js';

/**
 * @param spec `name` is the path of the model file
 * @param profile start of the paths of ONNX Runtime's own profile, written by `dispose`; see `loadSession`
 * @throws MdbenchError when the file cannot be read, bound, or loaded by ONNX Runtime
 */
export async function createOnnxForceField(spec: ForceFieldSpec, profile?: string): Promise<ForceField> {
  const path = resolve(spec.name);
  const prepared = await prepareModel(path, spec);
  const { file, binding, manifest, summary, source } = prepared;
  checkThreads(path, summary, spec.threads);
  const { session, settings } = loadSession(source, spec.provider, spec.threads, profile);
  let checksums: ReadonlyMap<string, string> = new Map();
  let runner: Runner | null = null;
  const description = () => describe({ ...prepared, settings, checksums });
  return {
    get description() {
      return description();
    },
    neighbors: neighborDemand(binding),
    async prepare(system) {
      checkLimits(binding, system, forceFieldId(path));
      runner = createRunner(session, system, {
        binding,
        title: forceFieldId(path),
        diesWhenEmpty: prepared.diesWhenEmpty,
      });
      checksums = await fileChecksums([path, manifest?.path, ...file.external.map((part) => part.path)]);
    },
    compute(system, pairs, output) {
      if (!runner) throw new MdbenchError('usage', 'prepare() has to be called before compute().');
      return runner.call(system, pairs, output);
    },
    observe(observer) {
      runner?.observe(observer);
    },
    dispose() {
      runner = null;
      session.dispose();
    },
  };
}

function neighborDemand(binding: Binding): NeighborDemand | null {
  const { kind } = binding.neighbors;
  return kind === 'none' ? null : { cutoff: reachOf(binding)!, kind, trimmed: true };
}

interface Loaded extends PreparedModel {
  readonly settings: SessionSettings;
  /** By path; empty before `prepare`, so that creating a force field times nothing but its loading. */
  readonly checksums: ReadonlyMap<string, string>;
}

function describe({ settings, checksums, ...prepared }: Loaded): ForceFieldDescription {
  const { file, binding, manifest, summary, preparation } = prepared;
  const { path, bytes, external } = file;
  const identity = (name: string) => ({ path: recordedPath(name), sha256: checksums.get(name) ?? '' });
  const id = forceFieldId(path);
  return {
    id,
    kind: 'onnx',
    title: file.summary.metadata['mdbench.title'] ?? file.summary.metadata.title ?? id,
    cutoff: reachOf(binding),
    elements: binding.species?.elements ?? null,
    precision: summary.precision,
    parameters: file.summary.parameters,
    settings: {
      ...settings,
      signature: binding.signature,
      units: unitNames(binding.units),
      boundaries: binding.boundaries,
      neighbors: binding.neighbors,
      manifest: manifest && identity(manifest.path),
      externalData: external.map((part) => ({ ...part, ...identity(part.path) })),
    },
    file: { ...identity(path), bytes: bytes.length, commit: checksums.size > 0 ? fileCommit(path) : null },
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
    preparation,
  };
}

/** As they are recorded: those of force and stress only where they are declared. */
function unitNames({ length, energy, force, stress }: Binding['units']): Readonly<Record<string, string>> {
  return { length, energy, ...(force ? { force } : {}), ...(stress ? { stress } : {}) };
}
