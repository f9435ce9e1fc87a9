// What runs in place of a model file: with what it lacks in front, mended, recast, and with its forces derived.

import { toBinary } from '@bufbuild/protobuf';
import {
  type Accumulation,
  attempted,
  castPrecision,
  type ModelProto,
  ModelProtoSchema,
  type OnnxModel,
  repairModel,
  summarizeModel,
  sumWithoutRace,
} from '../../onnx/index.js';
import type { ForceSource } from '../../spec/case.js';
import { type Manifest, repairSwitches } from '../../spec/manifest.js';
import type { ModelPreparation } from '../force-field.js';
import type { Binding } from './binding.js';
import { accumulationFor, deriveForces, type WantedOutputs } from './derive-forces.js';
import { rewriteFront } from './front.js';
import { graphRunner } from './graph-runner.js';
import { isNoWorse, orderDependence } from './permutation-judge.js';
import type { MadeModel, PreparationWishes } from './prepared-model.js';
import { findProbes, type Probes } from './probes.js';
import { retypeBinding } from './retype-binding.js';

/** Passes that only a graph which is differentiated needs. */
const forDifferentiation = ['inline-functions', 'inline-if', 'opset-upgrade'];
/** Passes that change what a file computes. */
const mending = ['scatter-accumulate', 'scatter-nd', 'eye-like'];

export interface ModelToMake {
  readonly file: OnnxModel;
  readonly bound: Binding;
  readonly declared: Manifest | null;
  readonly forces: ForceSource;
  readonly wishes: PreparationWishes;
  readonly names: WantedOutputs;
}

/** @throws MdbenchError `not-differentiable` where forces have to be derived and cannot be */
export async function makeModel({
  file,
  bound,
  declared,
  forces,
  wishes,
  names,
}: ModelToMake): Promise<MadeModel> {
  const piece = { path: file.path, proto: file.proto, binding: bound, changes: [], rejected: [], lints: [] };
  const without = skipped(wishes, declared, forces);
  const mended = await mend(piece, without);
  const cast = recast(mended, wishes.precision ?? declared?.precision);
  const derived = withForces(cast, forces, names, accumulationFor(wishes.threads));
  const several = wishes.threads === undefined ? forces === 'autodiff' : wishes.threads > 1;
  const safe = several && !without.includes('scatter-nd');
  const { proto, binding, rejected, lints, ...done } = safe ? withoutRace(derived) : derived;
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

interface Workpiece extends Omit<ModelPreparation, 'forces'> {
  readonly path: string;
  readonly proto: ModelProto;
  readonly binding: Binding;
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

/** Last, because the gradient of the sums as they were is the simpler one. What is refused leaves them as they are. */
function withoutRace(piece: Workpiece): Workpiece {
  const { proto, binding, path } = piece;
  const probes = (model: ModelProto) => findProbes(model, binding, path).feeds;
  const { model, changes, lints } = attempted('scatter-nd', proto, () =>
    sumWithoutRace(proto, { run: graphRunner, probes }),
  );
  const racing = summarizeModel(model, model.graph!).needsOneThread;
  const kept = piece.lints.filter(({ id }) => racing || id !== 'scatter-nd-race');
  return { ...piece, proto: model, changes: [...piece.changes, ...changes], lints: [...kept, ...lints] };
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
