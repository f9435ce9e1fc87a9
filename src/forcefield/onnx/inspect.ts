// What `mdbench inspect` says of a model file, as plain data: a refusal is part of it, not an exception.

import { resolve } from 'node:path';
import { MdbenchError } from '../../errors.js';
import { type ExternalFile, type ModelSummary, readModelFile } from '../../onnx/index.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import { readManifest } from './manifest-file.js';
import { loadSession, type SessionSettings } from './session.js';

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
  readonly refusal: Refusal | null;
  readonly sessionRefusal: Refusal | null;
  /** Whether it can run molecular dynamics at all, and of periodic systems. */
  readonly runs: { readonly dynamics: boolean; readonly periodic: boolean };
}

/** @throws `file-not-found`, `not-onnx`, `truncated-onnx`, `external-data-missing`: where there is nothing to inspect */
export function inspectModel(name: string): Inspection {
  const path = resolve(name);
  const { bytes, proto, summary, external } = readModelFile(path);
  const manifest = attempt(() => readManifest(path));
  const bound = attempt(() => bindModel(summary, manifest.value?.manifest ?? null, path, { model: proto }));
  const loaded = attempt(() => sessionSettings(path));
  const refusal = manifest.refusal ?? bound.refusal;
  const binding = refusal ? null : bound.value;
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
    session: loaded.value,
    refusal,
    sessionRefusal: loaded.refusal,
    runs: {
      dynamics: binding !== null && loaded.value !== null,
      periodic: binding !== null && loaded.value !== null && binding.boundaries !== 'none',
    },
  };
}

interface Attempt<T> {
  readonly value: T | null;
  readonly refusal: Refusal | null;
}

function attempt<T>(action: () => T): Attempt<T> {
  try {
    return { value: action(), refusal: null };
  } catch (error) {
    return { value: null, refusal: refusalOf(error) };
  }
}

function sessionSettings(path: string): SessionSettings {
  const { session, settings } = loadSession({ path }, 'cpu', 1);
  session.dispose();
  return settings;
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof MdbenchError)) throw error;
  return { code: error.code, message: error.message, hint: error.hint ?? null };
}
