// The drift in words: of the energy in NVE, of the conserved quantity where baths take and give.

import type { CaseResult, Metric } from '../../result/document.js';
import { count, quantity, significantDigits } from '../format.js';
import { sentenceCase, type VerdictWords, withInterval } from './measured.js';

/** What the drift is of, in the words of its ensemble. */
interface DriftWording {
  readonly subject: string;
  readonly missing: string;
  readonly pass: readonly [short: string, text: (measured: string, limit: string) => string];
  readonly warn: readonly [short: string, text: (measured: string, limit: string, fail: string) => string];
  readonly fail: readonly [short: string, text: (measured: string, fail: string) => string];
}

const ofEnergy: DriftWording = {
  subject: 'Energy drift',
  missing: 'The drift of the energy could not be measured.',
  pass: ['conserved', (measured, limit) => `The energy is conserved: ${measured}, within ±${limit}.`],
  warn: [
    'drifts slightly',
    (measured, limit, fail) =>
      `The energy drifts by ${measured}: more than ${limit}, less than the ${fail} at which it fails.`,
  ],
  fail: ['not conserved', (measured, fail) => `The energy is not conserved: ${measured}, beyond ±${fail}.`],
};

/** Baths hide a drift of the energy: this one speaks of the timestep and of forces that are no gradient, and fails nothing. */
const tooLong = (measured: string) =>
  `The conserved quantity (energy less what the baths gave) drifts by ${measured}: look at the timestep, and at the forces in NVE.`;
const ofBath: DriftWording = {
  subject: 'Drift of the conserved quantity',
  missing: 'The drift of the conserved quantity could not be measured.',
  pass: [
    'small',
    (measured, limit) =>
      `The energy less what the baths gave drifts by ${measured}, within ±${limit}. NVE alone shows whether the forces conserve energy.`,
  ],
  warn: ['noticeable', tooLong],
  fail: ['large', tooLong],
};

/** Titles of what `describeDriftOf` tells. */
export const driftSubjects: readonly string[] = [ofEnergy.subject, ofBath.subject];

/** Over a column of drifts. */
export function driftHeading(cases: readonly CaseResult[]): string {
  return cases.every(({ dynamics }) => dynamics.ensemble === 'nve') ? 'energy drift' : 'drift';
}

/** The drift of the quantity that the ensemble of the case conserves; undefined where it has none. */
export function driftMetric(result: CaseResult): Metric | undefined {
  return result.metrics['energy-drift'] ?? result.metrics['conserved-drift'];
}

/** @param part of the run that it is of, where it broke off: nothing is advised then */
export function describeDriftOf(result: CaseResult, part: string | null): VerdictWords | null {
  const wording = result.dynamics.ensemble === 'nve' ? ofEnergy : ofBath;
  return describe(wording, driftMetric(result), part);
}

/** The same of NVE. Null where the case has no drift metric. */
export function describeDrift(metric: Metric | undefined, part: string | null = null): VerdictWords | null {
  return describe(ofEnergy, metric, part);
}

function describe(
  wording: DriftWording,
  metric: Metric | undefined,
  part: string | null,
): VerdictWords | null {
  if (!metric) return null;
  const words = driftWords(wording, metric, part !== null);
  if (part === null || words.tone === 'none') return words;
  return {
    ...words,
    short: `${words.short}, partial run`,
    text: `${words.text} This is of a partial run: ${part}.`,
  };
}

function driftWords(wording: DriftWording, metric: Metric, partial: boolean): VerdictWords {
  const { subject } = wording;
  const { verdict, value } = metric;
  if (value === null || !verdict)
    return { subject, tone: 'none', short: 'not measured', text: wording.missing };
  const measured = withInterval(metric);
  const limit = `${significantDigits(verdict.pass, 2)} ${metric.unit}`;
  const fail = significantDigits(verdict.fail, 2);
  const tone = verdict.state;
  switch (tone) {
    case 'pass':
      return { subject, tone, short: wording.pass[0], text: wording.pass[1](measured, limit) };
    case 'warn':
      return {
        ...{ subject, tone, short: wording.warn[0] },
        text: wording.warn[1](measured, limit, fail) + heating(metric),
      };
    case 'fail':
      return {
        ...{ subject, tone, short: wording.fail[0] },
        text: wording.fail[1](measured, `${fail} ${metric.unit}`) + heating(metric),
      };
    case 'inconclusive':
      return {
        ...{ subject, tone, short: 'inconclusive' },
        text: sentenceCase(measured) + undecided(metric, limit, partial),
      };
  }
}

function undecided({ verdict, low, high, unit }: Metric, limit: string, partial: boolean): string {
  const reach = low === null || high === null ? null : Math.max(Math.abs(low), Math.abs(high));
  const sight =
    reach === null
      ? ''
      : ` This run can only tell drifts beyond ${significantDigits(reach, 2)} ${unit} from none; the limit is ${limit}.`;
  const moreSteps = verdict?.moreSteps ?? null;
  const more = partial
    ? ''
    : moreSteps === null
      ? ' A longer run or more seeds would decide.'
      : ` About ${aboutSteps(moreSteps)} more steps would decide.`;
  return `.${sight}${more}`;
}

function heating(metric: Metric): string {
  if (!metric.also) return '';
  const rate = quantity(Math.abs(metric.also.value), metric.also.unit, 2);
  return metric.also.value >= 0 ? ` It heats the system by ${rate}.` : ` It cools the system by ${rate}.`;
}

/** Two significant digits: nobody plans 13 987 steps. */
function aboutSteps(steps: number): string {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, steps))) - 1);
  return count(Math.ceil(steps / size) * size);
}
