// One trajectory in a process of its own, as mdbench runs them: node trajectory.mjs '{"forceField": …}' prints JSON, in µs.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runVelocityVerlet } from '../../dist/dynamics/index.js';
import { createColdCalls } from '../../dist/measure/cold-calls.js';
import { createRecorder } from '../../dist/measure/recorder.js';
import { median } from './median.mjs';
import { prepareTrajectory } from './prepared.mjs';

const file = fileURLToPath(import.meta.url);

/**
 * @param plan what `prepareTrajectory` takes, with `warmup` steps, `blocks` of `steps` steps and the `observer`
 * (`none` or `recorder`, the real one of the timing pass)
 * @returns medians over blocks of a step's time and processor time; with the recorder also over all steps, by column
 */
export function measureTrajectory(plan) {
  return JSON.parse(execFileSync(process.execPath, [file, JSON.stringify(plan)], { encoding: 'utf8' }));
}

if (process.argv[1] === file) console.log(JSON.stringify(await measureHere(JSON.parse(process.argv[2]))));

async function measureHere({ steps, blocks, warmup, observer, ...what }) {
  const run = await prepareTrajectory(what);
  const perStep = [];
  const cpuPerStep = [];
  const columns = { forceCallTime: [], listTime: [], stepTime: [] };
  for (let done = 0; done < warmup; done += steps) await runVelocityVerlet({ ...run, ...listener(), steps });
  for (let block = 0; block < blocks; block++) {
    const heard = listener();
    const used = process.cpuUsage();
    const begun = performance.now();
    await runVelocityVerlet({ ...run, ...heard, steps });
    perStep.push((1000 * (performance.now() - begun)) / steps);
    const { user, system } = process.cpuUsage(used);
    cpuPerStep.push((user + system) / steps);
    if (heard.observer === undefined) continue;
    const recorded = heard.observer.columns();
    for (const [name, all] of Object.entries(columns)) all.push(...recorded[name]);
  }
  const medians = Object.fromEntries(
    Object.entries(columns).map(([name, all]) => [name, 1000 * median(all)]),
  );
  return { step: median(perStep), cpu: median(cpuPerStep), ...medians, rebuilds: run.list?.rebuilds ?? 0 };

  function listener() {
    return observer === 'recorder' ? { observer: createRecorder(steps, createColdCalls(), () => false) } : {};
  }
}
