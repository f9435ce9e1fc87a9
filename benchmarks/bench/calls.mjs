// One force call of each force field, and one integrator step around none, each on its own. Atoms move at every call.

import { Bench } from 'tinybench';
import { runVelocityVerlet } from '../../dist/dynamics/index.js';
import { prepareTrajectory } from './prepared.mjs';
import { figure } from './table.mjs';

const cases = [
  { forceField: 'null', system: 'si64', act: 'integrator step' },
  { forceField: 'lennard-jones', system: 'ar256', act: 'force call' },
  { forceField: 'stillinger-weber', system: 'si64', act: 'force call' },
  { forceField: 'silicon-student', system: 'si64', act: 'force call' },
  { forceField: 'silicon-teacher', system: 'si64', act: 'force call' },
];

export async function callRows() {
  const bench = new Bench({ time: 500, warmupTime: 300 });
  for (const one of cases) bench.add(title(one), await task(one));
  await bench.run();
  return cases.map((one) => {
    const { latency } = bench.getTask(title(one)).result;
    const [p50, p99] = [latency.p50, latency.p99].map((time) => figure(1000 * time));
    return { what: title(one), 'p50 µs': p50, 'p99 µs': p99, calls: latency.samplesCount };
  });
}

async function task({ forceField: name, system: systemName, act }) {
  const run = await prepareTrajectory({
    forceField: name,
    system: systemName,
    temperature: 300,
    timestep: 1,
  });
  if (act === 'integrator step') return () => runVelocityVerlet({ ...run, steps: 1 });
  const { system, forceField, list, output } = run;
  let sign = 1;
  return () => {
    sign = -sign;
    for (let k = 0; k < system.positions.length; k++) system.positions[k] += sign * 1e-4;
    return forceField.compute(system, list?.pairs ?? null, output);
  };
}

function title({ forceField, system, act }) {
  return `${act}, ${forceField}, ${system}`;
}
