// Twice the same: bit for bit, at one thread and at several. Sums that several threads race for differ now and then, as
// ONNX Runtime's ScatterND with reduction does (onnxruntime issues 18048, 23396).

import { asMdbenchError } from '../errors.js';
import type { ForceOutput } from '../forcefield/index.js';
import { repeatSystem, type System } from '../system/index.js';
import { type Examination, type Item, judged } from './examination.js';
import type { Examinee } from './examinee.js';
import { largest } from './rounding.js';

const threads = 4;
/** A race shows in a few calls of a hundred: it needs more than two, and a system that is worth several threads. */
const calls = { one: 3, several: 12 } as const;
const largeSystem = 100;

/** Not one bit may differ: the tolerance is zero, in the same process and at the same number of threads. */
export const repeatable: Item = {
  id: 'repeatable',
  needs: [],
  async run(examination) {
    const system = enlarged(examination);
    const one = await spreadAt(examination, system, 1);
    const several = await severalThreads(examination, system);
    const worst = Math.max(one, several ?? 0);
    return judged(worst, 0, 'eV/Å', { threads: several === null ? 1 : threads, oneThread: one, several });
  },
};

/** Null where the force field refuses several threads. */
async function severalThreads(examination: Examination, system: System): Promise<number | null> {
  try {
    return await spreadAt(examination, system, threads);
  } catch (error) {
    if (asMdbenchError(error).code === 'option-invalid') return null;
    throw error;
  }
}

/** Largest difference of any number between calls. */
async function spreadAt(examination: Examination, system: System, count: number): Promise<number> {
  const examinee = await examination.fresh(count);
  try {
    const first = await examinee.evaluate(system);
    return await spread(examinee, system, first, count === 1 ? calls.one : calls.several);
  } finally {
    await examinee.dispose();
  }
}

async function spread(examinee: Examinee, system: System, first: ForceOutput, more: number): Promise<number> {
  let most = 0;
  for (let k = 0; k < more; k++) {
    const again = await examinee.evaluate(system);
    most = Math.max(
      most,
      Object.is(again.energy, first.energy) ? 0 : Math.abs(again.energy - first.energy),
      largest(
        again.forces.map((force, i) => (Object.is(force, first.forces[i]) ? 0 : force - first.forces[i])),
      ),
      largest(again.virial.map((w, i) => (Object.is(w, first.virial[i]) ? 0 : w - first.virial[i]))),
    );
  }
  return most;
}

function enlarged({ system, fixedAtoms }: Examination): System {
  if (fixedAtoms !== null || !system.pbc.includes(true)) return system;
  const axis = system.pbc.filter(Boolean).length;
  const copies = Math.max(1, Math.ceil((largeSystem / system.numbers.length) ** (1 / axis)));
  const counts = system.pbc.map((periodic) => (periodic ? copies : 1)) as [number, number, number];
  return repeatSystem(system, counts);
}
