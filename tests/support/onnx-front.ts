// Runs a model file as it is bound, behind its front, without the rest of the force field: energy, forces where the file
// has them, and central differences.

import { toBinary } from '@bufbuild/protobuf';
import { createForceOutput, type ForceOutput } from '../../src/forcefield/index.js';
import { bindModel } from '../../src/forcefield/onnx/bind.js';
import { type Binding, reachOf } from '../../src/forcefield/onnx/binding.js';
import { createFedCell } from '../../src/forcefield/onnx/cell.js';
import { farPair } from '../../src/forcefield/onnx/far-pair.js';
import { createFeeds } from '../../src/forcefield/onnx/feeds.js';
import { rewriteFront } from '../../src/forcefield/onnx/front.js';
import { checkLimits } from '../../src/forcefield/onnx/limits.js';
import { readManifest } from '../../src/forcefield/onnx/manifest-file.js';
import { loadSession } from '../../src/forcefield/onnx/session.js';
import { bruteForcePairs, emptyPairs, type Pairs } from '../../src/neighbors/index.js';
import { type OnnxModel, readModelFile } from '../../src/onnx/index.js';
import { ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import type { System } from '../../src/system/index.js';

export interface BoundRun {
  /** As bound, before the front. */
  readonly binding: Binding;
  /** Behind the front. */
  readonly behind: Binding;
  energy(system: System): number;
  /** The file's own. */
  forces(system: System): Float64Array;
  dispose(): void;
}

/** The binding of the file at `path` by its manifest, metadata and graph. */
export function bindFile(path: string): { model: OnnxModel; binding: Binding } {
  const model = readModelFile(path);
  const manifest = readManifest(path)?.manifest ?? null;
  return { model, binding: bindModel(model.summary, manifest, path, { model: model.proto }) };
}

/** For systems of the atoms of `prepared`. */
export function runBound(path: string, prepared: System): BoundRun {
  const { model, binding } = bindFile(path);
  const front = rewriteFront(model.proto, binding);
  const behind = front?.binding ?? binding;
  checkLimits(behind, prepared, 'the model');
  const source = front ? { path, bytes: toBinary(ModelProtoSchema, front.model) } : { path };
  const { session } = loadSession(source, 'cpu', 1);
  const feeds = createFeeds(behind, prepared);
  const fedCell = createFedCell(behind, () => {});
  const tensorOf = (role: string) => behind.outputs.find((output) => output.role === role)!;
  const call = (system: System, pairs: Pairs | null, role: string) => {
    const moment = { system, pairs, cell: fedCell(system) };
    const tensors = Object.fromEntries(feeds.map((feed) => [feed.tensor, feed.update(moment)]));
    const { tensor, sign } = tensorOf(role);
    const data = session.run(tensors, { [tensor]: null })[tensor]!.data as Float64Array;
    return Float64Array.from(data, (value) => sign * value);
  };
  /** As the force field does it: a graph that fails on an empty list gets a pair beyond its cutoff. */
  const run = (system: System, role: string) => {
    const pairs = pairsOf(behind, system);
    if (pairs?.count !== 0) return call(system, pairs, role);
    try {
      const values = call(system, pairs, role);
      if (values.every(Number.isFinite)) return values;
    } catch {}
    return call(system, farPair(system, fedCell(system), behind), role);
  };
  return {
    binding,
    behind,
    energy(system) {
      const values = run(system, 'energy');
      const counted = behind.energy === 'per-atom' ? values.slice(0, system.numbers.length) : values;
      const sum = counted.reduce((total, value) => total + value, 0) * behind.units.energyScale;
      return behind.energy === 'mean-per-atom' ? sum * system.numbers.length : sum;
    },
    forces: (system) => run(system, 'forces').map((value) => value * behind.units.forceScale),
    dispose: () => session.dispose(),
  };
}

/** Energy and forces by central differences of the energy, eV/Å. */
export function differences(run: BoundRun, system: System, step = 1e-4): ForceOutput {
  const output = createForceOutput(system.numbers.length);
  output.energy = run.energy(system);
  for (let k = 0; k < system.positions.length; k++) {
    const at = (by: number) => {
      const positions = system.positions.slice();
      positions[k] += by;
      return run.energy({ ...system, positions });
    };
    output.forces[k] = (at(-step) - at(step)) / (2 * step);
  }
  return output;
}

function pairsOf(binding: Binding, system: System) {
  const { kind } = binding.neighbors;
  if (kind === 'none') return null;
  const pairs = emptyPairs();
  bruteForcePairs(system, reachOf(binding)!, kind, pairs);
  return pairs;
}
