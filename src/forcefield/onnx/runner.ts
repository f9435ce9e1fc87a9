// One force call: feed, run, read. Nothing but tensors and what ONNX Runtime returns is allocated per call.

import type { Tensor } from 'onnxruntime-node';
import { MdbenchError } from '../../errors.js';
import type { Pairs } from '../../neighbors/pairs.js';
import type { System } from '../../system/system.js';
import { type CallObserver, createForceOutput, type ForceOutput } from '../force-field.js';
import type { Binding } from './binding.js';
import { createFedCell } from './cell.js';
import { farPair } from './far-pair.js';
import { createFeeds } from './feeds.js';
import { differenceForces } from './finite-differences.js';
import { checkBoundaries } from './limits.js';
import { createResultReader } from './results.js';
import type { Session } from './session.js';

export interface Runner {
  call(system: System, pairs: Pairs | null, output: ForceOutput): void;
  observe(observer: CallObserver): void;
}

export interface RunnerModel {
  readonly binding: Binding;
  /** Names it in refusals. */
  readonly title: string;
  /** ONNX Runtime 1.30 ends the process (an integer division by zero) in some Einsums over no pairs. */
  readonly diesWhenEmpty: boolean;
}

/**
 * For systems of the atoms of `prepared`; refusals name the `title`. A model that is bound without forces gets them by
 * finite differences.
 */
export function createRunner(session: Session, prepared: System, model: RunnerModel): Runner {
  const { binding, title, diesWhenEmpty } = model;
  const energy = binding.outputs.find((output) => output.role === 'energy')!;
  const differences = !binding.outputs.some((output) => output.role === 'forces');
  const scratch = differences ? createForceOutput(prepared.numbers.length) : null;
  const feeds = createFeeds(binding, prepared);
  const reader = createResultReader(binding);
  const outputs = Object.fromEntries(reader.outputs.map((name) => [name, null]));
  const tensors: Record<string, Tensor> = {};
  const fedCell = createFedCell(binding, (system) => checkBoundaries(binding, system, title));
  let observer: CallObserver | null = null;
  let failsWhenEmpty = diesWhenEmpty;
  let seesFarPairs: boolean | null = null;

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
    if (!failsWhenEmpty) return;
    const isStandIn = standIn !== null && !seesPairsBeyond(system, standIn, output);
    call(system, isStandIn ? standIn : refuseEmpty(title, system, standIn !== null), output);
  }

  /** Whether a pair beyond the cutoff changes the energy as it moves: some models count on a list that ends there. */
  function seesPairsBeyond(system: System, near: Pairs, output: ForceOutput): boolean {
    if (seesFarPairs !== null) return seesFarPairs;
    call(system, farPair(system, fedCell(system), binding, 1), output);
    const { energy: farther } = output;
    call(system, near, output);
    seesFarPairs = farther !== output.energy;
    return seesFarPairs;
  }

  function callOnce(system: System, pairs: Pairs | null, output: ForceOutput): void {
    if (pairs?.count === 0) callWithoutPairs(system, pairs, output);
    else call(system, pairs, output);
  }

  function energyOf(system: System, pairs: Pairs | null): number {
    callOnce(system, pairs, scratch!);
    return scratch!.energy;
  }

  return {
    call(system, pairs, output) {
      try {
        callOnce(system, pairs, output);
        if (differences) differenceForces(energyOf, energy.type, system, pairs, output);
      } catch (error) {
        throw callFailure(error);
      }
    },
    observe(listener) {
      observer = listener;
    },
  };
}

function refuseEmpty(title: string, system: System, takesShifts: boolean): never {
  throw new MdbenchError(
    'structure-invalid',
    `No two atoms of ${system.name} are within the cutoff of ${title}, and ONNX Runtime cannot compute its Einsum over nothing.`,
    takesShifts
      ? 'Choose a system with neighbors, or let the model set to zero what pairs beyond its cutoff give.'
      : 'Choose a system with neighbors, or export the model with shifts of its edges as an input.',
  );
}

function callFailure(error: unknown): MdbenchError {
  if (error instanceof MdbenchError) return error;
  return new MdbenchError(
    'session-failed',
    `ONNX Runtime failed in a force call: ${error instanceof Error ? error.message : error}`,
    'mdbench inspect shows how the inputs of the model were bound.',
  );
}
