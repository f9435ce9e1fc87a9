// Feeds with which a model can be tried before it runs: of the first probe systems that it takes.

import { toBinary } from '@bufbuild/protobuf';
import { MdbenchError } from '../../errors.js';
import { type Feeds, type ModelProto, ModelProtoSchema } from '../../onnx/index.js';
import type { System } from '../../system/index.js';
import type { Binding } from './binding.js';
import { fixedAtoms } from './dimensions.js';
import { graphRunner } from './graph-runner.js';
import { probeSystems } from './probe-systems.js';
import { systemFeeds } from './system-feeds.js';

export interface Probes {
  readonly systems: readonly System[];
  readonly feeds: readonly Feeds[];
}

/**
 * Two systems and what is fed for them; `model` is run once with each.
 * @throws `session-failed` with what ONNX Runtime said of the last try
 */
export function findProbes(model: ModelProto, binding: Binding, path: string): Probes {
  const bytes = toBinary(ModelProtoSchema, model);
  let reason = '';
  for (const systems of probeSystems(binding, fixedAtoms(binding))) {
    try {
      const feeds = systems.map((system) => systemFeeds(binding, system));
      for (const one of feeds) graphRunner.run(bytes, one, { level: 'basic' });
      return { systems, feeds };
    } catch (error) {
      if (error instanceof MdbenchError) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new MdbenchError(
    'session-failed',
    `${path} cannot be tried on a small cluster of atoms: ONNX Runtime says ${reason}`,
    'mdbench inspect shows how its inputs were bound; a manifest says which elements it knows.',
  );
}
