// One integrator step, one force call, one list update inside running dynamics, each case in a fresh process.

import { figure } from './table.mjs';
import { measureTrajectory } from './trajectory.mjs';

const cases = [
  { forceField: 'lennard-jones', system: 'ar256', temperature: 190, timestep: 2 },
  { forceField: 'lennard-jones', system: 'ar864', temperature: 190, timestep: 2 },
  { forceField: 'lennard-jones', system: 'ar4000', temperature: 190, timestep: 2 },
  { forceField: 'stillinger-weber', system: 'si64', temperature: 600, timestep: 1 },
  { forceField: 'stillinger-weber', system: 'si216', temperature: 600, timestep: 1 },
  { forceField: 'stillinger-weber', system: 'si1000', temperature: 600, timestep: 1 },
];

export function kernelRows() {
  return cases.map((one) => {
    const atoms = Number(one.system.slice(2));
    const steps = Math.ceil(25_000 / atoms);
    const measured = measureTrajectory({
      ...one,
      steps,
      blocks: 30,
      warmup: 10 * steps,
      observer: 'recorder',
    });
    const { step, stepTime, forceCallTime, listTime } = measured;
    return {
      case: `${one.system} ${one.forceField}`,
      'force call µs': figure(forceCallTime),
      'list µs': figure(listTime),
      'rest µs': figure(stepTime - forceCallTime - listTime),
      'step µs': figure(step),
      'M atom-steps/s': figure(atoms / step),
    };
  });
}
