// What was run, on what: the sentences under the title of a report.

import type { CaseResult, Environment, ResultDocument } from '../../result/document.js';
import { count, counted, quantity, significantDigits } from '../format.js';
import { completedSteps } from '../input.js';

/** Title of a case: force field on system. What follows a comma in the title of a force field is left to its description. */
export function describeCase(result: CaseResult): string {
  const field = result.forceField?.title.split(',')[0] || result.spec.forceField.name;
  return `${field} on ${systemName(result)}`;
}

/** `1000 steps of 1 fs NVE at 300 K, 64 atoms (Si64), seed 1`. */
export function describeRun(result: CaseResult): string {
  const { dynamics, system } = result;
  const parts = [
    `${counted(dynamics.steps, 'step')} of ${significantDigits(dynamics.timestep, 4)} fs ${dynamics.ensemble.toUpperCase()} at ${significantDigits(dynamics.temperature, 5)} K${pressed(dynamics)}`,
  ];
  if (system) parts.push(`${counted(system.atoms, 'atom')} (${system.formula})`);
  parts.push(
    dynamics.seeds === 1
      ? `seed ${dynamics.seed}`
      : `${dynamics.seeds} trajectories, seeds ${dynamics.seed} to ${dynamics.seed + dynamics.seeds - 1}`,
  );
  const done = completedSteps(result);
  const asked = dynamics.steps * dynamics.seeds;
  if (done < asked && result.status !== 'pending')
    parts.push(`${count(done)} of ${counted(asked, 'step')} done`);
  return parts.join(' · ');
}

function pressed({ pressure }: CaseResult['dynamics']): string {
  return pressure === undefined ? '' : ` and ${significantDigits(pressure, 4)} GPa`;
}

/** `AMD EPYC 7B13, 2 of 8 cores · 8 GiB · Node 20.11.1 · ONNX Runtime 1.30.0 · native neighbor lists`. */
export function describeMachine(environment: Environment): string {
  const cores =
    environment.coresUsable === environment.cores
      ? `${environment.cores} ${environment.cores === 1 ? 'core' : 'cores'}`
      : `${environment.coresUsable} of ${environment.cores} cores`;
  return [
    `${environment.cpu}, ${cores}`,
    quantity(environment.memory, 'B', 3),
    `Node ${environment.node.replace(/^v/, '')}`,
    `ONNX Runtime ${environment.onnxruntime}`,
    environment.backend === 'native' ? 'native neighbor lists' : 'neighbor lists without the native addon',
  ].join(' · ');
}

/** The command as one would type it, the program without its folder. */
export function describeCommand({ tool }: ResultDocument): string {
  const words = tool.command.length > 0 ? tool.command : [tool.name];
  return words.map((word) => (/[\s'"$]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word)).join(' ');
}

function systemName(result: CaseResult): string {
  if (result.system) return result.system.name;
  return 'name' in result.spec.system ? result.spec.system.name : result.spec.system.structure;
}
