// The one or two sentences that a profile comes down to, from whatever parts of it there are.

import type { CudaKernel, CudaProfile } from '../../result/cuda-profile.js';
import type { PhaseRow, PhaseTable, Profile, ProfilePhase } from '../../result/profile.js';
import { counted, quantity, significantDigits } from '../format.js';
import { shortened } from '../shortened.js';
import { phaseWords, shareWords, timesWords } from './profile.js';

/** `94 % of a step is the force call; of that 61 % is MatMul. Neighbor list, feeds and integrator cost 3.0 %.` */
export function describeProfile(profile: Profile): string {
  const { phases, operators, cuda } = profile;
  const parts = [
    phases && phases.rows.length > 0 ? stepSentences(phases, profile) : null,
    phases && phases.rows.length === 0 ? refusal(phases) : null,
    (phases?.rows.length ?? 0) === 0 ? operatorSentence(operators) : null,
    cuda ? deviceSentence(cuda) : null,
  ].filter((part) => part !== null);
  if (parts.length > 0) return parts.join(' ');
  return profile.failure
    ? 'The profile broke off before it had anything to show.'
    : 'There is nothing to show.';
}

/** The program and its arguments as one would type them. */
export function profiledCommand(command: readonly string[]): string {
  return command
    .map((word) => (/[\s'"$]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word))
    .join(' ');
}

/** The phases that are named together when they are small. */
const gathered: readonly ProfilePhase[] = ['neighbors', 'feeds', 'outputs', 'integrate', 'observe'];
const smallest = 0.05;
const mostlyCovered = 90;
const lossesFrom = 1;

function stepSentences({ rows }: PhaseTable, profile: Profile): string {
  const [largest, second] = [...rows].sort((a, b) => b.share - a.share) as [PhaseRow, PhaseRow?];
  const forces = rows.find(({ phase }) => phase === 'forces');
  const told = new Set([largest.phase]);
  let first = `${shareWords(largest.share)} of a step ${largest.phase === 'unattributed' ? 'belongs to no phase' : `is the ${phaseWords[largest.phase].replace(/^the /, '')}`}`;
  if (largest.phase === 'forces') first += withinCall(profile);
  else if (forces && forces.share >= smallest) {
    first += `, ${shareWords(forces.share)} the force call${withinCall(profile)}`;
    told.add('forces');
  } else if (second && second.share >= smallest) {
    first += `, ${shareWords(second.share)} the ${phaseWords[second.phase]}`;
    told.add(second.phase);
  }
  const rest = rows.filter(({ phase }) => !told.has(phase));
  return [`${first}.`, gatheredSentence(rest), lossSentence(rest)].filter(Boolean).join(' ');
}

/**
 * By the time of the processor; where it only launches, the kernels tell. Where much of the profiled call is outside of
 * all nodes, which is mostly what profiling itself costs, the share is that of the operators.
 */
function withinCall({ operators }: Profile): string {
  const [type] = operators && !operators.hostLaunch ? operators.types : [];
  if (!operators || !type) return '';
  return operators.covered >= mostlyCovered
    ? `; of that ${shareWords(type.share)} is ${type.operator}`
    : `; of its operators’ time ${shareWords((100 * type.share) / operators.covered)} is ${type.operator}`;
}

function gatheredSentence(rows: readonly PhaseRow[]): string {
  const small = rows.filter(({ phase, share }) => gathered.includes(phase) && share >= smallest);
  if (small.length === 0) return '';
  const total = small.reduce((sum, { share }) => sum + share, 0);
  const names = listed(small.map(({ phase }) => phaseWords[phase]));
  const text = `${names} cost${small.length === 1 ? 's' : ''} ${shareWords(total)}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lossSentence(rows: readonly PhaseRow[]): string {
  const lost = rows.filter(
    ({ phase, share }) => (phase === 'garbage-collection' || phase === 'unattributed') && share >= lossesFrom,
  );
  if (lost.length === 0) return '';
  const text = listed(
    lost.map(({ phase, share }) =>
      phase === 'unattributed'
        ? `${shareWords(share)} belongs to no phase`
        : `garbage collection takes ${shareWords(share)}`,
    ),
  );
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function refusal({ slowdown }: PhaseTable): string {
  return `Where a step’s time goes is not told: the profiling pass took ${timesWords(slowdown.ratio)} the plain step.`;
}

function operatorSentence(operators: Profile['operators']): string | null {
  const type = operators?.types[0];
  if (!operators || !type) return null;
  return operators.hostLaunch
    ? `${shareWords(type.share)} of the launches’ time of a force call is ${type.operator}.`
    : `${shareWords(type.share)} of a force call is ${type.operator}.`;
}

function deviceSentence({ kernels, gaps, processes }: CudaProfile): string | null {
  if (processes.length > 0 && processes.every(({ hijacked }) => hijacked))
    return 'Another tool took the tracing of CUDA over: nothing of it is reported.';
  const [kernel] = kernels;
  if (!kernel) return null;
  const instances = kernels.reduce((sum, one) => sum + one.instances, 0);
  const perStep = kernels.reduce((sum, one) => sum + one.perStep, 0);
  const total = kernels.reduce((sum, one) => sum + one.durations.total, 0);
  const averaged = processes.some(({ attribution }) => attribution === 'average');
  const launched =
    perStep > 0
      ? `${significantDigits(perStep, 3)} kernels a step${averaged ? ' on average' : ''}`
      : `${counted(instances, 'kernel')} (${quantity(total, 'ms')} in all)`;
  const busy = gaps
    ? `${launched} keep the device busy for ${quantity(gaps.busy, 'ms')}; it is idle ${shareWords(gaps.idleShare)} of the time.`
    : `${launched}.`;
  return `${busy} ${shareWords(kernel.share)} of the kernels’ time is ${nameOf(kernel)}.`;
}

function nameOf({ name }: CudaKernel): string {
  return shortened(name.replace(/^void /, ''), 60);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
