// Verdicts in words: energy drift, memory, speed of one case, with the numbers that decide.

import type { CaseResult, Metric } from '../../result/document.js';
import { count, counted, formatMetric, quantity, significantDigits } from '../format.js';
import { completedSteps } from '../input.js';
import { brokeOff } from './states.js';
import { driftCause, physicsVerdict } from './validation.js';
import type { Tone, VerdictWords } from './verdict.js';

export type { Tone, VerdictWords } from './verdict.js';

export const toneMark: Record<Tone, string> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  inconclusive: '?',
  none: 'i',
};

export const driftSubject = 'Energy drift';

/** The verdicts of one case, the most important first. */
export function describeVerdicts(result: CaseResult): VerdictWords[] {
  const all = [
    blamed(describeDrift(result.metrics['energy-drift'], partOf(result)), result.validation),
    physicsVerdict(result.validation),
    ...describeMemory(result),
    describeNeighbors(result),
  ];
  return all.filter((one) => one !== null);
}

/** Where the examination found why energy cannot be conserved, a drift is not the integrator's. */
export function blamed(
  drift: VerdictWords | null,
  validation: CaseResult['validation'],
): VerdictWords | null {
  const cause = validation && driftCause(validation);
  if (!drift || !cause || drift.tone === 'none' || drift.tone === 'pass') return drift;
  return { ...drift, text: `${drift.text} ${cause}` };
}

/** `412 of 1000 steps` of a case that broke off; null for a whole run. */
function partOf(result: CaseResult): string | null {
  if (!brokeOff(result)) return null;
  const { steps, seeds } = result.dynamics;
  return `${count(completedSteps(result))} of ${counted(steps * seeds, 'step')}`;
}

/**
 * Null where the case has no drift metric.
 * @param part of the run that it is of, where it broke off: nothing is advised then
 */
export function describeDrift(metric: Metric | undefined, part: string | null = null): VerdictWords | null {
  const words = driftWords(metric, part !== null);
  if (!words || part === null || words.tone === 'none') return words;
  return {
    ...words,
    short: `${words.short}, partial run`,
    text: `${words.text} This is of a partial run: ${part}.`,
  };
}

function driftWords(metric: Metric | undefined, partial: boolean): VerdictWords | null {
  if (!metric) return null;
  const subject = driftSubject;
  const { verdict, value, low, high } = metric;
  if (value === null || !verdict) {
    return {
      subject,
      tone: 'none',
      short: 'not measured',
      text: 'The drift of the energy could not be measured.',
    };
  }
  const measured = withInterval(metric);
  const limit = `${significantDigits(verdict.pass, 2)} ${metric.unit}`;
  const reach = low === null || high === null ? null : Math.max(Math.abs(low), Math.abs(high));
  switch (verdict.state) {
    case 'pass':
      return {
        subject,
        tone: 'pass',
        short: 'conserved',
        text: `The energy is conserved: ${measured}, within ±${limit}.`,
      };
    case 'warn':
      return {
        subject,
        tone: 'warn',
        short: 'drifts slightly',
        text: `The energy drifts by ${measured}: more than ${limit}, less than the ${significantDigits(verdict.fail, 2)} at which it fails.${heating(metric)}`,
      };
    case 'fail':
      return {
        subject,
        tone: 'fail',
        short: 'not conserved',
        text: `The energy is not conserved: ${measured}, beyond ±${significantDigits(verdict.fail, 2)} ${metric.unit}.${heating(metric)}`,
      };
    case 'inconclusive': {
      const sight =
        reach === null
          ? ''
          : ` This run can only tell drifts beyond ${significantDigits(reach, 2)} ${metric.unit} from none; the limit is ${limit}.`;
      const more = partial
        ? ''
        : verdict.moreSteps === null
          ? ' A longer run or more seeds would decide.'
          : ` About ${aboutSteps(verdict.moreSteps)} more steps would decide.`;
      return {
        subject,
        tone: 'inconclusive',
        short: 'inconclusive',
        text: `${sentenceCase(measured)}.${sight}${more}`,
      };
    }
  }
}

function describeMemory(result: CaseResult): (VerdictWords | null)[] {
  return [
    memoryVerdict('Memory', result, 'rss-slope', 'resident memory'),
    memoryVerdict('JavaScript heap', result, 'heap-slope', 'the JavaScript heap'),
  ].filter((one, index) => index === 0 || (one !== null && one.tone !== 'pass' && one.tone !== 'none'));
}

function memoryVerdict(subject: string, result: CaseResult, id: string, what: string): VerdictWords | null {
  const metric = result.metrics[id];
  if (!metric || metric.value === null) return null;
  const indicative = metric.warnings.some((one) => /indicative/.test(one.code));
  const state = metric.verdict?.state ?? 'none';
  const measured = withInterval(metric);
  const wants = brokeOff(result) ? '' : ': a trend wants at least 10 000 steps';
  const note = indicative ? ` Indicative only${wants}.` : '';
  const words: Record<Tone, [string, string]> = {
    pass: ['stable', `No growth of ${what} beyond the limit: ${measured}.`],
    warn: ['grows slightly', `The trend of ${what} is ${measured}.`],
    fail: ['grows', `${sentenceCase(what)} grows with every step: ${measured}.`],
    inconclusive: [
      'inconclusive',
      `The trend of ${what} is ${measured}; this run is too short to call it stable or growing.`,
    ],
    none: ['indicative', `The trend of ${what} is ${measured}.`],
  };
  const [short, text] = words[state];
  return {
    subject,
    tone: state,
    short: state === 'none' && !indicative ? 'trend' : short,
    text: text + note,
  };
}

function describeNeighbors(result: CaseResult): VerdictWords | null {
  const rebuilds = result.metrics['neighbor-rebuilds']?.value ?? null;
  const dangerous = result.metrics['dangerous-builds']?.value ?? null;
  if (rebuilds === null || dangerous === null) return null;
  const subject = 'Neighbor list';
  const built = rebuilds === 1 ? 'rebuilt once' : `rebuilt ${count(rebuilds)} times`;
  if (rebuilds === 0) {
    return {
      subject,
      tone: 'pass',
      short: 'no rebuild',
      text: 'No atom moved far enough for the list to be rebuilt.',
    };
  }
  if (dangerous > 0) {
    return {
      subject,
      tone: 'warn',
      short: 'dangerous builds',
      text: `The list was ${built}; ${count(dangerous)} of the rebuilds came late: a pair may have been missed.${brokeOff(result) ? '' : ' Raise the skin.'}`,
    };
  }
  return {
    subject,
    tone: 'pass',
    short: 'no dangerous build',
    text: `The list was ${built}, never too late.`,
  };
}

/** `0.012 meV/atom/ps (−0.28 to 0.30)`. */
export function withInterval(metric: Metric): string {
  const shown = formatMetric(metric);
  const unit = shown.unit === '' ? '' : ` ${shown.unit}`;
  return shown.interval === '' ? `${shown.value}${unit}` : `${shown.value}${unit} (${shown.interval})`;
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

function sentenceCase(text: string): string {
  return text[0] === undefined ? text : text[0].toUpperCase() + text.slice(1);
}
