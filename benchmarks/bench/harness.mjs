// The harness's own cost: everything but the force call and the list. Beside it ASE with a calculator that does nothing.

import { execFileSync } from 'node:child_process';
import { median } from './median.mjs';
import { figure, goal } from './table.mjs';
import { measureTrajectory } from './trajectory.mjs';

const fresh = 3;

export function harnessRows() {
  const ase = aseStep();
  return ['si64', 'si512', 'si1000'].flatMap((system) =>
    ['none', 'recorder'].map((observer) => {
      const step = median(Array.from({ length: fresh }, () => nullStep(system, observer)));
      return {
        system,
        observer,
        'µs/step': figure(step),
        goal: system === 'si64' ? goal(step, 10, 'at most') : '',
        'ASE µs/step': system === 'si64' && ase !== null ? figure(ase) : '',
        'ASE/mdbench': system === 'si64' && ase !== null ? figure(ase / step) : '',
      };
    }),
  );
}

function nullStep(system, observer) {
  const plan = { forceField: 'null', temperature: 300, timestep: 1, steps: 2000, blocks: 30, warmup: 40_000 };
  return measureTrajectory({ ...plan, system, observer }).step;
}

/** µs per step of ASE's velocity Verlet over 64 atoms with constant zero forces; null without ASE. */
function aseStep() {
  try {
    return Number(
      execFileSync('python3', ['-c', aseScript], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return null;
  }
}

const aseScript = `
import time, statistics
import numpy as np
from ase.build import bulk
from ase.calculators.calculator import Calculator, all_changes
from ase.md.verlet import VelocityVerlet
from ase import units
class Nothing(Calculator):
    implemented_properties = ['energy', 'forces']
    def calculate(self, atoms=None, properties=None, system_changes=all_changes):
        super().calculate(atoms, properties, system_changes)
        self.results = {'energy': 0.0, 'forces': np.zeros((len(atoms), 3))}
atoms = bulk('Si', cubic=True) * 2
atoms.calc = Nothing()
md = VelocityVerlet(atoms, timestep=1 * units.fs)
md.run(200)
blocks = []
for _ in range(10):
    begun = time.perf_counter()
    md.run(200)
    blocks.append((time.perf_counter() - begun) / 200 * 1e6)
print(statistics.median(blocks))
`;
