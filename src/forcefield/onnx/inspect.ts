// What `mdbench inspect` says of a model file, as plain data: a refusal is part of it, not an exception.

import { resolve } from 'node:path';
import { MdbenchError } from '../../errors.js';
import { findCutoff } from '../../onnx/find-cutoff.js';
import {
  type ExternalFile,
  type Lint,
  type ModelChange,
  type ModelSummary,
  readModelFile,
} from '../../onnx/index.js';
import type { ModelProto } from '../../onnx/proto/onnx_pb.js';
import type { Manifest } from '../../spec/manifest.js';
import { bindModel } from './bind.js';
import { lengthInputs } from './bind-cutoff.js';
import type { Binding } from './binding.js';
import { readManifest } from './manifest-file.js';
import { prepareModel } from './prepare-model.js';
import { loadSession, type SessionSettings, type SessionSource } from './session.js';

interface Refusal {
  readonly code: string;
  readonly message: string;
  /** For inputs that cannot be bound: the manifest to write. */
  readonly hint: string | null;
}

export interface Inspection {
  readonly path: string;
  readonly bytes: number;
  readonly summary: Omit<ModelSummary, 'operators'> & {
    /** The most frequent first. */
    readonly operators: readonly { readonly name: string; readonly count: number }[];
  };
  readonly external: readonly ExternalFile[];
  /** Path of the manifest that was read. */
  readonly manifest: string | null;
  /** Null: it could not be bound, and `refusal` says why. */
  readonly binding: Binding | null;
  /** Null: ONNX Runtime could not load it, and `sessionRefusal` says why. */
  readonly session: SessionSettings | null;
  /** Lengths that its graph compares distances with, where these disagree and nothing declares the cutoff; Å. */
  readonly cutoffs: readonly number[];
  /** Where its forces come from; null where it is not bound. */
  readonly forces: 'model' | 'autodiff' | 'finite-difference' | null;
  /** What is changed in memory before it runs. */
  readonly changes: readonly ModelChange[];
  /** Repairs that made the energy depend more on the order of the atoms, and were taken back. */
  readonly rejected: readonly ModelChange[];
  readonly lints: readonly Lint[];
  readonly refusal: Refusal | null;
  readonly sessionRefusal: Refusal | null;
  /** Whether it can run molecular dynamics at all, and of periodic systems. */
  readonly runs: { readonly dynamics: boolean; readonly periodic: boolean };
}

/** @throws `file-not-found`, `not-onnx`, `truncated-onnx`, `external-data-missing`: where there is nothing to inspect */
export async function inspectModel(name: string): Promise<Inspection> {
  const path = resolve(name);
  const { bytes, proto, summary, external } = readModelFile(path);
  const manifest = await attempt(() => readManifest(path));
  const bound = await attempt(() =>
    bindModel(summary, manifest.value?.manifest ?? null, path, { model: proto }),
  );
  const binding = manifest.refusal ? null : bound.value;
  const prepared = await attempt(() => (binding ? prepareModel(path, {}) : null));
  const loaded = await attempt(() => sessionSettings(prepared.value?.source ?? { path }));
  const refusal = manifest.refusal ?? bound.refusal ?? prepared.refusal;
  const runs = prepared.value !== null && loaded.value !== null;
  return {
    path,
    bytes: bytes.length,
    summary: {
      ...summary,
      operators: [...summary.operators].map(([operator, count]) => ({ name: operator, count })),
    },
    external,
    manifest: manifest.value?.path ?? null,
    binding,
    cutoffs: binding ? otherCutoffs(proto, binding) : [],
    forces: binding && forcesOf(binding, manifest.value?.manifest.forces),
    changes: prepared.value?.preparation.changes ?? [],
    rejected: prepared.value?.preparation.rejected ?? [],
    lints: prepared.value?.preparation.lints ?? [],
    session: loaded.value,
    refusal,
    sessionRefusal: loaded.refusal,
    runs: { dynamics: runs, periodic: runs && binding?.boundaries !== 'none' },
  };
}

function otherCutoffs(proto: ModelProto, binding: Binding): number[] {
  if (binding.cutoff) return [];
  const { candidates } = findCutoff(proto, lengthInputs(binding.inputs));
  return candidates.map((value) => value * binding.units.lengthScale);
}

function forcesOf(binding: Binding, asked: Manifest['forces']): NonNullable<Inspection['forces']> {
  return asked ?? (binding.outputs.some(({ role }) => role === 'forces') ? 'model' : 'autodiff');
}

interface Attempt<T> {
  readonly value: T | null;
  readonly refusal: Refusal | null;
}

async function attempt<T>(action: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await action(), refusal: null };
  } catch (error) {
    return { value: null, refusal: refusalOf(error) };
  }
}

function sessionSettings(source: SessionSource): SessionSettings {
  const { session, settings } = loadSession(source, 'cpu', 1);
  session.dispose();
  return settings;
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof MdbenchError)) throw error;
  return { code: error.code, message: error.message, hint: error.hint ?? null };
}
