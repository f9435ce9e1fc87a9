// From a model file to what runs: read and bound here; what another process of this command has made of it is read again,
// and what makes it, which is most of the code of a model file, is loaded only otherwise. The file stays as it is.

import { readModelFile } from '../../onnx/model.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import type { WantedOutputs } from './derive-forces.js';
import { bytesChecksum, fileStamp } from './file-identity.js';
import { readManifest } from './manifest-file.js';
import type { MadeModel, PreparationWishes, PreparedModel, ReadyModel } from './prepared-model.js';
import { recall, remember, type StoredModel, storeKey } from './prepared-store.js';
import { noForces } from './refusal.js';

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
  const made = stored
    ? revive(stored)
    : await (await import('./make-model.js')).makeModel({ file, bound, declared, forces, wishes, names });
  if (!stored) remember(key, { record: made.ready, bytes: made.bytes });
  const { binding, summary, diesWhenEmpty, preparation } = made.ready;
  const source = made.bytes ? { path, bytes: made.bytes } : { path };
  return { file, manifest, binding, summary, diesWhenEmpty, source, preparation };
}

/** What of a specification decides how its model is prepared. */
function wishesOf({ forces, precision, repair, stress, threads }: PreparationWishes) {
  return { forces, precision, repair, stress, threads: threads && Math.min(threads, 2) };
}

function revive({ record, bytes }: StoredModel): MadeModel {
  return { ready: record as ReadyModel, bytes };
}

function ownNames(stress = false): WantedOutputs {
  return { forces: 'mdbench_forces', ...(stress ? { virial: 'mdbench_virial' } : {}) };
}

function givesForces(binding: Binding): boolean {
  return binding.outputs.some((output) => output.role === 'forces');
}
