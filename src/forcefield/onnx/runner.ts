// One force call: feed, run, read. Nothing but tensors and what ONNX Runtime returns is allocated per call.

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { MdbenchError } from '../../errors.js';
import type { Pairs } from '../../neighbors/pairs.js';
import type { System } from '../../system/system.js';
import type { ForceOutput } from '../force-field.js';
import type { Binding } from './binding.js';
import { createFedCell } from './cell.js';
import { farPair } from './far-pair.js';
import { createFeeds } from './feeds.js';
import { createResultReader } from './results.js';

export type Runner = (system: System, pairs: Pairs | null, output: ForceOutput) => Promise<void>;

/** For systems of the atoms of `prepared`. */
export function createRunner(session: InferenceSession, binding: Binding, prepared: System): Runner {
  const feeds = createFeeds(binding, prepared);
  const reader = createResultReader(binding);
  const tensors: Record<string, Tensor> = {};
  const fedCell = createFedCell(binding);
  let stand: Pairs | null = null;

  async function call(system: System, pairs: Pairs | null, output: ForceOutput): Promise<void> {
    const cell = fedCell(system);
    const moment = { system, pairs, cell };
    for (const feed of feeds) tensors[feed.tensor] = feed.update(moment);
    reader.read(await session.run(tensors, reader.outputs), cell, output);
  }

  return async (system, pairs, output) => {
    if (pairs?.count !== 0) return call(system, pairs, output).catch(failed);
    try {
      await call(system, stand ?? pairs, output);
    } catch (error) {
      stand = stand ? null : farPair(system, fedCell(system), binding);
      if (!stand) throw failed(error);
      await call(system, stand, output).catch(failed);
    }
  };
}

function failed(error: unknown): never {
  if (error instanceof MdbenchError) throw error;
  throw new MdbenchError(
    'session-failed',
    `ONNX Runtime failed in a force call: ${error instanceof Error ? error.message : error}`,
    'mdbench inspect shows how the inputs of the model were bound.',
  );
}
