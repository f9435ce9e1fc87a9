// Neighbor lists of displaced silicon crystals, TypeScript against native.

import { Bench } from 'tinybench';
import { backend } from '../../dist/addon.js';
import { createNeighborList } from '../../dist/neighbors/index.js';
import { buildSystem } from '../../dist/system/index.js';
import { figure } from './table.mjs';

const cases = [
  { system: 'si64', cutoff: 5 },
  { system: 'si512', cutoff: 5 },
  { system: 'si1000', cutoff: 6 },
];
const backends = backend.name === 'native' ? ['reference', 'native'] : ['reference'];

export async function neighborRows() {
  const bench = new Bench({ time: 400, warmupTime: 200 });
  for (const one of cases) {
    for (const name of backends) {
      addBuild(bench, one, name);
      addTrim(bench, one, name);
    }
  }
  await bench.run();
  const time = (key) => 1000 * bench.getTask(key).result.latency.p50;
  return cases.flatMap((one) =>
    ['build', 'trim'].map((act) => {
      const [reference, native] = backends.map((name) => time(key(one, name, act)));
      return {
        list: `${one.system} ${one.cutoff} Å`,
        act,
        pairs: countPairs(one),
        'TypeScript µs': figure(reference),
        'native µs': native === undefined ? 'none' : figure(native),
        'TypeScript/native': native === undefined ? '' : figure(reference / native),
      };
    }),
  );
}

/** Skin 0 and atoms that move at every call: each update builds. */
function addBuild(bench, one, name) {
  const { system, list } = prepare(one, { skin: 0, trimmed: false }, name);
  let sign = 1;
  bench.add(key(one, name, 'build'), () => {
    sign = -sign;
    for (let k = 0; k < system.positions.length; k++) system.positions[k] += sign * 1e-3;
    if (!list.update(system)) throw new Error('the list was not rebuilt');
  });
}

/** What a learned force field needs at each step between two builds: pairs within the cutoff, from a list with skin. */
function addTrim(bench, one, name) {
  const { system, list } = prepare(one, { skin: 1, trimmed: true }, name);
  let sign = 1;
  bench.add(key(one, name, 'trim'), () => {
    sign = -sign;
    for (let k = 0; k < system.positions.length; k++) system.positions[k] += sign * 1e-3;
    if (list.update(system)) throw new Error('the list was rebuilt');
  });
}

function prepare({ system: systemName, cutoff }, options, name) {
  const system = buildSystem(systemName);
  system.positions.forEach((_, k) => {
    system.positions[k] += 0.1 * Math.sin(12.9898 * k);
  });
  const list = createNeighborList({ cutoff, kind: 'full', backend: name, ...options });
  list.update(system);
  return { system, list };
}

function countPairs(one) {
  return prepare(one, { skin: 0, trimmed: false }, 'reference').list.pairs.count;
}

function key({ system, cutoff }, name, act) {
  return `${system} ${cutoff} ${name} ${act}`;
}
