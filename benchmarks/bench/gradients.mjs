// What forces cost that are differentiated from a graph: calls of energy alone and of energy and forces in turn, on
// lattices of atoms. Processor time on one thread; on several, whose idle threads spin, wall time with a pause before.

import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { graphRunner } from '../../dist/forcefield/onnx/graph-runner.js';
import { addForces, repairModel } from '../../dist/onnx/index.js';
import { ModelProtoSchema } from '../../dist/onnx/proto/onnx_pb.js';
import { feedsOf, lattice } from './lattice-feeds.mjs';
import { median } from './median.mjs';
import { figure, goal } from './table.mjs';

const zoo = new URL('../../tests/golden/force-fields/', import.meta.url);
/** Atoms along an edge of the lattice by file: angles of all triples of 512 atoms take too much memory. */
const sidesOf = {
  'schnet-legacy': [4, 8],
  'painn-legacy': [4, 8],
  'nequip-legacy': [4, 8],
  'mace-legacy': [4, 8],
  'padded-legacy': [4, 8],
  'padded-periodic-legacy': [4, 8],
  'argon-legacy': [4, 8],
  'zpos-legacy': [4],
  'ani-legacy': [4],
};
const limit = 2.5;
/** How rows are added up by number of threads: what ScatterND gives on several is wrong now and then. */
const waysOn = { [Math.min(4, availableParallelism())]: ['sorted'], 1: ['elements', 'nd', 'sorted'] };
const [seconds, mostRounds, pause] = [6, 200, 20];

/** @param names of files, without their ends */
export async function gradientRows(names = Object.keys(sidesOf), ways = waysOn) {
  if (!existsSync(new URL('zoo.json', zoo))) return 'no force fields in tests/golden/force-fields/';
  const { files: entries } = JSON.parse(readFileSync(new URL('zoo.json', zoo), 'utf8'));
  const rows = [];
  for (const name of names) {
    const entry = entries.find(({ file }) => file === `${name}.onnx`);
    const golden = JSON.parse(readFileSync(new URL(entry.golden, zoo), 'utf8')).cases;
    const bytes = readFileSync(new URL(entry.file, zoo));
    const models = await differentiated(bytes, entry, golden, [...new Set(Object.values(ways).flat())]);
    for (const side of sidesOf[name]) {
      const feeds = feedsOf(entry, golden, lattice(side));
      for (const [threads, kinds] of Object.entries(ways)) {
        const timed = ['energy', ...kinds].map((kind) => [kind, models[kind]]);
        rows.push(...(await timedRows({ name, atoms: side ** 3, threads: Number(threads) }, timed, feeds)));
      }
    }
  }
  return rows;
}

async function differentiated(bytes, entry, golden, accumulations) {
  const probes = [2, 3].map((side) => feedsOf(entry, golden, lattice(side)));
  const proto = fromBinary(ModelProtoSchema, bytes);
  const { model } = await repairModel(proto, { run: graphRunner, probes: () => probes });
  const [positions] = Object.keys(entry.inputs).filter((input) => entry.inputs[input].role === 'positions');
  const request = { run: graphRunner, probes, energy: Object.keys(entry.outputs)[0], positions };
  const withForces = accumulations.map((accumulation) => {
    const { model: found } = addForces(model, {
      ...request,
      accumulation,
      outputs: { forces: 'added_forces' },
    });
    return [accumulation, toBinary(ModelProtoSchema, found)];
  });
  return Object.fromEntries([['energy', toBinary(ModelProtoSchema, model)], ...withForces]);
}

async function timedRows({ name, atoms, threads }, models, feeds) {
  const fed = Object.fromEntries(
    Object.entries(feeds).map(([input, { type, data, dims }]) => [input, new Tensor(type, data, dims)]),
  );
  const sessions = [];
  for (const [kind, bytes] of models) {
    const options = {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
    };
    sessions.push({ kind, session: await InferenceSession.create(bytes, options), times: [] });
  }
  const stop = performance.now() + 1000 * seconds;
  for (let round = 0; round < 6 || (round < mostRounds && performance.now() < stop); round++) {
    for (const { session, times } of sessions) {
      const own = Object.fromEntries(session.inputNames.map((input) => [input, fed[input]]));
      const time = await (threads === 1 ? processorTime : wallTime)(() => session.run(own));
      if (round > 1) times.push(time);
    }
  }
  const [energy, ...others] = sessions.map(({ kind, times }) => ({ kind, time: median(times) }));
  for (const { session } of sessions) await session.release();
  return others.map(({ kind, time }) => ({
    model: name,
    atoms,
    threads,
    'adds up by': kind,
    'energy ms': figure(energy.time),
    'with forces ms': figure(time),
    ratio: figure(time / energy.time),
    goal: goal(time / energy.time, limit, 'at most'),
  }));
}

/** ms */
async function processorTime(call) {
  const begun = process.cpuUsage();
  await call();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** ms, of the second call after the threads of other sessions have stopped to spin. */
async function wallTime(call) {
  await setTimeout(pause);
  await call();
  const begun = performance.now();
  await call();
  return performance.now() - begun;
}
