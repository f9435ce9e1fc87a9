// Comparisons in sentences: how much faster, how accurate, does it conserve, what MD shows, up to which size.

import type { ArmName } from '../../result/campaign.js';
import type { Accuracy, Comparison, ComparisonReport } from '../../result/judgement.js';
import { accuracyOn, allForces, type ComparisonView, ratioOf } from '../compare/view.js';
import { count, significantDigits } from '../format.js';
import { describeAgreement } from './compare-dynamics.js';
import { armName } from './compare-labels.js';
import { alike, estimateWords, formatRatio, indistinct, percent, ratioWords } from './compare-numbers.js';
import { describeDrift } from './drift.js';
import type { VerdictWords } from './measured.js';
import { physicsVerdict } from './validation.js';
import { blamed } from './verdicts.js';

/** The sentence that a person can quote: speed, its interval, accuracy on both sources, conservation. */
export function describeComparison(view: ComparisonView): string {
  const { baseline, candidate, id } = view.comparison;
  const step = ratioOf(view, 'step-time-p50') ?? ratioOf(view, 'step-time-mean');
  const [errors, drift] = [errorClause(view), conservationClause(view)];
  const cost = [errors, drift].filter(Boolean).join('; ');
  if (!step)
    return `${candidate} could not be timed against ${baseline} on ${id}${cost === '' ? '' : `; ${cost.replace(/^at a/, 'it has a')}`}.`;
  const force = ratioOf(view, 'force-call-p50');
  const { value: number, interval } = formatRatio(step.speedUp);
  const details = [
    interval === '' ? '' : `95 % interval ${interval}`,
    force ? `force call alone ${ratioWords(force.speedUp, false)}` : '',
  ].filter(Boolean);
  const brackets = details.length === 0 ? '' : ` (${details.join('; ')})`;
  const speed = indistinct(step.speedUp)
    ? alike(step.speedUp)
      ? `${candidate} runs MD of ${id} no faster and no slower than ${baseline}: ${number}×${brackets}`
      : `whether ${candidate} runs MD of ${id} faster than ${baseline} was not told by these pairs: ${number}×${brackets}`
    : `${candidate} runs MD of ${id} ${number}× as fast as ${baseline}${brackets}`;
  return `${[speed, cost]
    .filter(Boolean)
    .join(', ')
    .replace(/, whether/, '; whether')}.`;
}

/** What a reader looks for, the most important first. */
export function describeFindings(view: ComparisonView): VerdictWords[] {
  return [
    speedVerdict(view),
    accuracyVerdict(view),
    conservationVerdict(view),
    describeAgreement(view.comparison.agreement, armName(view, 'baseline')),
    ...physicsFindings(view),
  ].filter((one) => one !== null);
}

/** Of a side whose physics failed its examination; the others have nothing to say here. */
function physicsFindings(view: ComparisonView): VerdictWords[] {
  return (['baseline', 'candidate'] as const).flatMap((arm) => {
    const found = physicsVerdict(view.cases[arm]?.validation);
    return found?.tone === 'fail'
      ? [{ ...found, subject: `${found.subject} of the ${armName(view, arm)}` }]
      : [];
  });
}

/** What Amdahl's law leaves of a faster force call. */
export function describeAmdahl(view: ComparisonView): string | null {
  const force = ratioOf(view, 'force-call-p50')?.speedUp;
  const step = ratioOf(view, 'step-time-p50')?.speedUp;
  const shares = view.comparison.shares;
  if (!force || !step) return null;
  const pair = `The force call is ${ratioWords(force, false)} as fast, the whole step ${ratioWords(step, false)}`;
  if (!shares.candidate) return `${pair}.`;
  const rest = 1 - shares.candidate.forces;
  const bound =
    rest > 0.001 && shares.baseline
      ? ` A force field that costs nothing would bring the step to ${significantDigits(step.value / rest, 2)}× at most.`
      : '';
  const who = `the ${armName(view, 'candidate')}’s step`;
  if (force.value > 1.1 * step.value)
    return `${pair}, because ${percent(rest)} of ${who} is not the force field.${bound}`;
  return `${pair}: ${percent(1 - rest)} of ${who} is the force field.${bound}`;
}

/** Up to which size it wins, by candidate; empty with one system. */
export function describeSizes(report: ComparisonReport, baseline: string): string[] {
  return report.crossovers.map(({ candidate, atoms, always }) => {
    if (atoms !== null)
      return `The cost models of ${candidate} and ${baseline} cross at about ${count(atoms)} atoms.`;
    const sizes = sizesOf(report, candidate);
    if (always === null)
      return `Where ${candidate} stops winning against ${baseline} cannot be told from these sizes.`;
    return `${candidate} is ${always} than ${baseline} at every size measured${sizes}; the models do not cross.`;
  });
}

function speedVerdict(view: ComparisonView): VerdictWords | null {
  const step = ratioOf(view, 'step-time-p50')?.speedUp;
  if (!step) return null;
  const same = indistinct(step);
  const faster = step.value > 1;
  return {
    subject: 'Speed',
    tone: same ? 'none' : faster ? 'pass' : 'fail',
    short: same ? 'no difference shown' : faster ? `${ratioWords(step, false)} as fast` : 'slower',
    text: describeAmdahl(view) ?? '',
  };
}

function accuracyVerdict(view: ComparisonView): VerdictWords | null {
  const [own, other] = (['baseline', 'candidate'] as const).map((source) => accuracyOn(view, source));
  const forces = allForces(own ?? other ?? null);
  if (!forces) return null;
  return {
    subject: 'Accuracy',
    tone: 'none',
    short: `force error ${estimateWords(forces.rmse, false)}`,
    text: [own && sourceWords(view, own), other && sourceWords(view, other), worsens(view, own, other)]
      .filter(Boolean)
      .join(' '),
  };
}

function sourceWords(view: ComparisonView, accuracy: Accuracy): string {
  const forces = allForces(accuracy);
  const size =
    forces && forces.size > 0
      ? `, ${percent(forces.rmse.value / forces.size)} of the size of the forces`
      : '';
  const rmse = forces ? `force RMSE ${estimateWords(forces.rmse)}${size}` : '';
  const energy = `energy RMSE ${estimateWords(accuracy.energy.rmse, false)} without the constant offset`;
  return `On frames of the ${armName(view, accuracy.source)}’s trajectory: ${[rmse, energy].filter(Boolean).join('; ')}.`;
}

/** A student is judged where it goes itself, too. */
function worsens(
  view: ComparisonView,
  own: Accuracy | null | undefined,
  other: Accuracy | null | undefined,
): string {
  const [a, b] = [allForces(own ?? null)?.rmse, allForces(other ?? null)?.rmse];
  if (!a || !b || a.high === null || b.low === null || b.low <= a.high) return '';
  return `Where the ${armName(view, 'candidate')} goes by itself, its error is ${percent(b.value / a.value - 1)} larger.`;
}

function conservationVerdict(view: ComparisonView): VerdictWords | null {
  const drifts = (['baseline', 'candidate'] as const).map((arm) => [arm, driftOf(view, arm)] as const);
  const judged = drifts[1][1];
  if (!judged) return null;
  const text = drifts.flatMap(([arm, words]) =>
    words ? `${capital(armName(view, arm))}: ${words.text}` : [],
  );
  return { ...judged, text: [...text, notThereby(view)].join(' ') };
}

/** Conserving its own energy says nothing about whose energy it is. */
export function notThereby(view: ComparisonView): string {
  const [student, teacher] = [armName(view, 'candidate'), armName(view, 'baseline')];
  return `A ${student} that conserves its own energy is not thereby accurate: that energy need not be the ${teacher}’s.`;
}

export function driftOf(view: ComparisonView, arm: ArmName): VerdictWords | null {
  const result = view.cases[arm];
  const part = result && result.status !== 'ok' ? result.status : null;
  return blamed(describeDrift(result?.metrics['energy-drift'], part), result?.validation);
}

function errorClause(view: ComparisonView): string {
  const on = (source: ArmName) => allForces(accuracyOn(view, source))?.rmse;
  const [teachers, own] = [on('baseline'), on('candidate')];
  if (!teachers && !own) return '';
  const first = estimateWords((teachers ?? own)!, false);
  const teacher = armName(view, 'baseline');
  if (!teachers) return `at a force error of ${first} RMSE on its own frames`;
  const second = own ? ` and ${estimateWords(own, false)} on its own` : '';
  return `at a force error of ${first} RMSE on the ${teacher}’s frames${second}`;
}

function conservationClause(view: ComparisonView): string {
  const state = view.cases.candidate?.metrics['energy-drift']?.verdict?.state;
  if (!state) return '';
  return {
    pass: 'it conserves its energy',
    warn: 'its energy drifts slightly',
    fail: 'it does not conserve its energy',
    inconclusive: 'whether it conserves its energy stays open',
  }[state];
}

function sizesOf({ costModels }: ComparisonReport, candidate: string): string {
  const atoms = costModels.find(({ label }) => label === candidate)?.points.map((point) => point.atoms) ?? [];
  if (atoms.length === 0) return '';
  return ` (${count(Math.min(...atoms))} to ${count(Math.max(...atoms))} atoms)`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `silicon-student against silicon-teacher on si64`. */
export function comparedTitle({ candidate, baseline, id }: Comparison): string {
  return `${candidate} against ${baseline} on ${id}`;
}

/** Title of a page: students, teacher and systems, as far as they can be named in a line. */
export function comparedSubject(all: readonly Comparison[]): string {
  const [first] = all;
  if (!first) return 'No comparison';
  if (all.length === 1) return comparedTitle(first);
  const names = (of: (one: Comparison) => string) => [...new Set(all.map(of))];
  const joined = (list: readonly string[], many: string) =>
    list.length > 3 ? `${list.length} ${many}` : list.join(', ').replace(/, ([^,]*)$/, ' and $1');
  const candidates = joined(
    names(({ candidate }) => candidate),
    'force fields',
  );
  const baselines = joined(
    names(({ baseline }) => baseline),
    'force fields',
  );
  return `${candidates} against ${baselines} on ${joined(
    names(({ id }) => id),
    'systems',
  )}`;
}
