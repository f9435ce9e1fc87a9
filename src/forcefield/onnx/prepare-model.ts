// From a model file to what runs: read, bind, put in front what it lacks, mend, differentiate. The file stays as it is.

import { toBinary } from '@bufbuild/protobuf';
import {
  type Accumulation,
  castPrecision,
  type ModelProto,
  ModelProtoSchema,
  type ModelSummary,
  type OnnxModel,
  readModelFile,
  repairModel,
  summarizeModel,
} from '../../onnx/index.js';
import type { ForceFieldSpec, ForceSource } from '../../spec/case.js';
import { type Manifest, repairSwitches } from '../../spec/manifest.js';
import type { ModelPreparation } from '../force-field.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import { accumulationFor, deriveForces, type WantedOutputs } from './derive-forces.js';
import { bytesChecksum, fileStamp } from './file-identity.js';
import { rewriteFront } from './front.js';
import { graphRunner } from './graph-runner.js';
import { type ManifestFile, readManifest } from './manifest-file.js';
import { isNoWorse, orderDependence } from './permutation-judge.js';
import { recall, remember, type StoredModel, storeKey } from './prepared-store.js';
import { findProbes, type Probes } from './probes.js';
import { noForces } from './refusal.js';
import { retypeBinding } from './retype-binding.js';
import type { SessionSource } from './session.js';

export interface PreparedModel {
  readonly file: OnnxModel;
  readonly manifest: ManifestFile | null;
  /** Of what runs. */
  readonly binding: Binding;
  readonly summary: Pick<ModelSummary, 'precision' | 'needsOneThread'>;
  /** It has an Einsum, which may end the process over an empty neighbor list. */
  readonly diesWhenEmpty: boolean;
  readonly source: SessionSource;
  readonly preparation: ModelPreparation;
}

export type PreparationWishes = Pick<ForceFieldSpec, 'forces' | 'precision' | 'repair' | 'stress'> & {
  /** Of the session; undefined: of a file that any runtime may run. */
  readonly threads?: number;
};

/** Passes that only a graph which is differentiated needs. */
const forDifferentiation = ['inline-functions', 'inline-if', 'opset-upgrade'];
/** Passes that change what a file computes. */
const mending = ['scatter-accumulate', 'eye-like'];

/**
 * @param path of the model file
 * @param names of the outputs that are derived
 * @throws what reading and binding throw, `no-forces-output` where the model's own forces are wanted and it has none,
 * `not-differentiable` where they have to be derived and cannot be
 */
export async function prepareModel(
  path: string,
  wishes: PreparationWishes,
  names: WantedOutputs = ownNames(wishes.stress),
): Promise<PreparedModel> {
  const stamp = fileStamp(path);
  const file = readModelFile(path);
  const manifest = readManifest(path);
  const declared = manifest?.manifest ?? null;
  const bound = bindModel(file.summary, declared, path, { model: file.proto });
  const forces = wishes.forces ?? declared?.forces ?? (givesForces(bound) ? 'model' : 'autodiff');
  if (forces === 'model' && !givesForces(bound)) throw noForces(path, file.summary, bound);
  const checksum = bytesChecksum(file.bytes, stamp);
  const key = storeKey(path, checksum, JSON.stringify([declared, wishesOf(wishes), names]));
  const stored = recall(key);
  const made = stored ? revive(stored) : await make(file, bound, declared, forces, wishes, names);
  if (!stored && made.bytes) remember(key, { record: made.ready, bytes: made.bytes });
  const { binding, summary, diesWhenEmpty, preparation } = made.ready;
  const source = made.bytes ? { path, bytes: made.bytes } : { path };
  return { file, manifest, binding, summary, diesWhenEmpty, source, preparation };
}

/** What of a specification decides how its model is prepared. */
function wishesOf({ forces, precision, repair, stress, threads }: PreparationWishes) {
  return { forces, precision, repair, stress, oneThread: threads === 1 };
}

/** What is kept of a prepared model beside its bytes. */
type Ready = Pick<PreparedModel, 'binding' | 'summary' | 'diesWhenEmpty' | 'preparation'>;

function revive({ record, bytes }: StoredModel): { ready: Ready; bytes: Uint8Array } {
  return { ready: record as Ready, bytes };
}

async function make(
  file: OnnxModel,
  bound: Binding,
  declared: Manifest | null,
  forces: ForceSource,
  wishes: PreparationWishes,
  names: WantedOutputs,
): Promise<{ ready: Ready; bytes: Uint8Array | null }> {
  const piece = { path: file.path, proto: file.proto, binding: bound, changes: [], rejected: [], lints: [] };
  const mended = await mend(piece, skipped(wishes, declared, forces));
  const cast = recast(mended, wishes.precision ?? declared?.precision);
  const { proto, binding, rejected, lints, ...done } = withForces(
    cast,
    forces,
    names,
    accumulationFor(wishes.threads),
  );
  const changes = done.changes.some(({ pass }) => pass !== 'external-data') ? done.changes : [];
  const summary = changes.length > 0 ? summarizeModel(proto, proto.graph!) : file.summary;
  const { precision, needsOneThread, operators } = summary;
  return {
    ready: {
      binding,
      summary: { precision, needsOneThread },
      diesWhenEmpty: operators.has('Einsum') && binding.neighbors.layout === 'edges',
      preparation: { forces, changes, rejected, lints },
    },
    bytes: changes.length > 0 ? bytesOf(proto) : null,
  };
}

function ownNames(stress = false): WantedOutputs {
  return { forces: 'mdbench_forces', ...(stress ? { virial: 'mdbench_virial' } : {}) };
}

interface Workpiece extends Omit<ModelPreparation, 'forces'> {
  readonly path: string;
  readonly proto: ModelProto;
  readonly binding: Binding;
}

function givesForces(binding: Binding): boolean {
  return binding.outputs.some((output) => output.role === 'forces');
}

function skipped({ repair }: PreparationWishes, manifest: Manifest | null, forces: ForceSource): string[] {
  const unneeded = forces === 'autodiff' ? [] : forDifferentiation;
  const off = Object.entries(manifest?.repair ?? {}).flatMap(([name, on]) => (on ? [] : [name]));
  const switchedOff = off.map((name) => repairSwitches[name as keyof typeof repairSwitches]);
  const unwanted = repair === false ? mending : typeof repair === 'object' ? repair.without : switchedOff;
  return [...unneeded, ...unwanted];
}

async function mend(piece: Workpiece, without: readonly string[]): Promise<Workpiece> {
  const front = rewriteFront(piece.proto, piece.binding);
  const { model, binding } = front ?? { model: piece.proto, binding: piece.binding };
  const probes = remembered((candidate) => findProbes(candidate, binding, piece.path));
  const dependence = (candidate: ModelProto) =>
    orderDependence(graphRunner, bytesOf(candidate), binding, probes(candidate).systems[1]!);
  const repaired = await repairModel(model, {
    run: graphRunner,
    path: piece.path,
    probes: (candidate) => probes(candidate).feeds,
    without,
    judge: (before, after) => isNoWorse(dependence(before), dependence(after)),
  });
  return {
    ...piece,
    proto: repaired.model,
    binding,
    changes: [...(front ? [front.change] : []), ...repaired.changes],
    rejected: repaired.rejected,
    lints: repaired.lints,
  };
}

function recast(piece: Workpiece, precision: PreparationWishes['precision'] = 'as-is'): Workpiece {
  if (precision === 'as-is') return piece;
  const cast = castPrecision(piece.proto, precision === 'f64' ? 'float64' : 'float32');
  if (cast.changes.length === 0) return piece;
  const binding = retypeBinding(piece.binding, summarizeModel(cast.model, cast.model.graph!));
  return { ...piece, proto: cast.model, binding, changes: [...piece.changes, ...cast.changes] };
}

function withForces(
  piece: Workpiece,
  forces: ForceSource,
  names: WantedOutputs,
  accumulation: Accumulation,
): Workpiece {
  const { proto, binding, path } = piece;
  if (forces === 'model') return piece;
  if (forces === 'finite-difference') {
    const outputs = binding.outputs.filter(({ role }) => role === 'energy');
    return { ...piece, binding: { ...binding, outputs } };
  }
  const { feeds } = findProbes(proto, binding, path);
  const derived = deriveForces(proto, binding, feeds, names, accumulation);
  return {
    ...piece,
    proto: derived.model,
    binding: derived.binding,
    changes: [...piece.changes, derived.change],
  };
}

function bytesOf(model: ModelProto): Uint8Array {
  return toBinary(ModelProtoSchema, model);
}

/** Of the first model that can be tried: repairs change neither what is fed nor which systems there are. */
function remembered(find: (model: ModelProto) => Probes): (model: ModelProto) => Probes {
  let found: Probes | null = null;
  return (model) => {
    found ??= find(model);
    return found;
  };
}
