// Every model file of benchmarks/models/ that knows silicon: its force call inside running dynamics, and what is around it.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { figure } from './table.mjs';
import { measureTrajectory } from './trajectory.mjs';

const models = new URL('../models/', import.meta.url);

export function onnxRows() {
  const files = readdirSync(models).filter((name) => name.endsWith('.onnx'));
  if (files.length === 0) return 'no .onnx file in benchmarks/models/';
  return files.map((name) => {
    const forceField = fileURLToPath(new URL(name, models));
    const plan = { forceField, system: 'si64', temperature: 300, timestep: 1 };
    const measured = measureTrajectory({ ...plan, steps: 50, blocks: 20, warmup: 100, observer: 'recorder' });
    const { stepTime, forceCallTime, listTime } = measured;
    return {
      model: name,
      'force call µs': figure(forceCallTime),
      'list µs': figure(listTime),
      'rest µs': figure(stepTime - forceCallTime - listTime),
      'step µs': figure(stepTime),
      'step/call': figure(stepTime / forceCallTime),
    };
  });
}
