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
  /** Two. */
  readonly systems: readonly System[];
  /** Of these, and of a small one. */
  readonly feeds: readonly Feeds[];
}

/**
 * Two systems and what is fed for them, and for a small one where it runs; `model` is run once with each.
 * @throws `session-failed` with what ONNX Runtime said of the last try
 */
export function findProbes(model: ModelProto, binding: Binding, path: string): Probes {
  const bytes = toBinary(ModelProtoSchema, model);
  let reason = '';
  for (const { systems, small } of probeSystems(binding, fixedAtoms(binding))) {
    try {
      const feeds = systems.map((system) => tryOut(bytes, binding, system));
      const more = small.flatMap((system) => unlessItFails(() => tryOut(bytes, binding, system)));
      return { systems, feeds: [...feeds, ...more] };
    } catch (error) {
      if (error instanceof MdbenchError) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new MdbenchError(
    'session-failed',
    `${path} cannot be tried on a small cluster of atoms: ONNX Runtime says ${reason}`,
    hintAt(reason),
  );
}

/** A Gather fails for elements that a model does not know, other operators for sizes that its example had. */
function hintAt(reason: string): string {
  if (!/running (Scatter|Reshape|Expand|Add|Sub|Mul|Div|Where|Concat|MatMul|Einsum)/.test(reason))
    return 'mdbench inspect shows how its inputs were bound; a manifest says which elements it knows.';
  return 'The exporter may have written the size of its example into the graph, as tracing does with x[-1] = …, len() and int(): export it with torch.onnx.export(…, dynamo=True) and dynamic shapes. mdbench inspect shows how its inputs were bound.';
}

function tryOut(bytes: Uint8Array, binding: Binding, system: System): Feeds {
  const feeds = systemFeeds(binding, system);
  graphRunner.run(bytes, feeds, { level: 'basic' });
  return feeds;
}

function unlessItFails<T>(attempt: () => T): T[] {
  try {
    return [attempt()];
  } catch {
    return [];
  }
}
