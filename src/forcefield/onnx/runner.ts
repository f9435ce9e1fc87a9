// One force call: feed, run, read. Nothing but tensors and what ONNX Runtime returns is allocated per call.

import type { Tensor } from 'onnxruntime-node';
import { MdbenchError } from '../../errors.js';
import type { Pairs } from '../../neighbors/pairs.js';
import type { System } from '../../system/system.js';
import type { CallObserver, ForceOutput } from '../force-field.js';
import type { Binding } from './binding.js';
import { createFedCell } from './cell.js';
import { farPair } from './far-pair.js';
import { createFeeds } from './feeds.js';
import { checkBoundaries } from './limits.js';
import { createResultReader } from './results.js';
import type { Session } from './session.js';

export interface Runner {
  call(system: System, pairs: Pairs | null, output: ForceOutput): void;
  observe(observer: CallObserver): void;
}

/** For systems of the atoms of `prepared`; refusals name the `title`. */
export function createRunner(session: Session, binding: Binding, prepared: System, title: string): Runner {
  const feeds = createFeeds(binding, prepared);
  const reader = createResultReader(binding);
  const outputs = Object.fromEntries(reader.outputs.map((name) => [name, null]));
  const tensors: Record<string, Tensor> = {};
  const fedCell = createFedCell(binding, (system) => checkBoundaries(binding, system, title));
  let observer: CallObserver | null = null;
  let failsWhenEmpty = false;

  function call(system: System, pairs: Pairs | null, output: ForceOutput): void {
    const cell = fedCell(system);
    const moment = { system, pairs, cell };
    for (const feed of feeds) tensors[feed.tensor] = feed.update(moment);
    observer?.feedsEnd();
    const results = session.run(tensors, outputs);
    observer?.runEnd();
    reader.read(results, cell, output);
  }

  /** An empty list first as it is; a model that cannot take it gets a pair beyond its cutoff from then on. */
  function callWithoutPairs(system: System, pairs: Pairs | null, output: ForceOutput): void {
    const standIn = farPair(system, fedCell(system), binding);
    if (!failsWhenEmpty) {
      try {
        call(system, pairs, output);
      } catch (error) {
        if (!standIn) throw error;
        output.energy = Number.NaN;
      }
      failsWhenEmpty = standIn !== null && Number.isNaN(output.energy);
    }
    if (failsWhenEmpty) call(system, standIn, output);
  }

  return {
    call(system, pairs, output) {
      try {
        if (pairs?.count === 0) callWithoutPairs(system, pairs, output);
        else call(system, pairs, output);
      } catch (error) {
        throw callFailure(error);
      }
    },
    observe(listener) {
      observer = listener;
    },
  };
}

function callFailure(error: unknown): MdbenchError {
  if (error instanceof MdbenchError) return error;
  return new MdbenchError(
    'session-failed',
    `ONNX Runtime failed in a force call: ${error instanceof Error ? error.message : error}`,
    'mdbench inspect shows how the inputs of the model were bound.',
  );
}
